// The trend: which days are shown, and the day that is pointed at, by mouse or by arrow keys, in words.

import { fill } from "../wall/page.js";
import { Plot } from "./plot.js";

const STEPS = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7, Home: -Infinity, End: Infinity };
const FIRST_STRETCH = 90;
const SLIDER = ["role", "tabindex", "aria-label", "aria-valuemin", "aria-valuemax", "aria-valuenow", "aria-valuetext"];

export class Trend {
  constructor(page) {
    this.page = page;
    this.box = document.getElementById("trend");
    this.plot = new Plot(this.box, page, (at) => this.#pointed(at));
    this.past = null;
    this.days = FIRST_STRETCH;
    this.at = null;
    this.buttons = [...document.querySelectorAll("#stretches button")];
    document.getElementById("stretches").hidden = page.grain !== "day";
    for (const button of this.buttons) {
      button.addEventListener("click", () => this.#choose(Number(button.dataset.days)));
    }
    new ResizeObserver(() => this.#draw()).observe(this.box);
    this.box.addEventListener("focus", () => this.#go(this.at ?? this.#shown.days.length - 1));
    this.box.addEventListener("blur", () => this.#go(null));
    this.box.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Another year of values. */
  show(past) {
    this.past = past;
    this.#draw();
  }

  get #shown() {
    const { days, values, changed, late } = this.past;
    const from = this.page.grain === "day" ? Math.max(0, days.length - this.days) : 0;
    const cut = { days: days.slice(from), values: values.slice(from) };
    const shown = { ...cut, all: values, from, changed, late: new Set(late) };
    return { ...shown, said: (at) => this.#words(shown, at) };
  }

  get #isEmpty() {
    return this.past === null || this.box.hasAttribute("data-empty");
  }

  #choose(days) {
    this.days = days;
    this.at = null;
    this.#draw();
  }

  #draw() {
    for (const button of this.buttons) {
      button.setAttribute("aria-pressed", String(Number(button.dataset.days) === this.days));
    }
    if (this.past === null || this.box.clientWidth === 0) return;
    const shown = this.#shown;
    const empty = shown.values.every((value) => value === null);
    this.box.toggleAttribute("data-empty", empty);
    if (empty) {
      this.plot.clear();
      this.box.replaceChildren(this.page.words.trend_none);
      for (const name of SLIDER) this.box.removeAttribute(name);
      return;
    }
    this.at = this.at === null ? null : Math.min(this.at, shown.days.length - 1);
    const told = ["slider", 0, this.page.words.trend_plot, 0, shown.days.length - 1];
    told.forEach((value, place) => this.box.setAttribute(SLIDER[place], String(value)));
    this.plot.draw(shown);
    this.#tell();
    if (this.at !== null && document.activeElement === this.box) this.plot.point(this.at);
  }

  #key(event) {
    const step = STEPS[event.key];
    if (step === undefined || this.#isEmpty) return;
    event.preventDefault();
    const last = this.#shown.days.length - 1;
    this.#go(Math.min(Math.max((this.at ?? last) + step, 0), last));
  }

  #go(at) {
    if (this.#isEmpty) return;
    this.at = at;
    this.#tell();
    this.plot.point(at);
  }

  // What the keyboard reads stays when the pointer leaves.
  #pointed(at) {
    if (at === this.at || (at === null && document.activeElement === this.box)) return;
    this.at = at;
    this.#tell();
  }

  #tell() {
    const shown = this.#shown;
    const at = this.at ?? shown.days.length - 1;
    const text = shown.said(at);
    this.box.setAttribute("aria-valuenow", String(at));
    this.box.setAttribute("aria-valuetext", text);
    document.getElementById("trend-read").textContent = text;
  }

  #words({ days, values, changed, late }, at) {
    const { words, written, grain } = this.page;
    const day = days[at];
    const named = grain === "day" ? written.day(day) : written.wholeMonth(day);
    return [`${named}: ${written.value(values[at])}`,
      late.has(day) ? words.trend_late : null,
      day in changed ? fill(words.trend_restated, { value: written.value(changed[day]) }) : null]
      .filter((each) => each !== null).join("; ");
  }
}
