// The time bar: which day, which minute of it, known when. By mouse, by touch and by keys.

import { make } from "../../data/dom.js";
import { dayOf, MINUTE_MS, minuteOf, momentOf } from "./moments.js";

const STEP = 5; // minutes
const DAY = 24 * 60;
const PLAY_MS = 700;

export class Bar {
  /** `changed` is called with a moment (ms) and what is known of it: then, now, or both. */
  constructor({ words, writer, live }, at, known, changed) {
    this.words = words;
    this.writer = writer;
    this.at = Math.min(at, lastMinute());
    this.known = known;
    this.changed = changed;
    this.playing = null;
    this.day = make("input", { type: "date", class: "past-day", "aria-label": words.day, onchange: () => this.#toDay() });
    this.slider = make("input", {
      type: "range", class: "past-slider", min: 0, max: DAY - STEP, step: STEP, "aria-label": words.minute,
      oninput: () => this.#to(momentOf(this.day.value, Number(this.slider.value))),
    });
    this.time = make("output", { class: "past-time running" });
    this.play = this.#button(words.play, () => this.#toggle(), "past-play");
    this.ways = ["then", "now", "both"].map((way) => this.#button(words[way], () => this.#know(way), "past-way", way));
    this.element = make(
      "div",
      { class: "past-bar panel", role: "group", "aria-label": words.bar },
      this.#button("‹", () => this.#by(-DAY), "past-step", undefined, words.day_before),
      this.day,
      this.#button("›", () => this.#by(DAY), "past-step", undefined, words.day_after),
      this.play,
      make("div", { class: "past-line" }, this.slider, ticks()),
      this.time,
      make("div", { class: "past-ways", role: "group", "aria-label": words.known }, this.ways),
      make("a", { class: "past-live", href: live }, words.live),
    );
    this.show();
  }

  /** Shows a moment that was reached some other way. */
  show() {
    this.day.max = dayOf(Date.now());
    this.day.value = dayOf(this.at);
    this.slider.value = String(minuteOf(this.at));
    this.slider.setAttribute("aria-valuetext", this.writer.minute(this.at));
    this.time.textContent = this.writer.minute(this.at);
    for (const way of this.ways) way.setAttribute("aria-pressed", String(way.dataset.way === this.known));
  }

  #button(text, act, kind, way, label) {
    return make("button", { type: "button", class: kind, onclick: act, "data-way": way, "aria-label": label }, text);
  }

  #toDay() {
    if (this.day.value !== "") this.#to(momentOf(this.day.value, minuteOf(this.at)));
  }

  #by(minutes) {
    this.#to(this.at + minutes * MINUTE_MS);
  }

  #know(way) {
    this.known = way;
    this.#to(this.at);
  }

  #to(moment) {
    this.at = Math.min(moment, lastMinute());
    this.show();
    this.changed(this.at, this.known);
  }

  #toggle() {
    if (this.playing !== null) {
      clearInterval(this.playing);
      this.playing = null;
    } else {
      this.playing = setInterval(() => this.#by(2 * STEP), PLAY_MS);
    }
    this.play.textContent = this.playing === null ? this.words.play : this.words.pause;
  }
}

// Never into the future: what is not over yet is on the live wall.
const lastMinute = () => Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;

// Every third hour by name; offices work between the two that stand out.
const ticks = () =>
  make(
    "ol",
    { class: "past-ticks", "aria-hidden": "true" },
    [0, 3, 6, 9, 12, 15, 18, 21].map((hour) => make("li", { class: "running" }, String(hour).padStart(2, "0"))),
  );
