// The value on a band: where it is good, where it is short of that, and where it is bad.

import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

export function paintBand(state, page) {
  const { thresholds, words } = page;
  const value = state.value ?? null;
  redraw(document.getElementById("band"), value, () =>
    thresholds === null ? make("p", { class: "quiet band-none" }, words.no_target) : band(value, page));
}

function band(value, { thresholds: { target, warn }, direction, words, written, form }) {
  const [from, to] = ends([target, warn, ...(value === null ? [] : [value])], form.unit);
  const place = (at) => (100 * (at - from)) / (to - from);
  const higher = direction === "higher_is_better";
  const zones = higher ? [["bad", from, warn], ["warn", warn, target], ["good", target, to]]
    : [["good", from, target], ["warn", target, warn], ["bad", warn, to]];
  const zone = ([name, start, end]) => {
    const part = make("span", { class: "zone", "data-standing": name });
    part.style.left = `${place(start)}%`;
    part.style.width = `${Math.max(0, place(end) - place(start))}%`;
    return part;
  };
  const at = (element, where) => {
    element.style.left = `${place(where)}%`;
    return element;
  };
  const names = [fill(words.target, { value: written.value(target) }), fill(words.warn, { value: written.value(warn) })];
  const said = [value === null ? words.no_value : written.value(value), ...names].join("; ");
  return [
    make("div", { class: "band", role: "img", "aria-label": `${words.band}: ${said}` }, zones.map(zone),
      at(make("span", { class: "band-target" }), target),
      value === null ? null : at(make("span", { class: "band-value" }), value)),
    make("ul", { class: "band-names" }, (higher ? [...names].reverse() : names).map((name) => make("li", {}, name))),
  ];
}

// Room on both sides of everything that has to be seen; nothing below none, no share above all.
function ends(values, unit) {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const room = most === least ? Math.max(Math.abs(most), 1) : 0.35 * (most - least);
  return [Math.max(0, least - room), unit === "percent" ? Math.min(1, most + room) : most + room];
}
