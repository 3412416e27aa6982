// What is wrong, loudly; and the sums of the whole archive at a glance, whatever the list is narrowed to.

import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

/** Nobody notices a report that is not made: so it is said when nobody makes any. */
export function paintNotices({ schedulers, silent, standing, problem }, { words, writer }) {
  const saying = (name) => fill(words[`notice_${name}`], { n: writer.count(standing[name]) });
  const counted = ["overdue", "failed", "given_up"].filter((name) => standing[name] > 0)
    .map((name) => [name === "failed" ? "warn" : "alarm", saying(name)]);
  const still = !silent ? [] : [["alarm", schedulers.length === 0 ? words.scheduler_never : words.scheduler_silent]];
  const wrong = problem === null ? [] : [["alarm", fill(words.notice_problem, { problem })]];
  const said = [...still, ...wrong, ...counted];
  redraw(document.getElementById("notices"), said, () => said.map(([level, text]) =>
    make("p", { class: "archive-notice", "data-level": level }, text)));
}

export function paintGlances({ standing }, { words, writer }) {
  const counts = [
    ["sealed", standing.sealed, "good"],
    ["open", standing.held + standing.overdue, "warn"],
    ["failed", standing.failed, "bad"],
    ["undelivered", standing.failing + standing.given_up, "bad"],
  ];
  redraw(document.getElementById("glances"), counts, () => counts.map(([name, number, level]) =>
    make("div", { class: "panel archive-glance" },
      make("span", { class: "mark", "data-level": number > 0 ? level : "none", "aria-hidden": "true" }),
      make("span", { class: "archive-figure running" }, writer.count(number)),
      make("span", { class: "quiet" }, words[`count_${name}`]))));
}
