// The trend: which days are shown, and the day that is pointed at, by mouse or by arrow keys, in words.

import { draw, placeOf } from "./plot.js";
import { fill } from "../wall/page.js";

const STEPS = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7, Home: -Infinity, End: Infinity };
const FIRST_STRETCH = 90;

export class Trend {
  constructor(page) {
    this.page = page;
    this.box = document.getElementById("trend");
    this.past = null;
    this.days = FIRST_STRETCH;
    this.at = null;
    this.buttons = [...document.querySelectorAll("#stretches button")];
    document.getElementById("stretches").hidden = page.grain !== "day";
    for (const button of this.buttons) button.addEventListener("click", () => this.#choose(Number(button.dataset.days)));
    new ResizeObserver(() => this.#draw()).observe(this.box);
    this.box.addEventListener("pointermove", ({ clientX }) => this.#point(clientX));
    this.box.addEventListener("pointerleave", () => document.activeElement !== this.box && this.#go(null));
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
    const { days, values, restated, late } = this.past;
    const from = this.page.grain === "day" ? Math.max(0, days.length - this.days) : 0;
    return { days: days.slice(from), values: values.slice(from), all: values, from, restated, late: new Set(late) };
  }

  #choose(days) {
    this.days = days;
    this.at = null;
    this.#draw();
  }

  #draw() {
    for (const button of this.buttons) button.setAttribute("aria-pressed", String(Number(button.dataset.days) === this.days));
    if (this.past === null || this.box.clientWidth === 0) return;
    const shown = this.#shown;
    const empty = shown.values.every((value) => value === null);
    this.box.toggleAttribute("data-empty", empty);
    if (empty) {
      this.box.replaceChildren(this.page.words.trend_none);
      for (const name of ["role", "tabindex", "aria-label", "aria-valuemin", "aria-valuemax", "aria-valuenow", "aria-valuetext"]) {
        this.box.removeAttribute(name);
      }
      return;
    }
    this.at = this.at === null ? null : Math.min(this.at, shown.days.length - 1);
    this.box.replaceChildren(draw(shown, this.box, this.page));
    const told = { role: "slider", tabindex: "0", "aria-label": this.page.words.trend_plot, "aria-valuemin": 0, "aria-valuemax": shown.days.length - 1 };
    for (const [name, value] of Object.entries(told)) this.box.setAttribute(name, String(value));
    this.#tell();
  }

  #point(clientX) {
    if (this.past === null || this.box.hasAttribute("data-empty")) return;
    this.#go(placeOf(clientX, this.box, this.#shown.days.length));
  }

  #key(event) {
    const step = STEPS[event.key];
    if (step === undefined || this.past === null) return;
    event.preventDefault();
    const last = this.#shown.days.length - 1;
    this.#go(Math.min(Math.max((this.at ?? last) + step, 0), last));
  }

  #go(at) {
    if (this.past === null || this.box.hasAttribute("data-empty")) return;
    this.at = at;
    this.#tell();
  }

  #tell() {
    const shown = this.#shown;
    const at = this.at ?? shown.days.length - 1;
    const text = this.#words(shown, at);
    this.box.setAttribute("aria-valuenow", String(at));
    this.box.setAttribute("aria-valuetext", text);
    document.getElementById("trend-read").textContent = text;
    const cursor = this.box.querySelector(".plot-cursor");
    cursor.toggleAttribute("hidden", this.at === null);
    const point = this.box.querySelectorAll(".plot-point")[at];
    const line = cursor.querySelector("line");
    for (const end of ["x1", "x2"]) line.setAttribute(end, point.dataset.x);
    const mark = cursor.querySelector("circle");
    mark.setAttribute("cx", point.dataset.x);
    mark.setAttribute("cy", point.dataset.y ?? 0);
    mark.toggleAttribute("hidden", point.dataset.y === undefined);
  }

  #words({ days, values, restated, late }, at) {
    const { words, written, grain } = this.page;
    const day = days[at];
    const named = grain === "day" ? written.day(day) : written.wholeMonth(day);
    const changed = restated.find((each) => each.day === day);
    return [`${named}: ${written.value(values[at])}`,
      late.has(day) ? words.trend_late : null,
      changed === undefined ? null : fill(words.trend_restated, { value: written.value(changed.before) })]
      .filter((each) => each !== null).join("; ");
  }
}
