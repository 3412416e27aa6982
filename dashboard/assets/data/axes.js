// What stands beside the picture: hours below it, at its left endpoints, or units where there are too many of them.

import { make } from "./dom.js";

/** Rows of less than so many rem have no room for a name each. */
const ROOM = 1.15;

export function paintHours(element) {
  element.replaceChildren(...Array.from({ length: 13 }, (_, place) => make("li", {}, `${String(2 * place).padStart(2, "0")}:00`)));
}

/** `rem` is how high a row is. */
export function paintLabels(element, { endpoints }, rem, page) {
  const labels = rem >= ROOM ? endpoints.map(({ code, unit }) => [1, code, unitOf(unit, page)]) : groups(endpoints, page);
  element.replaceChildren(...labels.map(([rows, name, title]) => {
    const label = make("li", { class: "label", title }, make("span", { class: "label-name" }, name));
    label.style.flexGrow = rows;
    return label;
  }));
  element.dataset.of = rem >= ROOM ? "endpoints" : "units";
}

export const unitOf = (code, { units, words }) => units[code] ?? (code === null || code === "00000" ? words.no_unit : code);

function groups(endpoints, page) {
  const found = [];
  for (const { unit } of endpoints) {
    if (found.at(-1)?.unit === unit) found.at(-1).rows += 1;
    else found.push({ unit, rows: 1 });
  }
  return found.map(({ unit, rows }) => [rows, `${unitOf(unit, page)} (${rows})`, unitOf(unit, page)]);
}
