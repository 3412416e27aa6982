// Whether the figure can be trusted, in words, and the sources that it waits for by name.

import { make, redraw } from "../data/dom.js";

/** What is over changed today, within the days that a wall shows: the figure counts as restated, as it does there. */
const RESTATED_DAYS = 30;

export function paintTrust(present, past, page) {
  const { words } = page;
  const state = stateOf(present, past);
  document.getElementById("figure").dataset.state = state ?? "none";
  redraw(document.getElementById("state"), [state, present.causes, present.frozen], () => {
    if (state === null) return make("p", { class: "quiet" }, page.past ? words.past_state : "");
    return [
      make("p", { class: "trust-state" }, make("span", { class: "trust-mark", "data-state": state, "aria-hidden": "true" }),
        make("strong", {}, words[`state.${state}`])),
      make("p", { class: "trust-meaning" }, words[`meaning.${meaning(state, present)}`]),
      present.causes.length === 0 ? null : make("div", {}, make("h3", { class: "quiet trust-causes" }, words.causes),
        make("ul", { class: "causes" }, present.causes.map((each) => cause(each, page)))),
    ].filter((each) => each !== null);
  });
}

function stateOf(present, past) {
  const state = present.state ?? null;
  if (state !== "live" || past === null) return state;
  const first = past.days.at(-RESTATED_DAYS) ?? past.days[0];
  return past.restated.some(({ day }) => day >= first) ? "restated" : state;
}

function meaning(state, present) {
  if (state === "frozen") return `frozen_${present.frozen}`;
  return state === "late" && present.causes.length === 0 ? "late_unheard" : state;
}

function cause({ source, state, heard_at: heard }, { words }) {
  const age = heard === null ? words.cause_never : null;
  const [before, after] = words.cause_heard.split("{age}");
  return make("li", { class: "cause" }, make("span", { class: "cause-name" }, source), " ",
    make("span", { class: "cause-state" }, words[`source_state.${state}`]), ", ",
    age ?? make("span", {}, before, make("time", { "data-since": heard, datetime: heard }), after ?? ""));
}

