// What a reader has to know before any figure: PARTIAL, LATE, RESTATED, each with its reason in words.

import { badge } from "./badges.js";
import { lengthOf, momentOf, reasonsOf } from "./said.js";
import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

export function paintMarks(state, shown, content, page) {
  redraw(document.getElementById("marks"), [shown, content?.restates, content?.missing, content?.late_seconds], () => {
    if (shown.digest === null) return open(shown, page);
    if (content === null) return make("p", { class: "archive-notice", "data-level": "warn" }, page.words.unreadable);
    const marks = [partial(content, page), late(content, page), restated(content, page)].filter(Boolean);
    return marks.length > 0 ? marks : make("p", { class: "quiet archive-mark-none" },
      make("span", { class: "mark", "data-level": "good", "aria-hidden": "true" }), page.words.marks_none);
  });
}

// Not sealed yet: how it stands, why, and what went wrong.
function open(shown, page) {
  const { words, clock } = page;
  const state = shown.state === "held" ? "held" : shown.error !== null ? "failed"
    : Date.parse(shown.due_at) < clock.now ? "overdue" : "waiting";
  const said = [
    fill(words.late_reason, { reasons: reasonsOf(shown.late, page) }),
    shown.held_since === null ? null : fill(words.held_since, { time: momentOf(shown.held_since, page) }),
    shown.asked_by === null ? null : fill(words.asked_by, { by: shown.asked_by }),
    fill(words.next_try, { time: momentOf(shown.next_at, page) }),
  ].slice(shown.late.length > 0 ? 0 : 1).filter(Boolean).join(" · ");
  return mark(make("strong", { class: "badge", "data-badge": "open" }, words[`state.${state}`]),
    make("p", {}, words.not_sealed), make("p", { class: "quiet" }, said),
    shown.error === null ? null : make("p", { class: "slot-error" }, shown.error));
}

function partial({ missing }, page) {
  if (missing.length === 0) return null;
  const { words, writer } = page;
  const since = (last) => (last ? fill(words.partial_last, { time: momentOf(last, page) }) : words.partial_never);
  return mark(badge("partial", words), make("p", {}, fill(words.partial_says, { n: writer.count(missing.length) })),
    make("ul", { class: "mark-list" }, missing.map(({ source, last_known_at: last }) =>
      make("li", {}, source, make("span", { class: "quiet" }, ` · ${since(last)}`)))));
}

function late({ late: reasons, late_seconds: seconds, due_at: dueAt }, page) {
  if (reasons.length === 0) return null;
  const { words, language } = page;
  const said = reasons.map(({ text }) => text[language]).join("; ");
  return mark(badge("late", words),
    make("p", {}, fill(words.late_says, { length: lengthOf(seconds, page), time: momentOf(dueAt, page) })),
    make("p", { class: "quiet" }, fill(words.late_reason, { reasons: said })));
}

function restated({ restates }, page) {
  if (restates === null) return null;
  const { words, writer } = page;
  return mark(badge("restated", words),
    make("p", {}, fill(words.restated_says, { version: restates.version, time: momentOf(restates.known_at, page),
      n: writer.count(restates.number) })),
    make("p", { class: "quiet" }, words[`restated_${restates.cause}`]));
}

const mark = (sign, ...said) =>
  make("article", { class: "panel archive-mark" }, sign, make("div", { class: "mark-said" }, said));
