// The minute that is pointed at, by mouse or by arrow keys, with everything that was measured in it.

import { unitOf } from "./axes.js";
import { make } from "./dom.js";
import { MINUTES } from "./picture.js";
import { fill } from "../wall/page.js";

const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], PageUp: [0, -60], PageDown: [0, 60] };

export class Pointer {
  constructor(page, canvas) {
    this.page = page;
    this.canvas = canvas;
    this.lines = new Map();
    this.at = null;
    canvas.addEventListener("pointermove", (event) => this.#point(event));
    canvas.addEventListener("pointerleave", () => document.activeElement === canvas || this.#leave());
    canvas.addEventListener("focus", () => this.#go(this.at ?? [0, 0]));
    canvas.addEventListener("blur", () => this.#leave());
    canvas.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Another picture lies on the canvas: what was read of the one before does not hold any more. */
  show(picture) {
    const same = this.picture?.day === picture.day;
    this.picture = picture;
    this.lines.clear();
    if (this.at !== null && same && this.at[0] < picture.endpoints.length) this.#tell();
    else this.#leave();
  }

  #point({ offsetX, offsetY }) {
    const { clientWidth, clientHeight } = this.canvas;
    const rows = this.picture?.endpoints.length ?? 0;
    this.#go([Math.floor((offsetY / clientHeight) * rows), Math.floor((offsetX / clientWidth) * MINUTES)]);
  }

  #key(event) {
    const move = MOVES[event.key];
    if (move === undefined || this.at === null) return;
    event.preventDefault();
    this.#go([this.at[0] + move[0], this.at[1] + move[1]]);
  }

  #go([row, minute]) {
    const rows = this.picture?.endpoints.length ?? 0;
    if (rows === 0) return;
    const within = (value, end) => Math.min(Math.max(value, 0), end - 1);
    this.at = [within(row, rows), within(minute, MINUTES)];
    this.#tell();
  }

  #leave() {
    this.at = null;
    document.getElementById("cross").hidden = true;
    document.getElementById("minute").replaceChildren();
  }

  async #tell() {
    const [row, minute] = this.at;
    const { picture } = this;
    const { code, unit } = picture.endpoints[row];
    mark(row, minute, picture.endpoints.length);
    const line = await this.#line(picture.day, code);
    if (line === null || this.at?.[0] !== row || this.at[1] !== minute || this.picture !== picture) return;
    const where = `${code} · ${unitOf(unit, this.page)}`;
    const when = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
    document.getElementById("minute").replaceChildren(make("dt", { class: "minute-where" }, where),
      make("dd", { class: "minute-when running" }, when), ...this.#figures(line, minute));
  }

  #figures(line, at) {
    const { words, writer } = this.page;
    const known = (name) => (line[name][at] < 0 ? null : line[name][at]);
    const percent = (value) => `${writer.count(value / 100)}\u00a0%`;
    const ms = (value) => `${writer.count(value / 10)}\u00a0ms`;
    const score = (value) => writer.score(value / 100);
    const figure = (title, value, more = null) => [make("dt", { class: "quiet" }, title),
      make("dd", { class: value === null ? "quiet" : "minute-figure" }, value ?? words.not_measured,
        more === null ? null : make("span", { class: "quiet" }, ` ${more}`))];
    const written = (name, write) => (known(name) === null ? null : write(known(name)));
    const most = (words, name, write) => (known(name) === null ? null : fill(words, { n: write(known(name)) }));
    if (known("samples") === null) return [make("dd", { class: "quiet" }, words.legend_none)];
    return [
      ...figure(words.mos, written("mos", score), most(words.mos_least, "mos_least", score)),
      ...figure(words.loss, written("loss", percent), most(words.loss_most, "loss_most", percent)),
      ...figure(words.jitter, written("jitter_most", ms)),
      ...figure(words.rtt, written("rtt_most", ms)),
      ...figure(words.samples, written("samples", (value) => writer.count(value))),
    ];
  }

  // A line is asked for once, however many of its minutes are pointed at.
  #line(day, code) {
    if (!this.lines.has(code)) {
      const address = `/data/quality/line?day=${day}&endpoint=${encodeURIComponent(code)}`;
      this.lines.set(code, fetch(address).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null));
    }
    return this.lines.get(code);
  }
}

const two = (number) => String(number).padStart(2, "0");

// A frame around the row, and one around the minute.
function mark(row, minute, rows) {
  const cross = document.getElementById("cross");
  cross.hidden = false;
  cross.style.setProperty("--top", `${(100 * row) / rows}%`);
  cross.style.setProperty("--left", `${(100 * (minute + 0.5)) / MINUTES}%`);
  cross.style.setProperty("--high", `${100 / rows}%`);
}
