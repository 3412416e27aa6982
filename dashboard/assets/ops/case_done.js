// What people did about the case, the newest first; what was overtaken stays in sight and says who was first.

import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";
import { nameOf } from "./case_head.js";

export function paintDone(state, page) {
  redraw(document.getElementById("done"), [state.acts, state.names], () => {
    if (state.acts.length === 0) return make("p", { class: "quiet" }, page.words.done_none);
    return make("ol", { class: "done-list" }, [...state.acts].reverse().map((each) => act(each, state, page)));
  });
}

function act(each, state, { words, moments, now }) {
  const { overtaken_by: first } = each;
  return make("li", { class: "done", "data-act": each.act, "data-took": first === null ? "yes" : "no" },
    make("time", { class: "done-at running", datetime: each.at }, moments.short(each.at, now)),
    make("div", { class: "done-what" }, make("p", { class: "done-said" }, said(each, state, { words, moments, now })),
      each.note === null ? null : make("p", { class: "done-note" }, each.note),
      first === null ? null : make("p", { class: "done-first" },
        fill(words.without_effect, { who: nameOf(first.by, state), at: moments.short(first.at, now) }))));
}

function said({ act: kind, by, to, until, rank, untied }, state, { words, moments, now }) {
  const key = kind === "assign" && to === null ? "assign_nobody" : untied ? "untie" : kind;
  const isTie = kind === "tie";
  return fill(words[`did_${key}`], {
    by: nameOf(by, state), to: to === null ? "" : isTie ? to : nameOf(to, state), rank,
    until: until === null ? "" : moments.short(until, now),
  });
}
