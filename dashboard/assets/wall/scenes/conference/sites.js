// Who is connected: every site, what is wrong first.

import { make, redraw } from "../../../data/dom.js";
import { fill } from "../../page.js";
import { fit } from "../fitting.js";
import { between, lasting } from "../lasting.js";

/** The worst first; those up to `warn` are trouble, and say since when. */
const STANDINGS = ["away", "down", "bad", "left", "warn", "unknown", "in", "up"];
const TROUBLES = new Set(["away", "down", "bad", "left", "warn"]);
/** Of what each standing is one to the eye: its shape. */
const SHAPES = { away: "bad", down: "bad", bad: "bad", left: "warn", warn: "warn", unknown: "unknown", in: "on", up: "well" };
const GLANCE = ["bad", "warn", "unknown", "on", "well"];

export function paintSites({ at, sites }, scene, page) {
  const told = sites.map((site) => ({ ...site, standing: standingOf(site) }));
  const order = told.sort((one, other) =>
    STANDINGS.indexOf(one.standing) - STANDINGS.indexOf(other.standing) || (sinceOf(one) ?? "").localeCompare(sinceOf(other) ?? ""));
  paintCounts(order, scene);
  const list = document.getElementById(scene.id("sites"));
  const minute = Math.floor(Date.parse(at) / 60_000);
  fit(list, [order.map(({ last, ...rest }) => rest), minute], {
    items: order,
    row: (site) => row(site, at, severalOf(order), scene, page),
    rest: (left) => restOf(left, scene.words),
    empty: () => make("p", { class: "calm" }, scene.words.no_sites),
  });
}

function standingOf({ state, level, meeting, away_since, is_alarm }) {
  if (is_alarm) return "away";
  if (state === "down") return "down";
  if (away_since !== null) return "left";
  if (level === "bad" || level === "warn") return level;
  if (meeting !== null) return "in";
  return state === "unknown" ? "unknown" : "up";
}

const sinceOf = ({ standing, since, away_since }) => (standing === "away" || standing === "left" ? away_since : since);

// How many are how, at a glance: only what there is.
function paintCounts(sites, scene) {
  const counts = countsOf(sites);
  redraw(document.getElementById(scene.id("counts")), counts, () => counts.map(([shape, n]) =>
    make("span", { class: "count", "data-shape": shape },
      mark(shape), make("span", { class: "count-figure running" }, String(n)), scene.words[`glance.${shape}`])));
}

// How many more, and how they are.
function restOf(left, words) {
  const told = countsOf(left).map(([shape, n]) => `${n} ${words[`glance.${shape}`].toLowerCase()}`);
  return `${fill(words.rest_sites, { n: left.length })}: ${told.join(", ")}`;
}

const countsOf = (sites) => GLANCE.map((shape) => [shape, sites.filter(({ standing }) => SHAPES[standing] === shape).length])
  .filter(([, n]) => n > 0);

const mark = (shape) => make("span", { class: "shape", "data-shape": shape, "aria-hidden": "true" });

// Units that have several sites: there their own codes are told.
const severalOf = (sites) => new Set(sites.map(({ unit }) => unit).filter((unit, place, all) => all.indexOf(unit) !== place));

function row(site, at, several, { words }, { units, writer }) {
  const { code, unit, standing } = site;
  const title = units[unit] ?? words.no_unit;
  const named = several.has(unit) || units[unit] === undefined;
  const since = sinceOf(site);
  const lasts = TROUBLES.has(standing) && since !== null && standing !== "bad" && standing !== "warn"
    ? fill(words.since, { n: lasting(between(since, at), words, writer) }) : null;
  return make("div", { class: "site", "data-standing": standing, "data-shape": SHAPES[standing], "data-site": code },
    mark(SHAPES[standing]),
    make("p", { class: "site-name" }, `${title} `, named ? make("span", { class: "site-code" }, code) : null),
    make("p", { class: "site-state" }, words[`site.${standing}`]),
    lasts === null ? null : make("p", { class: "site-since running" }, lasts));
}
