// Every slot, the newest first: its period, when it was due, how it stands with its marks, and who has got it.

import { badge } from "./badges.js";
import { momentOf, pageOf, reasonsOf, titleOf } from "./said.js";
import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

const HEADS = ["head_period", "head_kind", "head_due", "head_state", "head_sent"];
const LEVELS = { waiting: "none", held: "warn", overdue: "bad", failed: "bad", sealed: "good" };

export function paintSlots({ slots, more }, page) {
  const { words, writer } = page;
  const n = `${writer.count(slots.length)}${more ? "+" : ""}`;
  document.getElementById("slots-note").textContent = fill(words.slots_shown, { n });
  redraw(document.getElementById("slots"), [slots, more], () => {
    if (slots.length === 0) return make("p", { class: "quiet" }, words.slots_none);
    return [
      make("table", { class: "archive-table slots-table" },
        make("thead", {}, make("tr", {}, HEADS.map((name) => make("th", { scope: "col" }, words[name])))),
        make("tbody", {}, slots.map((slot) => row(slot, page)))),
      more ? make("button", { class: "button", type: "button", "data-key": "more", onclick: page.more },
        words.slots_more) : [],
    ].flat();
  });
}

function row(slot, page) {
  const { words } = page;
  const key = `${slot.kind} ${slot.period} ${slot.version}`;
  return make("tr", { "data-slot": key, "data-state": slot.state },
    make("th", { scope: "row" },
      make("a", { href: pageOf(slot.kind, slot.period, page, slot.version), "data-key": key, class: "running" },
        slot.period),
      slot.version === 1 ? null : make("span", { class: "quiet slot-version" },
        fill(words.version, { n: slot.version }))),
    make("td", {}, titleOf(slot.kind, page)),
    make("td", { class: "running slot-moment" }, momentOf(slot.due_at, page)),
    make("td", {}, make("div", { class: "slot-standing" },
      make("span", { class: "mark", "data-level": LEVELS[slot.state], "aria-hidden": "true" }),
      make("span", { class: "slot-state" }, words[`state.${slot.state}`]), badges(slot, page)),
      said(slot, page)),
    make("td", {}, sent(slot, page)));
}

const badges = (slot, { words }) => [
  slot.is_partial ? badge("partial", words) : null,
  slot.late.length > 0 ? badge("late", words) : null,
  slot.is_restated ? badge("restated", words) : null,
];

// Why it stands so, in words; an error as it was told.
function said(slot, page) {
  const { words } = page;
  const open = slot.state !== "sealed";
  const parts = [
    slot.late.length > 0 ? reasonsOf(slot.late, page) : null,
    slot.late.length > 0 && !open ? fill(words.sealed_at, { time: momentOf(slot.sealed_at, page) }) : null,
    slot.held_since && open ? fill(words.held_since, { time: momentOf(slot.held_since, page) }) : null,
    slot.asked_by ? fill(words.asked_by, { by: slot.asked_by }) : null,
    open && slot.attempts > 0 ? fill(words.attempts, { n: slot.attempts }) : null,
    ["failed", "held"].includes(slot.state) ? fill(words.next_try, { time: momentOf(slot.next_at, page) }) : null,
  ].filter(Boolean);
  return [
    parts.length > 0 ? make("p", { class: "quiet slot-why" }, parts.join(" · ")) : null,
    open && slot.error ? make("p", { class: "slot-error" }, slot.error) : null,
  ];
}

function sent(slot, { words, writer }) {
  if (slot.state !== "sealed") return "–";
  const told = { ...slot, waiting: slot.waiting - slot.failing };
  const parts = ["given_up", "failing", "waiting", "delivered"].map((name) => [name, told[name]])
    .filter(([, n]) => n > 0);
  if (parts.length === 0) return make("span", { class: "quiet" }, words.sent_none);
  return parts.map(([name, n]) => make("p", { class: "slot-sent", "data-sent": name },
    fill(words[`sent_${name}`], { n: writer.count(n) })));
}
