// What became of a version at each receiver: tries, errors, the receipt; what was given up can be sent again.

import { momentOf, receiverOf } from "./said.js";
import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

const LEVELS = { waiting: "none", failing: "warn", delivered: "good", given_up: "bad" };

export function paintDeliveries(state, shown, page) {
  const { words } = page;
  redraw(document.getElementById("deliveries"), [shown.version, shown.deliveries], () =>
    shown.deliveries.length === 0
      ? make("p", { class: "quiet" }, shown.digest === null ? words.not_sealed : words.deliveries_none)
      : shown.deliveries.map((delivery) => item(delivery, shown, page)));
}

function item(delivery, shown, page) {
  const { words } = page;
  const state = delivery.state === "waiting" && delivery.error !== null ? "failing" : delivery.state;
  const done = { delivered: "delivery_done", given_up: "delivery_gave_up" }[state];
  const said = [
    words[`delivery.${state}`],
    delivery.attempts > 0 ? fill(words.attempts, { n: delivery.attempts }) : null,
    done === undefined ? null : fill(words[done], { time: momentOf(delivery.done_at, page) }),
    delivery.state === "waiting" ? fill(delivery.attempts > 0 ? words.next_try : words.delivery_made,
      { time: momentOf(delivery.attempts > 0 ? delivery.next_at : delivery.made_at, page) }) : null,
  ].filter(Boolean).join(" · ");
  return make("article", { class: "archive-item", "data-receiver": delivery.receiver, "data-state": state },
    make("span", { class: "mark", "data-level": LEVELS[state], "aria-hidden": "true" }),
    make("h3", { class: "archive-name" }, receiverOf(delivery.receiver, page)),
    make("p", { class: "quiet" }, said),
    delivery.error === null || state === "delivered" ? null : make("p", { class: "slot-error" }, delivery.error),
    make("p", { class: "archive-links" }, receipt(delivery, shown, page), again(delivery, shown, page)));
}

function receipt({ receiver, state, receipt_bytes: bytes }, { version }, page) {
  const { words } = page;
  if (bytes === null) return state === "delivered" ? make("span", { class: "quiet" }, words.receipt_none) : null;
  const address = `${page.at}/${version}/receipt/${receiver}`;
  return [
    make("button", { class: "button", type: "button", "data-key": `receipt-${receiver}`,
      onclick: () => show(address, receiverOf(receiver, page), page) }, words.receipt_show),
    make("a", { href: address, download: "", "data-key": `take-receipt-${receiver}` }, words.receipt_take),
  ];
}

function again(delivery, { version }, page) {
  if (delivery.state !== "given_up" || !page.runs) return null;
  const { words, kind, period } = page;
  const { receiver } = delivery;
  return make("button", { class: "button", type: "button", "data-key": `again-${receiver}`, onclick: async () => {
    const { status } = await page.act("/archive/deliver", { receiver, kind, period, version });
    if (status === 200) page.say(fill(words.done_again, { receiver: receiverOf(receiver, page) }));
  } }, words.delivery_again);
}

// The receipt as it came: laid out where it is JSON, else as text.
async function show(address, name, { words }) {
  const dialog = document.getElementById("dialog");
  const body = make("pre", { class: "receipt-body", tabindex: "0" }, words.checking);
  dialog.replaceChildren(
    make("header", { class: "archive-bar" }, make("h2", { class: "panel-title" }, `${words.receipt} · ${name}`)),
    body, make("div", { class: "archive-acts" },
      make("button", { class: "button", type: "button", onclick: () => dialog.close() }, words.close)));
  dialog.showModal();
  try {
    const answer = await fetch(address, { cache: "no-store" });
    body.textContent = answer.ok ? readable(await answer.text()) : fill(words.refused_other, { status: answer.status });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    body.textContent = words.refused_away;
  }
}

function readable(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
