// Tiles: the figure, how it stands to its threshold, what it was a week ago, its trend; and whether it is late, because
// a source that it waits for does not report.

import { fill, show } from "./page.js";
import { scaleOfDisplay } from "./scale.js";
import { trendImage, weekly } from "./trend.js";

export function paintTiles(board, page) {
  for (const rule of page.tiles) paintTile(rule, board.kpis[rule.id], page);
}

function paintTile(rule, figure, { words, writer, colours }) {
  const known = figure !== undefined && figure.value !== null;
  const [value, measure] = known ? writer.figure(figure.value, rule) : ["–", ""];
  show(`value-${rule.id}`, { children: value });
  show(`measure-${rule.id}`, { children: measure });
  const late = known && figure.state === "late";
  show(`note-${rule.id}`, { children: late ? words.tile_late : known ? before(rule, figure, words, writer) : words.no_data });
  show(`tile-${rule.id}`, {
    "data-standing": known ? figure.standing : "unknown",
    "data-late": late ? "yes" : "no",
    "data-length": String(value.length), // long figures are set smaller
    "data-first": value[0], // a 1 is narrow for its place: it is moved to the edge
  });
  if (document.getElementById(`trend-${rule.id}`)) {
    show(`trend-${rule.id}`, { src: trendOf(rule, known ? figure : UNKNOWN, colours) });
  }
}

const UNKNOWN = { trend: [], standing: "none" };

// A level stands as it is; what came in a day, or a share of it, follows the rhythm of the week.
function trendOf(rule, { trend, standing }, colours) {
  const values = rule.window === "moment" ? trend : weekly(trend);
  return trendImage(values, colours[standing], scaleOfDisplay());
}

function before(rule, figure, words, writer) {
  if (figure.before === null) return "";
  return fill(words.week_ago, { value: writer.figure(figure.before, rule).join("") });
}
