// Tiles: the figure, its target, how it stands to that, what it was on the day to compare with, its trend; and where it
// can't be trusted as it stands, why and for how long: by a mark and words, never by colour alone.

import { ageOfState } from "./ages.js";
import { wordsOfDay } from "./compared.js";
import { fill, show } from "./page.js";
import { localName } from "./past/moments.js";
import { scaleOfDisplay } from "./scale.js";
import { colourOf } from "./theme.js";
import { trendImage, weekly } from "./trend.js";

export function paintTiles(board, scene, page) {
  for (const rule of scene.tiles) paintTile({ board, figure: board.kpis[rule.id], rule }, scene, page);
}

/**
 * Paints one tile: `figure` as a board has it; `slot` is which tile, where it is not the KPI's own, and `unit` the code
 * of the unit that the figure is of, where it is not the area's.
 */
export function paintTile({ board, figure, rule, slot = rule.id, unit = null }, scene, page) {
  const { words, writer } = page;
  const known = figure !== undefined && figure.value !== null;
  const [value, measure] = known ? writer.figure(figure.value, rule) : ["–", ""];
  const state = known ? (figure.state ?? "none") : "none";
  if (changed(scene.id("value", slot), value)) mark(scene.id("value", slot));
  show(scene.id("value", slot), { children: value });
  show(scene.id("measure", slot), { children: measure });
  show(scene.id("note", slot), { children: known ? noteOf(board, figure, rule, unit, words) : missing(figure, words) });
  show(scene.id("target", slot), { children: targetOf(rule, words, writer) });
  show(scene.id("before", slot), { children: known ? beforeOf(board, figure, rule, page) : "" });
  show(scene.id("tile", slot), {
    "data-standing": known ? figure.standing : "unknown",
    "data-state": state,
    "data-length": String(value.length), // long figures are set smaller
    "data-first": value[0], // a 1 is narrow for its place: it is moved to the edge
    ...(page.display ? {} : { href: passportOf(rule, unit, board, page) }),
  });
  show(scene.id("trend", slot), { src: trendOf(rule, known ? figure : UNKNOWN) });
}

const UNKNOWN = { trend: [], standing: "none" };

// A level stands as it is; what came in a day, or a share of it, follows the rhythm of the week.
function trendOf(rule, { trend, standing }) {
  const values = rule.window === "moment" ? trend : weekly(trend);
  return trendImage(values, colourOf(`--trend-${standing}`), scaleOfDisplay());
}

/** Where a figure says how it came about: as of now, or of the moment that is looked back at. */
function passportOf({ id }, unit, board, { language, theme }) {
  const of = unit === null ? "" : `&unit=${unit}`;
  const at = board.past ? `&at=${localName(Date.parse(board.now))}` : "";
  const known = board.known_at ? `&known=${localName(Date.parse(board.known_at))}` : "";
  return `/kpi/${id}?lang=${language}&theme=${theme}${of}${at}${known}`;
}

function noteOf(board, figure, rule, unit, words) {
  switch (figure.state) {
    case "late":
    case "partial":
    case "frozen":
      return [words[`state.${figure.state}`], ageOfState(board, figure.state, rule, unit, words)]
        .filter(Boolean)
        .join(" ");
    case "restated":
      return figure.restated ? fill(words.restated_days, { n: figure.restated.days }) : words["state.restated"];
    default:
      return "";
  }
}

const missing = (figure, words) => (figure?.unknown === "not_as_known" ? words.not_as_known : words.no_data);

/** "Mục tiêu ≥ 98 %"; nothing where there is none. */
function targetOf(rule, words, writer) {
  if (rule.target === null) return "";
  const sign = rule.direction === "higher_is_better" ? "≥\u00a0" : rule.target === 0 ? "" : "≤\u00a0";
  const digits = Number.isInteger(Math.round(1e6 * rule.target) / 1e4) ? 0 : rule.digits;
  return fill(words.target, { value: sign + writer.figure(rule.target, { ...rule, digits }).join("") });
}

function beforeOf(board, figure, rule, { words, writer, language }) {
  if (figure.before === null || !figure.before_day) return "";
  const value = writer.figure(figure.before, rule).join("");
  const day = wordsOfDay(figure.before_day, board.now, language);
  return day === null ? fill(words.week_ago, { value }) : fill(words.on_day, { day, value });
}

const written = new Map();

function changed(id, value) {
  const before = written.get(id);
  written.set(id, value);
  return before !== undefined && before !== value;
}

const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const marked = new Map();

/** A figure that changes all the time is marked no oftener. */
const RESTS_MS = 5_000;

// Once, by the compositor: the new figure comes up from a paler one.
function mark(id) {
  const now = performance.now();
  if (still.matches || document.hidden || now - (marked.get(id) ?? -Infinity) < RESTS_MS) return;
  marked.set(id, now);
  document.getElementById(id)?.animate([{ opacity: 0.35 }, { opacity: 1 }], { duration: 700, easing: "ease-out" });
}
