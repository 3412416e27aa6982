// The plot: single days as points, the median of seven days as the line, the target, and days on which a source was late.

import { axisOf, marksOf } from "./axis.js";
import { weekly } from "../wall/trend.js";

const SVG = "http://www.w3.org/2000/svg";

/** An SVG element that fills `box`, in whose px it is drawn. */
export function draw(shown, box, page) {
  const { width, height, rem } = sizeOf(box);
  const { thresholds, grain, written } = page;
  const target = thresholds?.target ?? null;
  const axis = axisOf([...shown.values, target], page.form.unit);
  const area = areaOf(width, height, rem);
  const x = (place) => area.left + ((place + 0.5) * area.width) / shown.days.length;
  const y = (value) => area.top + area.height * (1 - (value - axis.from) / (axis.to - axis.from));
  const svg = element("svg", { viewBox: `0 0 ${width} ${height}`, class: "plot", "data-grain": grain, "data-line": grain === "day" && page.stands ? "whole" : "median", "aria-hidden": "true" });
  svg.append(
    ...axis.ticks.flatMap((tick) => [
      element("line", { class: "plot-grid", x1: area.left, x2: area.left + area.width, y1: y(tick), y2: y(tick) }),
      text(written.tick(tick), { class: "plot-tick", x: area.left - 0.5 * rem, y: y(tick) + 0.35 * rem, "text-anchor": "end" }),
    ]),
    ...marksOf(shown.days, grain, written).map(([place, name]) =>
      text(name, { class: "plot-tick", x: x(place), y: height - 0.25 * rem, "text-anchor": "middle" })),
    ...shown.days.flatMap((day, place) => (shown.late.has(day) ? [late(x(place), area, shown.days.length, rem)] : [])),
    ...(target === null ? [] : [element("line", { class: "plot-target", x1: area.left, x2: area.left + area.width, y1: y(target), y2: y(target) })]),
    ...lines(lineOf(shown, page), x, y),
    ...shown.values.map((value, place) => point(value, x(place), value === null ? null : y(value), shown.days.length, rem)),
    cursor(area, rem),
  );
  return svg;
}

/** Which day lies under a place on the display. */
export function placeOf(clientX, box, days) {
  const { width, height, rem } = sizeOf(box);
  const { left, width: wide } = areaOf(width, height, rem);
  const share = (clientX - box.getBoundingClientRect().left - left) / wide;
  return Math.min(Math.max(Math.floor(share * days), 0), days - 1);
}

const sizeOf = (box) => ({
  width: box.clientWidth, height: box.clientHeight, rem: parseFloat(getComputedStyle(document.documentElement).fontSize),
});

const areaOf = (width, height, rem) => ({ left: 5 * rem, top: rem, width: width - 6.5 * rem, height: height - 3 * rem });

// A level stands as it is. The median is of seven days also at the left end, where some of them are not shown.
const lineOf = ({ values, all, from }, { grain, stands }) => (grain === "day" && !stands ? weekly(all).slice(from) : values);

// A line ends where nothing is known and begins again after it.
function lines(values, x, y) {
  const found = [];
  let open = false;
  values.forEach((value, place) => {
    if (value !== null) {
      const at = `${x(place).toFixed(1)} ${y(value).toFixed(1)}`;
      if (open) found[found.length - 1] += `L${at}`;
      else found.push(`M${at}`);
    }
    open = value !== null;
  });
  return found.map((d) => element("path", { class: "plot-line", d }));
}

function point(value, x, y, days, rem) {
  const places = y === null ? { "data-x": x } : { "data-x": x, "data-y": y };
  const radius = y === null ? 0 : rem * (days > 100 ? 0.14 : 0.22);
  return element("circle", { class: "plot-point", cx: x, cy: y ?? 0, r: radius, ...places });
}

function late(x, area, days, rem) {
  const wide = Math.max(area.width / days, 0.25 * rem);
  return element("rect", { class: "plot-late", x: x - wide / 2, width: wide, y: area.top + area.height, height: 0.5 * rem });
}

function cursor(area, rem) {
  const group = element("g", { class: "plot-cursor", hidden: "" });
  group.append(element("line", { y1: area.top, y2: area.top + area.height }), element("circle", { r: 0.4 * rem }));
  return group;
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function text(content, attributes) {
  const made = element("text", attributes);
  made.textContent = content;
  return made;
}
