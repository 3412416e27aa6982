// How old the figures are, counted here: a server that died can't look healthy.

import { fill, show } from "./page.js";

/** Seconds. Boards come at least every 5 s, and a sign of life does when there is none. */
const LATE_AFTER = 12;
const LOST_AFTER = 10;

/** Seconds since a moment, by the clock that runs steadily and by the one that goes on while a machine sleeps. */
class Since {
  constructor(secondsAgo = 0) {
    this.steady = performance.now() - 1000 * secondsAgo;
    this.wall = Date.now() - 1000 * secondsAgo;
  }
  get seconds() {
    return Math.max(performance.now() - this.steady, Date.now() - this.wall) / 1000;
  }
}

export class Freshness {
  constructor({ words }) {
    this.words = words;
    this.heard = new Since();
    this.painted = null;
  }

  /** Something came from the server. */
  sign() {
    this.heard = new Since();
  }

  /**
   * Figures came. `sources` is whether all sources report (live or late). The server read them `secondsAgo`: it
   * gives what it has, also when it can't read new ones.
   */
  board(sources, secondsAgo) {
    this.sign();
    this.sources = sources;
    this.painted = new Since(secondsAgo);
  }

  /**
   * waiting: nothing yet; live; lost: the server is silent; late: it is there and has no new figures;
   * quiet: it has, but a source that should report in working time does not.
   */
  get state() {
    if (this.heard.seconds > LOST_AFTER) return "lost";
    if (this.painted === null) return "waiting";
    if (this.painted.seconds > LATE_AFTER) return "late";
    return this.sources === "live" ? "live" : "quiet";
  }

  /** To be called once a second and after each board. */
  show() {
    show("freshness", { "data-state": this.state });
    show("freshness-state", { children: this.words[this.state] });
    show("freshness-age", { children: this.#age() });
    show("wall", { "data-freshness": this.state });
  }

  #age() {
    if (this.painted === null) return this.words.age_never;
    const seconds = Math.floor(this.painted.seconds);
    if (seconds < 2) return this.words.age_now;
    if (seconds < 60) return fill(this.words.age_seconds, { n: seconds });
    if (seconds < 3600) return fill(this.words.age_minutes, { n: Math.floor(seconds / 60) });
    if (seconds < 48 * 3600) return fill(this.words.age_hours, { n: Math.floor(seconds / 3600) });
    return fill(this.words.age_days, { n: Math.floor(seconds / 86400) });
  }
}
