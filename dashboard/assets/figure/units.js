// Every unit, the worst first: no data is written out and is no bar of length nought.

import { make, redraw } from "../data/dom.js";

export function paintUnits(state, page) {
  const { words } = page;
  const units = ordered(state.units ?? [], page.direction);
  const note = document.getElementById("units-note");
  if (note.textContent === "") note.textContent = words[page.direction === "neutral" ? "units_most" : "units_worst"];
  redraw(document.getElementById("units"), units, () => {
    if (units.length === 0) return make("p", { class: "quiet" }, words.units_none);
    const most = Math.max(...units.map(({ value }) => Math.abs(value ?? 0)), page.form.unit === "percent" ? 1 : 0);
    return [
      make("ol", { class: "unit-list" }, units.map((each) => row(each, most, page))),
      page.unit === null ? null : make("p", { class: "to-area" },
        make("a", { class: "link", href: page.written.link(page.kpi, null), "data-key": "area" }, words.to_area)),
    ].filter((each) => each !== null);
  });
}

/** The worst first where one direction is better, else the greatest; what has no data stands last. */
export function ordered(units, direction) {
  const sign = direction === "higher_is_better" ? 1 : -1;
  const rank = ({ value }) => (value === null ? Infinity : sign * value);
  return [...units].sort((one, other) => rank(one) - rank(other) || (one.unit < other.unit ? -1 : 1));
}

function row({ unit, value, state, standing }, most, page) {
  const { words, written } = page;
  const bar = make("span", { class: "unit-bar", "data-known": value === null ? "no" : "yes" });
  const target = page.thresholds?.target ?? null;
  if (value !== null && target !== null && target > 0 && target <= most) {
    bar.dataset.target = "";
    bar.style.setProperty("--target", target / most);
  }
  if (value !== null) bar.style.setProperty("--share", most === 0 ? 0 : Math.abs(value) / most);
  return make("li", { class: "unit", "data-unit": unit, "data-standing": standing },
    make("a", { class: "unit-name link", href: written.link(page.kpi, unit), "data-key": unit,
      "aria-current": unit === page.unit ? "page" : undefined }, page.units[unit] ?? (unit === "00000" ? words.no_unit : unit)),
    make("span", { class: "unit-value running" }, value === null ? words.no_data : written.value(value),
      state === null || state === "live" ? null : make("span", { class: "unit-state" }, words[`state.${state}`])),
    bar);
}
