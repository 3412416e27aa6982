// What is wrong with alerting itself, and the sums at a glance.

import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

/** Whoever looks at a list without alerts has to know whether anybody looks for them. */
export function paintNotices({ service, outbox }, { words, writer }) {
  const said = [];
  if (service === null) said.push(words.service_never);
  else if (service.away) said.push(words.service_away);
  if (service?.problem) said.push(fill(words.problem, { problem: service.problem }));
  for (const { channel, given_up: lost } of outbox) {
    if (lost > 0) said.push(`${words[`channel_${channel}`]}: ${fill(words.channel_given_up, { n: writer.count(lost) })}`);
  }
  redraw(document.getElementById("notices"), said, () => said.map((text) => make("p", { class: "alert-notice" }, text)));
}

export function paintGlances({ open }, { words, writer }) {
  const count = (test) => open.filter(test).length;
  const counts = [
    ["alarm", count(({ level, silenced }) => level === "alarm" && !silenced)],
    ["warn", count(({ level, silenced }) => level === "warn" && !silenced)],
    ["silenced", count(({ silenced }) => silenced)],
  ];
  redraw(document.getElementById("glances"), counts, () => counts.map(([name, number]) =>
    make("div", { class: "panel alert-glance", "data-any": number > 0 ? "yes" : "no" },
      make("span", { class: "mark", "data-level": name, "aria-hidden": "true" }),
      make("span", { class: "alert-figure running" }, writer.count(number)),
      make("span", { class: "quiet" }, words[`count_${name}`]))));
}
