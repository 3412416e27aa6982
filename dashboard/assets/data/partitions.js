// Each partition of the log: how far it was applied, what became of its records, why it was stopped.

import { make, redraw } from "./dom.js";
import { equation } from "./tally.js";
import { fill } from "../wall/page.js";

export function paintPartitions({ partitions }, page) {
  const { words } = page;
  redraw(document.getElementById("partitions"), partitions, () => [
    ...partitions.filter((each) => each.halted !== null).map((each) => make("div", { class: "halted" },
      make("p", {}, fill(words.halted_why, { part: each.part, reason: each.halted })),
      make("code", {}, `ioc stream quarantine accept ${each.part}`))),
    make("div", { class: "partition partition-head quiet", "aria-hidden": "true" }, make("span", {}, "#"),
      make("span", {}, words.received), make("span"), make("span", {}, words.applied), make("span"),
      make("span", {}, words.duplicates), make("span"), make("span", {}, words.quarantined)),
    ...partitions.map((each) => make("div", { class: "partition", "data-halted": each.halted === null ? "no" : "yes" },
      make("span", { class: "partition-name quiet running", title: words.partition }, String(each.part)), equation(each, page))),
  ]);
}
