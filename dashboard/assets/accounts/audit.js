// The record: who did what, the newest first.

import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

export function paintAudit(place, { audit }, page) {
  const { words, writer } = page;
  redraw(place, audit, () => audit.length === 0 ? make("p", { class: "quiet" }, words.audit_none)
    : make("ol", { class: "account-audit" }, audit.map(({ at, who, what, facts }) => make("li", {},
      make("time", { class: "running quiet", datetime: at }, writer.moment(at, new Date(page.clock.now).toISOString())),
      make("span", { class: "running" }, who === "-" ? words.nobody : who),
      make("span", {}, fill(words[`what_${what.replaceAll(".", "_")}`] ?? what, facts))))));
}
