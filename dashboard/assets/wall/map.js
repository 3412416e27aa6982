// The map: shades and figures from the frame, colours by the theme, sizes by the display.

import { patch } from "./page.js";
import { scaleOfDisplay } from "./scale.js";
import { inkOver, palette, shades } from "./shades.js";

const painted = new Map();

/** Shows one KPI of each unit on the scene's map. */
export function paintMap(board, scene, { writer }, kpi) {
  const { codes, traces } = scene.map;
  prepare(scene);
  const colours = palette();
  const values = codes.map((code) => board.units[code]?.[kpi] ?? null);
  const found = shades(values);
  const inks = found.map((shade) => inkOver(shade, colours));
  const changes = [
    [["data", traces.shades, "z"], found],
    [["data", traces.names, "textfont", "color"], inks],
    [["data", traces.figures, "textfont", "color"], inks],
    [["data", traces.figures, "text"], values.map((value) => bold(value, writer))],
  ];
  const now = JSON.stringify(changes);
  if (now === painted.get(scene)) return;
  painted.set(scene, now);
  patch(scene.id("map"), "figure", changes);
}

const bold = (value, writer) => `<b>${value === null ? "–" : writer.count(value)}</b>`;

const prepared = new Set();

// Once: the theme's colours, and lengths that fit the display.
function prepare(scene) {
  if (prepared.has(scene)) return;
  prepared.add(scene);
  const { scale, none, border } = palette();
  const { shades: shaded, ground } = scene.map.traces;
  patch(scene.id("map"), "figure", [
    [["data", shaded, "colorscale"], scale.map((colour, step) => [step / (scale.length - 1), colour])],
    [["data", ground, "colorscale"], [[0, none], [1, none]]],
    ...[shaded, ground].map((trace) => [["data", trace, "marker", "line", "color"], border]),
  ]);
  keepToScale(scene);
}

/** Puts the pattern into the page that units without a figure are filled with (5_map.css). */
export function hatchNoData() {
  const holder = document.createElement("div");
  holder.className = "patterns";
  holder.innerHTML =
    '<svg width="0" height="0" aria-hidden="true"><pattern id="no-data" width="12" height="12" ' +
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="no-data-line" d="M0 0v12"/></pattern></svg>';
  document.body.append(holder);
}

// Plotly counts in pixels: multiply every length, now and whenever the display changes.
function keepToScale(scene) {
  let scale = 1;
  const fit = () => {
    if (scaleOfDisplay() === scale) return;
    scale = scaleOfDisplay();
    patch(scene.id("map"), "figure", scene.map.sizes.map(([path, size]) => [path, times(size, scale)]));
  };
  fit();
  window.addEventListener("resize", fit);
}

function times(size, scale) {
  if (typeof size === "number") return size * scale;
  if (Array.isArray(size)) return size.map((each) => times(each, scale));
  return Object.fromEntries(Object.entries(size).map(([side, each]) => [side, times(each, scale)]));
}
