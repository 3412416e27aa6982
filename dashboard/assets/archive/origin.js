// What a snapshot was made of: moments, versions of rules, the place in the log, and what could not be counted.

import { momentOf } from "./said.js";
import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

export function paintOrigin(content, page) {
  const { words } = page;
  redraw(document.getElementById("origin"), content, () => {
    if (content === null) return make("p", { class: "quiet" }, words.not_sealed);
    const { rules, counts } = content;
    const told = [
      [words.origin_counts, fill(words.origin_figures, counts)],
      [words.origin_as_of, momentOf(content.as_of, page)],
      [words.origin_known_at, momentOf(content.known_at, page)],
      [words.origin_due_at, momentOf(content.due_at, page)],
      [words.origin_taken_at, momentOf(content.taken_at, page)],
      [words.origin_code, rules.code],
      [words.origin_meaning, rules.meaning],
      [words.origin_calendars, rules.calendars.join(", ") || "–"],
      [words.origin_registers, rules.registers.join(", ") || "–"],
      [words.origin_cut, content.cut.map(({ part, next }) => `${part}:${next}`).join(" ") || "–"],
      [words.origin_quarantine, quarantine(content.quarantine, page)],
    ];
    return make("dl", { class: "archive-facts origin-facts" },
      told.flatMap(([name, value]) => [make("dt", { class: "quiet" }, name), make("dd", { class: "running" }, value)]));
  });
}

const quarantine = (found, { words, writer }) => (found.length === 0 ? words.origin_quarantine_none
  : found.map(({ reason, records, waiting }) => fill(words.origin_quarantine_of,
      { reason, n: writer.count(records), waiting: writer.count(waiting) })).join("; "));
