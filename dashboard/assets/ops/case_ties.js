// Documents and meetings that are tied to the case, each a way to its own page.

import { make, redraw } from "../data/dom.js";
import { caseAddress } from "./case_address.js";

export function paintTies(state, page) {
  const { words, language, keep } = page;
  redraw(document.getElementById("ties"), state.ties, () => {
    if (state.ties.length === 0) return make("p", { class: "quiet" }, words.ties_none);
    return make("ul", { class: "tie-list" }, state.ties.map(({ case: code, kind, text }) => make("li", { class: "tie" },
      make("span", { class: "tie-kind quiet" }, words[`kind_${kind}`] ?? words.kind_other), " ",
      text === null ? code
        : make("a", { class: "link", href: caseAddress(code, { lang: language, ...keep }), "data-key": code }, code),
      make("p", { class: "tie-said quiet" }, text === null ? words.tied_outside : text.join(" ")))));
  });
}
