// Where the case stands, at a glance: status, whose it is, when it is due and how long that is, what it waits for.

import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";
import { wordOf } from "./case_written.js";

const TIMED = new Set(["application", "petition", "document"]);
const KINDS = new Set(["document", "meeting", "certificate", "endpoint", "evaluation", "petition"]);

/** Paints the facts; what people do about it stands under the person who handles it. */
export function paintHead(state, page) {
  const shown = [state.now, state.handling, state.names, state.rank, state.risk, state.pending ?? null];
  redraw(document.getElementById("facts"), shown, () => facts(state, page).map(tile));
  document.querySelector("#case .brand-subtitle").textContent = subtitle(state, page);
}

function subtitle({ procedure, procedure_name: name, field, kind }, { words }) {
  if (KINDS.has(kind)) return words[`kind_${kind}`];
  return [name ?? procedure, field?.name].filter(Boolean).join(" · ") || words.subtitle;
}

const tile = ([name, label, value, notes, standing]) =>
  make("div", { class: "fact", "data-fact": name, "data-standing": standing ?? "none" },
    make("dt", {}, label), make("dd", {}, make("span", { class: "fact-value" }, value ?? "–"),
      notes.filter(Boolean).map((note) => make("span", { class: "fact-note" }, note))));

function facts(state, page) {
  const { words } = page;
  const { now, kind } = state;
  const isApplication = "letter" in now;
  return [
    ["status", words.status, now.status?.text, [pauseOf(state, page)]],
    ["due", wordOf(words, "due_at", kind), now.due === null ? words.due_none : page.moments.short(now.due, page.now),
      [endedOf(state, page)]],
    ...(TIMED.has(kind) ? [remaining(state, page)] : []),
    ["holder", words.holder, state.handling.holder === null ? words.holder_none : nameOf(state.handling.holder, state),
      handled(state, page)],
    ["unit", words.unit, now.unit?.name ?? now.unit?.code, []],
    ...(isApplication && kind === "application" ? [letter(state, page)] : []),
    ...(state.risk ? [risk(state, page)] : []),
  ];
}

/** A person's name, or the login where nobody bears it any more. */
export const nameOf = (login, { names }) => names[login] ?? login;

function pauseOf({ now }, { words, moments, now: at }) {
  if (now.paused_since === null) return null;
  const kind = [5, 6].includes(now.status?.code) ? now.status.code : "other";
  return `${words.pause}: ${fill(words[`pause_${kind}`], { since: moments.short(now.paused_since, at) })}`;
}

const endedOf = ({ now }, { words, moments, now: at }) =>
  (now.ended === null || now.ended_as === null ? null : `${words.ended}: ${moments.short(now.ended, at)}`);

function remaining({ now, working_day: ofDay }, { words, moments }) {
  const seconds = now.remaining_seconds;
  if (seconds === null) return ["remaining", words.remaining, words.remaining_none, []];
  const over = seconds < 0;
  const paused = now.paused_since !== null;
  const label = over ? words.remaining_over : paused ? words.remaining_paused : words.remaining;
  const standing = over ? "bad" : paused ? "none" : seconds <= ofDay ? "warn" : "good";
  return ["remaining", label, moments.working(seconds, ofDay), [words.working], standing];
}

function handled(state, { words, moments, now: at }) {
  const { handling, rank } = state;
  const found = [];
  if (handling.acknowledged_by !== null) {
    const until = handling.acknowledged_until;
    const over = until !== null && Date.parse(until) <= at;
    found.push(fill(words[over ? "acknowledged_over" : "acknowledged"],
      { who: nameOf(handling.acknowledged_by, state), until: until === null ? "" : moments.short(until, at) }));
  }
  if (handling.rank > 0) {
    const by = handling.respond_by;
    found.push(fill(words[by === null ? "escalated_answered" : "escalated"],
      { rank: rank ?? handling.rank, by: by === null ? "" : moments.short(by, at) }));
  }
  if (handling.dismissed && same(handling.dismissed_due, state.now.due)) found.push(words.dismissed);
  if (state.pending) found.push(words.pending);
  return found;
}

const same = (one, other) => one === other || (one !== null && other !== null && Date.parse(one) === Date.parse(other));

function letter({ now: { letter: of } }, { words, moments, now: at }) {
  const [sent] = of.sent;
  const told = (key, values, standing) => ["letter", words.letter, fill(words[key], values), [], standing];
  if (sent !== undefined) return told("letter_sent", { at: moments.date(sent, at) }, "good");
  if (of.outstanding > 0) return told("letter_owed", { since: moments.date(of.owed_since, at) }, "bad");
  return told("letter_none", {}, "none");
}

function risk({ risk: of }, { words, language }) {
  const standing = of.warned ? "warn" : "none";
  const percent = of.chance < 0.01 ? "< 1" : of.chance > 0.99 ? "> 99" : Math.round(100 * of.chance);
  return ["risk", words.risk, `${percent}\u00a0%`, [of.why?.[language]], standing];
}
