// What goes into the figure: the KPIs that its formula names, and the sums, each with its value now.

import { make, redraw } from "../data/dom.js";

export function paintInputs(state, page) {
  redraw(document.getElementById("inputs"), [state.parts, state.inputs], () => {
    const { words, written } = page;
    const parts = page.parts.map(({ kpi, said, form }, place) => row(
      make("a", { class: "link", href: written.link(kpi, page.unit), "data-key": `part-${kpi}` }, said), kpi,
      valueOf(state.parts, place, (value) => written.value(value, form), words)));
    const inputs = page.inputs.map((each, place) =>
      row(each.said, each.written, valueOf(state.inputs, place, (value) => written.count(value), words)));
    return make("table", { class: "table inputs" }, make("caption", {}, words.inputs),
      make("thead", {}, make("tr", {}, [words.input, words.input_written, words.input_value].map((name, place) =>
        make("th", { scope: "col", class: place === 2 ? "number" : undefined }, name)))),
      make("tbody", {}, parts, inputs));
  });
}

const valueOf = (values, place, write, words) => (values === undefined || values[place] === null ? words.no_data : write(values[place]));

const row = (said, written, value) => make("tr", {}, make("th", { scope: "row" }, said),
  make("td", { class: "input-written" }, written), make("td", { class: "number running" }, value));
