// The flow: what came in runs together, and apart again into what became of it. Each ribbon is as thick at the trunk
// as its share of all, and thinner at its label, all by the same measure; what is not nothing stays visible.

import { fill, show } from "../../page.js";
import { colourOf } from "../../theme.js";
import { dayName, monthName } from "./months.js";

const INPUTS = [
  [4, "--accent"],
  [5, "--accent-deep"],
  [6, "--quiet", 0.55],
];
const OUTCOMES = [
  [8, "--accent"],
  [9, "--accent-deep"],
  [10, "--alarm"],
  [12, "--quiet", 0.55],
  [13, "--alarm"],
];
const COLUMNS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];

/** After the third outcome there is a gap of so much of a row (flow.css): what is settled, what is open. */
const GAP = 0.5;
const SETTLED = 3;
const LEAST = 0.7;
const ROOM = 0.8;

export function paintFlow({ form, statutory }, scene, page) {
  const { words } = scene;
  const known = form.state === "read";
  show(scene.id("flow"), { "data-known": known ? "yes" : "no" });
  show(scene.id("flow-title"), {
    children: known ? fill(words.flow_of, { month: monthName(form.name) }) : words.flow,
  });
  show(scene.id("flow-note"), { children: known ? "" : form.state === "broken" ? words.broken : words.nothing });
  for (const column of COLUMNS) {
    const value = known ? form.cells[column] : null;
    const text = value === null ? "–" : page.writer.count(value);
    show(scene.id("cell", column), { children: text, "data-length": String(text.length) });
  }
  for (const [column] of OUTCOMES) {
    show(scene.id("flow", column), { "data-any": known && form.cells[column] > 0 ? "yes" : "no" });
  }
  show(scene.id("statutory"), { children: statutoryOf(statutory, words, page.writer) });
  const cells = known ? form.cells : {};
  draw(scene.id("ribbons", "in"), ribbons(INPUTS, cells, 0));
  draw(scene.id("ribbons", "out"), ribbons(OUTCOMES, cells, GAP));
}

function statutoryOf(form, words, writer) {
  if (form.state !== "read") return "";
  const count = (column) => writer.count(form.cells[column]);
  return fill(words.statutory, {
    first: dayName(form.first),
    last: dayName(form.last),
    received: count(3),
    settled: count(7),
    open: count(11),
  });
}

// Labels are at the outer side: at the left of what comes in, at the right of what became of it.
function ribbons(parts, cells, gap) {
  const total = cells[3] ?? 0;
  const outwards = gap > 0;
  const shares = parts.map(([column]) => (total > 0 ? cells[column] / total : 0));
  const rows = parts.length + gap;
  const measure = Math.min(1, ROOM / rows / Math.max(...shares, Number.EPSILON));
  let inner = 0;
  return parts.map(([, colour, opacity = 0.85], place) => {
    const share = 100 * shares[place];
    const middle = (100 * (place + 0.5 + (place >= SETTLED ? gap : 0))) / rows;
    const half = Math.max(share * measure, LEAST) / 2;
    const from = inner;
    inner += share;
    if (share === 0) return { d: "" };
    const trunk = [from, Math.max(inner, from + LEAST)];
    return ribbon([middle - half, middle + half], trunk, outwards, { colour: colourOf(colour), opacity });
  });
}

function ribbon([outerTop, outerFoot], [innerTop, innerFoot], outwards, { colour, opacity }) {
  const [left, right] = outwards
    ? [[innerTop, innerFoot], [outerTop, outerFoot]]
    : [[outerTop, outerFoot], [innerTop, innerFoot]];
  const n = (value) => Math.min(value, 100).toFixed(2);
  const d =
    `M0 ${n(left[0])}C45 ${n(left[0])} 55 ${n(right[0])} 100 ${n(right[0])}` +
    `V${n(right[1])}C55 ${n(right[1])} 45 ${n(left[1])} 0 ${n(left[1])}Z`;
  return { d, fill: colour, "fill-opacity": String(opacity) };
}

const SVG = "http://www.w3.org/2000/svg";

// Drawn once, then only attributes change: of images with addresses of their own a browser keeps the last hundred.
function draw(id, paths) {
  const place = document.getElementById(id);
  if (place === null) return;
  const svg = place.firstElementChild ?? place.appendChild(emptyDrawing(paths.length));
  paths.forEach((attributes, number) => {
    const path = svg.children[number];
    for (const [name, value] of Object.entries(attributes)) {
      if (path.getAttribute(name) !== value) path.setAttribute(name, value);
    }
  });
}

function emptyDrawing(paths) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 100 100");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  for (let number = 0; number < paths; number += 1) svg.append(document.createElementNS(SVG, "path"));
  return svg;
}
