// What became known since: each figure that was shown then and is known to be another one now, side by side.

import { make } from "../../data/dom.js";
import { fill } from "../page.js";

const MOST = 14;

/** A table of the figures of a scene that differ between two frames of the same moment. */
export function differences(then, now, scene, page) {
  const { words } = page.past;
  const rows = [...ofArea(then, now, scene), ...ofUnits(then, now, scene, page)];
  if (rows.length === 0) return make("p", { class: "past-same" }, words.same);
  const rest = rows.length - MOST;
  return make(
    "table",
    { class: "past-differences" },
    make("caption", {}, fill(words.differences, { n: rows.length })),
    make("thead", {}, make("tr", {}, ["figure", "shown_then", "known_now"].map((name) => head(words[name], "col")))),
    make("tbody", {}, rows.slice(0, MOST).map((row) => line(row, page))),
    rest > 0 ? make("tfoot", {}, make("tr", {}, make("td", { colspan: 3 }, fill(words.more, { n: rest })))) : null,
  );
}

function ofArea(then, now, scene) {
  return scene.rules
    .map((rule) => ({ rule, then: then.board.kpis[rule.id]?.value, now: now.board.kpis[rule.id]?.value }))
    .filter(differ);
}

function ofUnits(then, now, scene, { units }) {
  return Object.entries(now.board.units).flatMap(([code, figures]) =>
    scene.rules
      .map((rule) => ({
        rule,
        unit: units[code] ?? code,
        then: then.board.units[code]?.[rule.id],
        now: figures[rule.id],
      }))
      .filter(differ),
  );
}

const differ = ({ then, now }) => (then ?? null) !== (now ?? null);

const head = (text, scope) => make("th", { scope }, text);

function line({ rule, unit, then, now }, { writer }) {
  const written = (value) => (value === null || value === undefined ? "–" : writer.figure(value, rule).join(""));
  return make(
    "tr",
    {},
    head([rule.short, unit].filter(Boolean).join(" · "), "row"),
    make("td", { class: "running" }, written(then)),
    make("td", { class: "running past-now" }, written(now)),
  );
}
