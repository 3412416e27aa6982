// What the list is narrowed to; the address says so, so that a reload and a link show the same.

import { titleOf } from "./said.js";
import { make, redraw } from "../data/dom.js";

const NAMES = ["kind", "year", "state"];
const STATES = ["waiting", "held", "overdue", "failed", "sealed", "late", "partial", "restated", "undelivered"];
const MORE = 200;

export class Filters {
  /** `changed` is called after each choice. */
  constructor(page, changed) {
    this.page = page;
    this.changed = changed;
    this.most = MORE;
    const asked = new URL(window.location.href).searchParams;
    this.chosen = Object.fromEntries(NAMES.map((name) => [name, asked.get(name) ?? ""]));
    for (const name of NAMES) {
      document.getElementById(name).addEventListener("change", (event) => this.#choose(name, event.target.value));
    }
    this.offer([]);
  }

  get query() {
    return new URLSearchParams({ ...this.#said(), most: this.most });
  }

  /** List more of them. */
  more() {
    this.most += MORE;
    this.changed();
  }

  /** Offer the kinds and years that there are. */
  offer(kinds) {
    const { words, plans } = this.page;
    const known = [...new Set([...plans.map(({ kind }) => kind), ...kinds.map(({ kind }) => kind)])];
    const years = [...new Set(kinds.map(({ year }) => year))].sort().reverse();
    this.#fill("kind", known.map((kind) => [kind, titleOf(kind, this.page)]));
    this.#fill("year", years.map((year) => [year, year]));
    this.#fill("state", STATES.map((state) => [state, words[`state.${state}`]]));
  }

  #fill(name, options) {
    const chosen = this.chosen[name];
    const all = [["", this.page.words.filter_all], ...options];
    if (chosen !== "" && !all.some(([value]) => value === chosen)) all.push([chosen, chosen]);
    const select = document.getElementById(name);
    redraw(select, all, () => all.map(([value, text]) => make("option", { value }, text)));
    select.value = chosen;
  }

  #said() {
    return Object.fromEntries(Object.entries(this.chosen).filter(([, value]) => value !== ""));
  }

  #choose(name, value) {
    this.chosen[name] = value;
    this.most = MORE;
    const address = new URL(window.location.href);
    if (value === "") address.searchParams.delete(name);
    else address.searchParams.set(name, value);
    window.history.replaceState(null, "", address);
    this.changed();
  }
}
