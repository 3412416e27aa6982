// How old the figures are, counted here: a server that died can't look healthy.

import { fill, show } from "./page.js";

/** Seconds. A sign of life comes at least every 5 s. */
const LOST_AFTER = 10;

/** Seconds since a moment, by the clock that runs steadily and by the one that goes on while a machine sleeps. */
export class Since {
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
  }

  /** Something came from the server. */
  sign() {
    this.heard = new Since();
  }

  /**
   * waiting: nothing yet; live; lost: the server is silent; late: it is there and has no new figures of the scene;
   * quiet: it has, but a source that should report in working time does not.
   */
  stateOf({ frame, read, late_after }) {
    if (this.heard.seconds > LOST_AFTER) return "lost";
    if (frame === null) return "waiting";
    if (read.seconds > late_after) return "late";
    return frame.board.state === "live" ? "live" : "quiet";
  }

  /** To be called once a second and after each frame, with the scene that is seen. */
  show(scene) {
    const state = this.stateOf(scene);
    window.__ioc.state = state;
    show("freshness", { "data-state": state });
    show("freshness-state", { children: this.words[state] });
    show("freshness-age", { children: this.#age(scene.read) });
    show("wall", { "data-freshness": state });
  }

  #age(read) {
    if (read === null) return this.words.age_never;
    const seconds = Math.floor(read.seconds);
    if (seconds < 2) return this.words.age_now;
    if (seconds < 60) return fill(this.words.age_seconds, { n: seconds });
    if (seconds < 3600) return fill(this.words.age_minutes, { n: Math.floor(seconds / 60) });
    if (seconds < 48 * 3600) return fill(this.words.age_hours, { n: Math.floor(seconds / 3600) });
    return fill(this.words.age_days, { n: Math.floor(seconds / 86400) });
  }
}
