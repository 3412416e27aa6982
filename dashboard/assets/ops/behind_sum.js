// What the cases add up to, in words, held against the figure.

import { fill } from "../wall/page.js";

const SAID = { all: "sum_fraction", upper: "sum_upper", lower: "sum_lower", missing: "sum_missing" };

/** "1.234 vụ việc: 1.220 ở tử số trên 1.234 ở mẫu số, đúng bằng số liệu." */
export function sumOf({ number, upper, lower, figure, part, holds }, { words, written }) {
  return fill(words[lower === null ? "sum" : SAID[part]], {
    n: written.count(number), upper: written.count(upper), lower: written.count(lower),
    rest: written.count(lower === null ? upper : lower - upper),
    verdict: verdictOf(figure, part, holds, { words, written }),
  });
}

function verdictOf(figure, part, holds, { words, written }) {
  if (holds) return words.holds;
  if (figure.upper === null) return words.differs;
  const of = { upper: [figure.upper], lower: [figure.lower], missing: [figure.lower - figure.upper] }[part] ??
    [figure.upper, ...(figure.lower === null ? [] : [figure.lower])];
  return fill(words.differs_from, { figure: of.map((each) => written.count(each)).join(" / ") });
}

/** What lies outside the scope of who looks: counted, not listed. */
export function outsideOf({ number, upper, lower, seen }, { words, written }) {
  return fill(words[lower === null ? "outside" : "outside_fraction"], {
    n: written.count(number - seen.number), upper: written.count(upper - seen.upper),
    lower: lower === null ? "" : written.count(lower - seen.lower),
  });
}
