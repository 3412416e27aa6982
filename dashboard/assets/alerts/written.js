// How an alert is written: where it is, how much it is, and since when.

import { fill } from "../wall/page.js";

/** The name of what an alert is about. */
export function placeOf(subject, { words, units, area }) {
  if (subject === "area") return fill(words.area, { area });
  if (subject.startsWith("source:")) return fill(words.source, { source: subject.slice("source:".length) });
  if (subject.startsWith("cause:")) return words[`cause_${subject.slice("cause:".length)}`] ?? subject;
  return units[subject] ?? subject;
}

/** Its title in the page's language. */
export const titleOf = ({ facts }, { language }) => facts.title[language];

/** How many cases, or the value of the figure and its limit; null for a source. */
export function amountOf({ facts, number, value, written }, { words, writer }) {
  if (facts.kind === "cases") return fill(words.cases, { n: writer.count(number) });
  if (facts.kind !== "kpi" || value === null) return null;
  const write = (one) => writer.figure(one, written).join("");
  return fill(words.value, { value: write(value), limit: write(facts.limit) });
}

/** A moment as people write it, by the server's clock. */
export const momentOf = (text, { writer, clock }) => writer.moment(text, new Date(clock.now).toISOString());
