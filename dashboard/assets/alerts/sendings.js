// What was sent of an alert, and what could not be.

import { momentOf } from "./written.js";
import { make } from "../data/dom.js";
import { fill } from "../wall/page.js";

/** One line for each channel: the newest of what it had to send. */
export function sendings({ deliveries }, page) {
  if (deliveries.length === 0) return null;
  const newest = new Map(deliveries.map((each) => [each.channel, each]));
  return make("ul", { class: "alert-sendings" }, [...newest.values()].map((each) => sending(each, page)));
}

function sending({ channel, kind, state, attempts, error, done_at: doneAt }, page) {
  const { words } = page;
  const name = state === "waiting" && error !== null ? "retry" : state;
  const said = [words[`channel_${channel}`], words[`kind_${kind}`], fill(words[`state_${name}`], { n: attempts }),
    doneAt === null ? null : momentOf(doneAt, page)].filter(Boolean).join(" · ");
  return make("li", { class: "alert-sending", "data-state": name, title: error ?? "" }, said);
}
