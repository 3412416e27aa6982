// How late events become known, as eight bars. Heights by the square root: one very late event is still seen.

import { make } from "./dom.js";
import { fill } from "../wall/page.js";

export function histogram(counts, { words, writer }) {
  const most = Math.max(...counts);
  if (most === 0) return make("p", { class: "quiet" }, words.late_none);
  return make("ol", { class: "bars" }, counts.map((count, bin) => {
    const label = fill(words.late_bin, { label: words[`late.${bin}`], n: writer.count(count) });
    const bar = make("span", { class: "bar", "data-any": count > 0 ? "yes" : "no" });
    bar.style.height = `${100 * Math.sqrt(count / most)}%`;
    return make("li", { class: "bin", title: label, "aria-label": label, "data-bin": bin },
      make("span", { class: "shaft" }, bar), make("span", { class: "bin-name", "aria-hidden": "true" }, words[`short.${bin}`]));
  }));
}
