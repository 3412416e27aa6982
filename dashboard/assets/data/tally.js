// received = applied + duplicates + quarantined, written out and checked here: what does not hold is shown.

import { make } from "./dom.js";
import { fill } from "../wall/page.js";

export const PARTS = ["applied", "duplicates", "quarantined"];

/** By how much more was received than the three come to; 0 where it holds. */
export const offBy = (tally) => tally.received - PARTS.reduce((sum, part) => sum + tally[part], 0);

/** The cells of an equation in a row: received = applied + duplicates + quarantined, and whether it holds. */
export function equation(tally, { words, writer }) {
  const off = offBy(tally);
  const number = (part) => make("span", { class: `number number-${part} running`, "data-any": tally[part] > 0 ? "yes" : "no" },
    writer.count(tally[part]));
  const sign = (text) => make("span", { class: "sign", "aria-hidden": "true" }, text);
  return [
    number("received"), sign(off === 0 ? "=" : "≠"), number("applied"), sign("+"), number("duplicates"), sign("+"),
    number("quarantined"), verdict(off, words, writer),
  ];
}

function verdict(off, words, writer) {
  if (off === 0) return make("span", { class: "verdict", "data-holds": "yes", title: words.balanced, role: "img", "aria-label": words.balanced });
  return make("strong", { class: "verdict", "data-holds": "no" }, fill(words.unbalanced, { n: writer.count(off) }));
}

/** What all tallies come to. */
export function sumOf(tallies) {
  const sum = { received: 0, applied: 0, duplicates: 0, quarantined: 0 };
  for (const tally of tallies) for (const part of Object.keys(sum)) sum[part] += tally[part];
  return sum;
}
