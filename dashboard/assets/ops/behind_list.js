// The list of cases: it grows page by page as one reads on, and never changes under one's hands.

import { make } from "../data/dom.js";
import { fill } from "../wall/page.js";
import { caseAddress } from "./case_address.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
const PATIENCE_MS = 15_000;

export class CaseList {
  constructor(page, address) {
    Object.assign(this, { page, address, pages: 0, seen: 0, next: null, asking: false, said: null });
    this.element = document.getElementById("list");
    this.more = document.getElementById("list-more");
    this.element.addEventListener("keydown", (event) => this.#key(event));
    new IntersectionObserver(([entry]) => {
      if (entry.isIntersecting) this.#grow();
    }, { rootMargin: "400px" }).observe(this.more);
  }

  /** The first page as it is now; `renew` reads it again. Where somebody has read on, what is listed stays. */
  first(state, renew) {
    const said = JSON.stringify([state.number, state.upper, state.lower, state.cases]);
    if (said === this.said) return;
    if (this.pages > 1) return this.#offer(renew);
    this.said = said;
    this.#begin(state);
  }

  #offer(renew) {
    const { words } = this.page;
    this.more.replaceChildren(words.changed, " ", make("button", { class: "button", type: "button", onclick: () => {
      Object.assign(this, { pages: 0, said: null });
      window.scrollTo({ top: 0 });
      renew();
    } }, words.renew));
  }

  #begin(state) {
    const { words } = this.page;
    Object.assign(this, { pages: 1, seen: state.seen.number, next: state.next });
    const kept = document.activeElement?.closest("tr")?.dataset.case;
    this.body = make("tbody", {}, state.cases.map((each) => this.#row(each)));
    this.element.replaceChildren(state.cases.length === 0
      ? make("p", { class: "quiet" }, words[state.number === 0 ? "none" : "none_seen"])
      : make("table", { class: "table" }, make("thead", {}, make("tr", {}, this.#heads())), this.body));
    if (kept !== undefined) this.body.querySelector(`tr[data-case="${CSS.escape(kept)}"] a`)?.focus();
    this.#note();
  }

  #heads() {
    const { words, fraction } = this.page;
    const numbers = fraction ? [words.numerator, words.denominator] : [words.counts];
    return [...[words.case, words.unit, words.at, words.what].map((name) => make("th", { scope: "col" }, name)),
      ...numbers.map((name) => make("th", { scope: "col", class: "number" }, name))];
  }

  #row({ case: code, unit, at, measures, upper, lower }) {
    const { words, written, units, measures: names } = this.page;
    const number = (value) => make("td", { class: "number running" }, written.count(value));
    return make("tr", { "data-case": code },
      make("th", { scope: "row" }, make("a", { class: "link", href: this.#link(code) }, code)),
      make("td", {}, units[unit] ?? (unit === "00000" ? words.no_unit : unit)),
      make("td", { class: "case-at running" }, written.moment(at)),
      make("td", {}, measures.map((name) => names[name] ?? name).join("; ")),
      number(upper), lower === null ? null : number(lower));
  }

  #link(code) {
    return caseAddress(code, { lang: this.page.language, ...this.page.keep });
  }

  #note() {
    const { words, written } = this.page;
    const listed = this.body.rows.length;
    document.getElementById("list-note").textContent = this.seen === 0 ? ""
      : fill(words.listed, { listed: written.count(listed), n: written.count(this.seen) });
    this.more.replaceChildren(...(this.next === null ? []
      : [make("button", { class: "button", type: "button", onclick: () => this.#grow() }, words.more)]));
  }

  async #grow() {
    if (this.next === null || this.asking || this.pages === 0) return;
    this.asking = true;
    const [pages, after] = [this.pages, this.next];
    try {
      const answer = await fetch(this.address(after), { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
      if (!answer.ok || pages !== this.pages || after !== this.next) return;
      const { state } = await answer.json();
      this.body.append(...state.cases.map((each) => this.#row(each)));
      Object.assign(this, { pages: pages + 1, next: state.next });
      this.#note();
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error; // else: away, the button stays
    } finally {
      this.asking = false;
    }
  }

  #key(event) {
    const step = STEPS[event.key];
    const links = [...this.element.querySelectorAll("tbody a")];
    if (step === undefined || links.length === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const at = links.indexOf(document.activeElement);
    const to = Math.min(Math.max(at + step, 0), links.length - 1);
    links[to].focus();
    if (to > links.length - 20) this.#grow();
  }
}
