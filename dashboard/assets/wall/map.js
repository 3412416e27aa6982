// The map: shades from the board, figures written here, sizes by the display.

import { patch } from "./page.js";
import { scaleOfDisplay } from "./scale.js";

let painted = "";

export function paintMap(board, { map, ranked, writer }, shades) {
  const written = map.codes.map((code) => bold(board.units[code]?.[ranked] ?? null, writer));
  const changes = [...shades, [map.figures, written]];
  const now = JSON.stringify(changes);
  if (now === painted) return;
  painted = now;
  patch("map", "figure", changes);
}

const bold = (value, writer) => `<b>${value === null ? "–" : writer.count(value)}</b>`;

/** Puts the pattern into the page that units without a figure are filled with (5_map.css). */
export function hatchNoData() {
  const holder = document.createElement("div");
  holder.className = "patterns";
  holder.innerHTML =
    '<svg width="0" height="0" aria-hidden="true"><pattern id="no-data" width="12" height="12" ' +
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="no-data-line" d="M0 0v12"/></pattern></svg>';
  document.body.append(holder);
}

/** Plotly counts in pixels: multiply every length, now and whenever the display changes. */
export function keepMapToScale({ map }) {
  let scale = 1;
  const fit = () => {
    if (scaleOfDisplay() === scale) return;
    scale = scaleOfDisplay();
    patch("map", "figure", map.sizes.map(([path, size]) => [path, times(size, scale)]));
  };
  fit();
  window.addEventListener("resize", fit);
}

function times(size, scale) {
  if (typeof size === "number") return size * scale;
  if (Array.isArray(size)) return size.map((each) => times(each, scale));
  return Object.fromEntries(Object.entries(size).map(([side, each]) => [side, times(each, scale)]));
}
