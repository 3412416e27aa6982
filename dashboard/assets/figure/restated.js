// The days that are over and changed, by how much and by how many cases.

import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

export function paintRestated(past, page) {
  const { words, written } = page;
  const note = past.since === null ? "" : page.past ? fill(words.restated_since, { time: written.moment(past.since) }) : words.restated_today;
  document.getElementById("restated-note").textContent = note;
  document.getElementById("figure").dataset.restated = past.restated_days > 0 ? "some" : "none";
  redraw(document.getElementById("restated"), [past.since, past.restated, past.restated_days, past.restated_cases], () => {
    if (past.since === null) return make("p", { class: "quiet" }, words.restated_unknown);
    if (past.restated_days === 0) return make("p", { class: "quiet" }, words.restated_none);
    const rest = past.restated_days - past.restated.length;
    const said = [fill(words.restated_by, { n: written.count(past.restated_cases) })];
    if (rest > 0) said.push(fill(words.restated_more, { n: written.count(rest) }));
    return table(past.restated, said.join("; "), page);
  });
}

function table(rows, caption, { words, written }) {
  const names = [words.restated_day, words.restated_before, words.restated_after, words.restated_cases];
  return make("table", { class: "table restated" }, make("caption", {}, caption),
    make("thead", {}, make("tr", {}, names.map((name, place) => make("th", { scope: "col", class: place > 0 ? "number" : undefined }, name)))),
    make("tbody", {}, rows.map(({ day, before, after, cases }) => make("tr", {},
      make("th", { scope: "row" }, written.day(day)),
      [written.value(before), written.value(after), written.count(cases)].map((text) =>
        make("td", { class: "number running" }, text))))));
}
