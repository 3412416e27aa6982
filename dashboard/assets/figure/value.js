// The value, large, with how it stands, what it is a share of, and what it was a week before.

import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

export function paintValue(state, page) {
  const { written, words } = page;
  const element = document.getElementById("value");
  redraw(element, [state.unknown, state.value], () => {
    if (state.unknown !== null) return make("span", { class: "value-none" }, words[state.unknown]);
    if (state.value === null) return make("span", { class: "value-none" }, page.nothing);
    const [number, measure] = written.parts(state.value);
    return [make("span", {}, number), make("span", { class: "value-measure" }, measure)];
  });
  element.dataset.standing = state.standing ?? "none";
  const asOf = document.getElementById("as-of");
  const text = asOfText(state, page);
  if (asOf.textContent !== text) asOf.textContent = text;
  const standing = document.getElementById("standing");
  redraw(standing, state.standing, () =>
    state.standing === undefined || state.standing === "none" ? [] :
      make("p", { class: "standing", "data-standing": state.standing },
        make("span", { class: "standing-mark", "aria-hidden": "true" }), words[`standing.${state.standing}`]));
  redraw(document.getElementById("compared"), [state.numerator, state.denominator, state.before, state.value], () =>
    [...fraction(state, page), ...compared(state, page)]);
}

function asOfText(state, { written, words, known }) {
  if (state.unknown !== null) return "";
  const time = written.moment(state.at);
  if (known !== null) return fill(words.as_of_known, { time, known: written.moment(known) });
  return state.since === null ? fill(words.as_of, { time }) : fill(words.over, { first: written.moment(state.since), time });
}

function fraction({ numerator, denominator }, { written, words }) {
  if (denominator === null || denominator === undefined) return [];
  const pair = (name, value) => make("div", { class: "pair" }, make("dt", {}, name), make("dd", { class: "running" }, written.count(value)));
  return [pair(words.numerator, numerator), pair(words.denominator, denominator)];
}

function compared(state, { written, words }) {
  if (state.unknown !== null) return [];
  if (state.before === null) return [make("div", { class: "pair" }, make("dd", { class: "quiet" }, words.compared_none))];
  const name = fill(words.compared, { day: written.day(state.before.day) });
  return [make("div", { class: "pair" }, make("dt", {}, name), make("dd", {}, difference(state, written, words)))];
}

function difference({ value, before }, written, words) {
  if (before.value === null) return words.compared_unknown;
  if (value === null) return fill(words.compared_then, { value: written.value(before.value) });
  const by = value - before.value;
  const same = written.value(value) === written.value(before.value);
  const name = same ? "compared_equal" : by > 0 ? "compared_more" : "compared_less";
  return fill(words[name], { value: written.value(before.value), difference: written.difference(Math.abs(by)) });
}
