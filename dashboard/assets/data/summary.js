// At a glance: how many sources are in which state, whether the log adds up, what is open.

import { make, redraw } from "./dom.js";
import { STATES } from "./sources.js";
import { equation, offBy, sumOf } from "./tally.js";
import { fill } from "../wall/page.js";

export function paintSummary(state, page) {
  const { words } = page;
  const { sources, partitions, incidents, quarantine } = state;
  const log = sumOf(partitions);
  const rest = log.received - sumOf(sources.map((source) => source.total)).received;
  const states = STATES.map((name) => [name, sources.filter((each) => each.kind !== "" && each.active && each.state === name).length]);
  const open = incidents.filter((each) => each.closed_at === null).length;
  const halted = partitions.filter((each) => each.halted !== null).length;
  redraw(document.getElementById("summary"), [states, log, rest, open, quarantine.waiting, halted], () => [
    make("section", { class: "panel glance-states" }, states.map(([name, count]) =>
      make("p", { class: "glance-state", "data-state": name, "data-any": count > 0 ? "yes" : "no" },
        make("span", { class: "mark", "data-state": name, "aria-hidden": "true" }),
        make("span", { class: "glance-figure running" }, String(count)),
        make("span", { class: "glance-name quiet" }, words[`state.${name}`])))),
    make("section", { class: "panel glance-log", "data-holds": offBy(log) === 0 && rest === 0 ? "yes" : "no" },
      make("h2", { class: "glance-title quiet" }, words.log),
      make("div", { class: "glance-sum" }, equation(log, page)),
      make("p", { class: "glance-rest quiet" }, restOf(rest, page))),
    glance("open", words.incidents_open, open, "bad"),
    glance("waiting", words.waiting_records, quarantine.waiting, "warn"),
    glance("halted", words.partitions_halted, halted, "bad"),
  ]);

  function glance(name, title, count, standing) {
    return make("section", { class: "panel glance", "data-standing": count > 0 ? standing : "none", id: `glance-${name}` },
      make("h2", { class: "glance-title quiet" }, title),
      make("p", { class: "glance-figure running" }, page.writer.count(count)));
  }
}

// Every record of the log is some source's: it counts them all, or one of the two is wrong.
function restOf(rest, { words, writer }) {
  if (rest === 0) return words.attributed;
  return fill(rest > 0 ? words.unattributed : words.overattributed, { n: writer.count(Math.abs(rest)) });
}
