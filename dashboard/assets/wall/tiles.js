// Tiles: the figure, how it stands to its threshold, what it was a week ago, its trend; and whether it is late, because
// a source that it waits for does not report.

import { fill, show } from "./page.js";
import { scaleOfDisplay } from "./scale.js";
import { colourOf } from "./theme.js";
import { trendImage, weekly } from "./trend.js";

export function paintTiles(board, scene, page) {
  for (const rule of scene.tiles) paintTile(rule, board.kpis[rule.id], scene, page);
}

function paintTile(rule, figure, scene, { words, writer }) {
  const known = figure !== undefined && figure.value !== null;
  const [value, measure] = known ? writer.figure(figure.value, rule) : ["–", ""];
  show(scene.id("value", rule.id), { children: value });
  show(scene.id("measure", rule.id), { children: measure });
  const late = known && figure.state === "late";
  show(scene.id("note", rule.id), { children: late ? words.tile_late : known ? before(rule, figure, words, writer) : words.no_data });
  show(scene.id("tile", rule.id), {
    "data-standing": known ? figure.standing : "unknown",
    "data-late": late ? "yes" : "no",
    "data-length": String(value.length), // long figures are set smaller
    "data-first": value[0], // a 1 is narrow for its place: it is moved to the edge
  });
  const trend = scene.id("trend", rule.id);
  if (document.getElementById(trend)) show(trend, { src: trendOf(rule, known ? figure : UNKNOWN) });
}

const UNKNOWN = { trend: [], standing: "none" };

// A level stands as it is; what came in a day, or a share of it, follows the rhythm of the week.
function trendOf(rule, { trend, standing }) {
  const values = rule.window === "moment" ? trend : weekly(trend);
  return trendImage(values, colourOf(`--trend-${standing}`), scaleOfDisplay());
}

function before(rule, figure, words, writer) {
  if (figure.before === null) return "";
  return fill(words.week_ago, { value: writer.figure(figure.before, rule).join("") });
}
