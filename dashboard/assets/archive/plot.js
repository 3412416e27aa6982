// A figure across the periods of a kind: what is drawn is chosen, read by pointer or by keys, and led from.

import { draw, placeAt } from "./plot_drawing.js";
import { pageOf, titleOf, valueOf } from "./said.js";
import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

const EVERY_MS = 60_000;
const PREFERRED = "on_time_rate";

export class Plot {
  constructor(page) {
    this.page = page;
    this.box = document.getElementById("plot");
    this.periods = [];
    this.at = null;
    this.asked = 0;
    const select = (name) => document.getElementById(`plot-${name}`);
    this.selects = { kind: select("kind"), kpi: select("kpi"), unit: select("unit") };
    for (const each of Object.values(this.selects)) each.addEventListener("change", () => this.#load());
    this.box.addEventListener("pointermove", ({ clientX }) =>
      this.#point(placeAt(this.box, clientX, this.periods.length)));
    this.box.addEventListener("pointerleave", () => this.#point(null));
    this.box.addEventListener("click", () => this.#open());
    this.box.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#paint()).observe(this.box);
    const { words, language, kpis, units } = page;
    this.selects.kpi.append(...kpis.map(({ id, title }) => make("option", { value: id }, title[language])));
    if (kpis.some(({ id }) => id === PREFERRED)) this.selects.kpi.value = PREFERRED;
    this.selects.unit.append(make("option", { value: "" }, words.plot_area),
      ...Object.entries(units).map(([code, title]) => make("option", { value: code }, title)));
    setInterval(() => this.#load(), EVERY_MS);
  }

  /** The kinds of which anything was ever made. */
  offer(kinds) {
    const known = [...new Set(kinds.map(({ kind }) => kind))];
    const before = this.selects.kind.value;
    redraw(this.selects.kind, known, () =>
      known.map((kind) => make("option", { value: kind }, titleOf(kind, this.page))));
    if (known.includes(before)) this.selects.kind.value = before;
    if (this.selects.kind.value !== before || this.asked === 0) this.#load();
  }

  get written() {
    return this.page.kpis.find(({ id }) => id === this.selects.kpi.value) ?? { measure: "count", digits: 0 };
  }

  async #load() {
    const { kind, kpi, unit } = this.selects;
    const number = (this.asked += 1);
    const ofUnit = unit.value === "" ? {} : { unit: unit.value };
    const query = new URLSearchParams({ kind: kind.value, kpi: kpi.value, ...ofUnit });
    if (kind.value === "") return this.#paint();
    try {
      const answer = await fetch(`/archive/trend?${query}`, { cache: "no-store" });
      if (!answer.ok || number !== this.asked) return;
      this.periods = (await answer.json()).periods;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // else: away, asked again in a minute
      return;
    }
    this.at = null;
    this.#paint();
  }

  #paint() {
    const { words } = this.page;
    const known = this.periods.filter(({ now }) => now !== null);
    if (known.length === 0) {
      const none = this.periods.length === 0 ? words.plot_none : words.plot_no_values;
      this.box.replaceChildren(make("p", { class: "quiet" }, none));
    } else {
      const said = (value) => valueOf(value, this.written, this.page);
      this.box.replaceChildren(draw(this.box, this.periods, { at: this.at, said }));
    }
    this.#say(known.at(-1));
  }

  #say(newest) {
    const { words } = this.page;
    const said = document.getElementById("plot-said");
    const period = this.at === null ? null : this.periods[this.at];
    const value = (each) => valueOf(each, this.written, this.page);
    if (newest === undefined) said.textContent = "";
    else if (period === null) {
      said.textContent = fill(words.plot_said, { n: this.periods.length, value: value(newest.now) });
    } else {
      const text = period.version > 1 && period.first !== period.now ? words.plot_at_restated : words.plot_at;
      said.textContent = fill(text, { ...period, value: value(period.now), first: value(period.first) });
    }
  }

  #point(at) {
    if (at === this.at) return;
    this.at = at;
    this.#paint();
  }

  #key(event) {
    const last = this.periods.length - 1;
    const from = this.at ?? last + 1;
    const [before, after] = [Math.max(0, from - 1), Math.min(last, from + 1)];
    const to = { ArrowLeft: before, ArrowRight: after, Home: 0, End: last }[event.key];
    if (event.key === "Enter") return this.#open();
    if (to === undefined || last < 0) return;
    event.preventDefault();
    this.#point(to);
  }

  #open() {
    if (this.at === null) return;
    window.location.assign(pageOf(this.selects.kind.value, this.periods[this.at].period, this.page));
  }
}
