// The story in words: what happened and what each event changed, what holds, how the due date came about.

import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

/** Paints the three panels; what somebody has unfolded stays so. */
export function paintStory(state, page) {
  redraw(document.getElementById("events"), state.events, () => events(state, page));
  const holds = [...state.about, ...state.now.text];
  redraw(document.getElementById("holds"), holds, () => sentences(holds));
  redraw(document.getElementById("due"), state.due, () => due(state, page));
}

const sentences = (texts, name = "said") => make("ul", { class: name }, texts.map((text) => make("li", {}, text)));

function events({ events: all }, page) {
  const open = new Set([...document.querySelectorAll("#events details[open]")].map((each) => each.dataset.number));
  return make("ol", { class: "event-list" }, all.map((each) => event(each, page, open.has(String(each.number)))));
}

function event(each, page, isOpen) {
  const { words } = page;
  const changes = each.ledger.length;
  return make("li", { class: "event", id: `event-${each.number}`, tabindex: "-1",
    "data-late": each.came_late ? "yes" : "no", "data-adopted": each.adopted === null ? "no" : "yes" },
  make("span", { class: "event-number running", "aria-hidden": "true" }, String(each.number)),
  make("div", { class: "event-what" },
    make("h3", { class: "event-title" }, each.heading,
      each.came_late ? make("span", { class: "event-late", title: words.came_late_what }, words.came_late) : null,
      each.adopted === null ? null : make("span", { class: "event-adopted" }, words.adopted)),
    make("ul", { class: "event-said quiet" }, each.text.map((text) => make("li", {}, text))),
    changes === 0 ? make("p", { class: "event-none quiet" }, words.effect_none)
      : make("details", { class: "event-effect", "data-number": String(each.number), open: isOpen ? "" : undefined },
        make("summary", {}, fill(words.effect, { n: changes })),
        sentences(each.effect, "event-ledger"))));
}

function due({ due: { steps, readings }, kind }, { words }) {
  document.querySelector("#case .panel-due").hidden = steps.length === 0 && kind !== "document";
  if (steps.length === 0) return make("p", { class: "quiet" }, words.no_steps);
  const list = make("ol", { class: "step-list" }, steps.map(({ kind, text, rule }) =>
    make("li", { class: "step", "data-kind": kind }, text.map((each) => make("p", {}, each)),
      make("p", { class: "step-rule quiet" }, `${words.by_rule}: ${rule}`))));
  if (readings.length === 0) return list;
  return [list, make("h3", { class: "readings-title" }, words.readings), sentences(readings.map((each) => each.text))];
}
