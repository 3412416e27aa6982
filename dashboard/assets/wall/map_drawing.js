// The drawing of the map: made once for a scene; only texts and attributes change after that, no element is added.

import { figureWidth, markPath } from "./map_marks.js";

const SVG = "http://www.w3.org/2000/svg";

/** Px between a figure and its mark. */
const GAP = 7;

/** Draws the map into its place: `units` are its parts by code, `sheet` is what rings and the highlight lie on. */
export function drawMap(place, scene, page) {
  const { width, height, letters } = scene.map;
  const sheet = document.createElement("div");
  sheet.className = "map-sheet";
  sheet.style.setProperty("--map-ratio", String(width / height));
  const svg = element("svg", { viewBox: `0 0 ${width} ${height}`, class: "map-drawing" });
  svg.setAttribute("role", page.display ? "img" : "group");
  svg.setAttribute("aria-label", scene.map.title);
  const outlines = element("g", { class: "map-units" });
  const highlight = element("path", { class: "map-highlight", d: "" });
  const labels = element("g", { class: "map-labels" });
  const units = new Map();
  for (const unit of scene.map.units) {
    const outline = element("path", { class: "map-unit", d: unit.path, "fill-rule": "evenodd", "data-unit": unit.code });
    outlines.append(page.display ? outline : linkTo(unit, outline, page));
    const { label, write } = drawLabel(unit, letters);
    labels.append(label);
    units.set(unit.code, { unit, outline, label, write, shown: null });
  }
  svg.append(outlines, highlight, labels);
  sheet.append(svg);
  place.append(sheet);
  return { sheet, units, highlight };
}

/** The address of a unit's own scene, in the language and theme of this page. */
export function addressOf(code, { language, theme }) {
  return `/wall/unit/${code}?lang=${language}${theme === "light" ? "&theme=light" : ""}`;
}

function linkTo(unit, outline, page) {
  const link = element("a", { href: addressOf(unit.code, page), class: "map-link", "aria-label": page.units[unit.code] });
  link.append(outline);
  return link;
}

// A name, its figure below, and a mark beside that; with a line to the unit where the label stands beside the area.
function drawLabel({ label: { x, y, width, height, lines, anchor }, code }, letters) {
  const group = element("g", { class: "map-label", "data-unit": code });
  if (anchor !== null) {
    group.append(element("line", { class: "map-leader", ...lineTo(anchor, { x, y, width, height }) }));
    group.append(element("circle", { class: "map-leader-end", cx: anchor[0], cy: anchor[1], r: 4 }));
    group.dataset.beside = "yes";
  }
  const top = y - height / 2;
  lines.forEach((line, place) => {
    const at = { x, y: top + letters.line * (place + 0.8) };
    group.append(text(line, { class: "map-name", ...at, "font-size": letters.name }));
  });
  const middle = top + letters.line * lines.length + 0.5 * letters.figure;
  const figure = text("", { class: "map-figure running" });
  const mark = element("path", { class: "map-mark", d: "" });
  if (letters.figure > 0 && width > 0) group.append(figure, mark);
  return {
    label: group,
    write(words, size, kind) {
      const baseline = middle + 0.36 * size;
      const side = 0.62 * size;
      const shift = kind === null ? 0 : (side + GAP) / 2;
      figure.textContent = words;
      figure.setAttribute("font-size", size);
      figure.setAttribute("y", baseline);
      figure.setAttribute("x", x + shift);
      mark.dataset.kind = kind ?? "none";
      const left = x + shift - figureWidth(words, size) / 2 - side - GAP;
      mark.setAttribute("d", kind === null ? "" : markPath(kind, left, baseline - 0.72 * size, side));
    },
  };
}

// From the unit to the nearest point of the label's box.
function lineTo([fromX, fromY], { x, y, width, height }) {
  const x2 = Math.min(Math.max(fromX, x - width / 2), x + width / 2);
  const y2 = Math.min(Math.max(fromY, y - height / 2), y + height / 2);
  return { x1: fromX, y1: fromY, x2, y2 };
}

function text(content, attributes) {
  const made = element("text", attributes);
  made.textContent = content;
  return made;
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}
