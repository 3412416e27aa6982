// Every endpoint as it stands now, those with an alarm first.

import { unitOf } from "./axes.js";
import { make, redraw } from "./dom.js";
import { ageOf } from "./clock.js";
import { fill } from "../wall/page.js";

const HEADS = ["endpoint", "unit", "state", "meeting", "last_sample", "last_mos", "alarm"];
const ORDER = { bad: 0, warn: 1, none: 2 };

export function paintEndpoints({ endpoints }, page) {
  const { words } = page;
  const order = endpoints.map((each) => ({ ...each, standing: standingOf(each) }))
    .sort((one, other) => ORDER[one.standing] - ORDER[other.standing]);
  redraw(document.getElementById("endpoints"), order, () => {
    if (order.length === 0) return make("p", { class: "quiet" }, words.endpoints_none);
    return make("table", { class: "table" },
      make("thead", {}, make("tr", {}, HEADS.map((head) => make("th", { scope: "col" }, words[head])))),
      make("tbody", {}, order.map((each) => row(each, page))));
  });
}

// Away from a meeting for too long, or a bad line, is an alarm; a weak line, or one that is down, a warning.
function standingOf({ is_alarm, level, state }) {
  if (is_alarm || level === "bad") return "bad";
  return level === "warn" || state === "down" ? "warn" : "none";
}

function row(endpoint, page) {
  const { words, writer } = page;
  const { code, unit, state, last, standing } = endpoint;
  const cells = [
    make("th", { scope: "row" }, code),
    make("td", {}, unitOf(unit, page)),
    make("td", {}, make("span", { class: "state-mark", "data-state": state, "aria-hidden": "true" }), words[state]),
    make("td", {}, endpoint.meeting ?? "–"),
    make("td", {}, last === null ? "–" : make("time", { class: "running", "data-since": last[0], datetime: last[0] })),
    make("td", { class: "running" }, last === null || last[1] === null ? "–" : writer.score(last[1] / 100)),
    make("td", { class: "standing" }, alarmOf(endpoint, page)),
  ];
  return make("tr", { "data-endpoint": code, "data-standing": standing }, cells);
}

function alarmOf({ away_since, is_alarm, level, state }, { words, clock }) {
  const away = is_alarm ? fill(words.away, { age: ageOf((clock.now - Date.parse(away_since)) / 1000, words) }) : null;
  const line = state === "down" || level === null ? null : words[`level_${level}`];
  return [away, state === "down" ? words.down : null, line].filter(Boolean).join(" · ") || "–";
}
