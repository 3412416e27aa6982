// What the shades of the map stand for, in figures.

import { fill, show } from "./page.js";

export function paintLegend(scene, page, rule, { colours, steps }, units) {
  const { words, writer } = page;
  const isWhole = steps.flat().every((end) => end === null || Number.isInteger(Math.round(1e6 * end) / 1e4));
  const write = (value) => writer.figure(value, { ...rule, digits: isWhole ? 0 : 1 }).join("");
  steps.forEach((step, place) => {
    show(scene.id("legend", place), { "data-colours": colours, "data-step": String(place) });
    show(scene.id("legend-text", place), { children: rangeOf(step, place, rule, write, words) });
  });
  for (const kind of ["unknown", "bad", "late"]) {
    show(scene.id("legend", kind), { "data-any": units.some((unit) => isOf(kind, unit)) ? "yes" : "no" });
  }
}

const isOf = (kind, { step, standing, state }) =>
  ({ unknown: step === null, bad: standing === "bad", late: ["frozen", "late", "partial"].includes(state) })[kind];

function rangeOf([least, most], place, rule, write, words) {
  if (rule.unit !== "percent" && place === 0) return words.legend_none;
  if (least === null) return fill(words.legend_below, { value: write(most) });
  if (most === null) return fill(words.legend_from, { value: write(least) });
  return least === most ? write(least) : `${write(least)} – ${write(most)}`;
}
