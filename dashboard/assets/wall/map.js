// The map: outlines and labels as the server drew them (geo/drawing.py), shaded by the figures of a frame.

import { drawMap } from "./map_drawing.js";
import { figureWidth } from "./map_marks.js";
import { paintLegend } from "./map_legend.js";
import { pulse } from "./map_rings.js";
import { Tip } from "./map_tip.js";
import { shading, standingOf } from "./shades.js";

const drawn = new WeakMap();

/** Shows the KPI of a rule for each unit on the scene's map; what is shown already is left alone. */
export function paintMap(board, scene, page, rule) {
  const map = drawnMap(scene, page);
  if (map === null) return;
  const values = scene.map.units.map(({ code }) => board.units[code]?.[rule.id] ?? null);
  const scale = shading(rule, values);
  const isSame = map.rule?.id === rule.id;
  const written = values.map((value) => (value === null ? "–" : page.writer.figure(value, rule).join("")));
  const size = sizeOf(written, scene.map.letters);
  scene.map.units.forEach((unit, place) => {
    const shown = { ...figureOf(board, rule, unit.code, values[place], scale), figure: written[place], size };
    const changed = paintUnit(map.units.get(unit.code), shown);
    if (changed && isSame && !board.past) pulse(map, unit);
  });
  map.rule = rule;
  map.board = board;
  map.tip?.renew();
  if (scene.map.legend) paintLegend(scene, page, rule, scale, [...map.units.values()].map(({ shown }) => shown));
}

/** What the map shows of one unit. */
function figureOf(board, rule, code, value, { colours, stepOf }) {
  return {
    step: stepOf(value),
    colours,
    standing: standingOf(rule, value),
    state: board.states?.[code]?.[rule.id] ?? (board.state === null ? "none" : "live"),
  };
}

// One size for all, so that nobody takes size for weight: the longest has to fit into the room that was kept for it.
function sizeOf(written, { figure, room }) {
  const widest = Math.max(1, ...written.map((words) => figureWidth(words, figure)));
  return Math.round(figure * Math.min(1, room / widest));
}

// Whether the figure is another one than before.
function paintUnit(unit, found) {
  const before = unit.shown;
  if (before !== null && Object.keys(found).every((name) => found[name] === before[name])) return false;
  unit.shown = found;
  const { step, colours, figure, size, standing, state } = found;
  for (const part of [unit.outline, unit.label]) {
    part.dataset.step = step === null ? "unknown" : String(step);
    part.dataset.colours = colours;
  }
  unit.label.dataset.standing = standing;
  unit.label.dataset.state = state;
  unit.write(figure, size, markOf(found));
  return before !== null && before.figure !== figure;
}

// One mark at most beside a figure: that it can't be trusted comes before what it says.
function markOf({ standing, state }) {
  if (["frozen", "late", "partial"].includes(state)) return state;
  return standing === "bad" ? "bad" : null;
}

// The map of a scene, drawn when it is painted first; null where its place is not in the page.
function drawnMap(scene, page) {
  if (drawn.has(scene)) return drawn.get(scene);
  const place = document.getElementById(scene.id("map"));
  if (place === null) return null;
  const map = { ...drawMap(place, scene, page), rule: null, board: null };
  map.tip = page.display ? null : new Tip(map, place, scene, page);
  drawn.set(scene, map);
  return map;
}

/** Puts the pattern into the page that units without a figure are filled with (5_map.css). */
export function hatchNoData() {
  const holder = document.createElement("div");
  holder.className = "patterns";
  holder.innerHTML =
    '<svg width="0" height="0" aria-hidden="true"><pattern id="no-data" width="12" height="12" ' +
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="no-data-ground" width="12" height="12"/>' +
    '<path class="no-data-line" d="M0 0v12"/></pattern></svg>';
  document.body.append(holder);
}
