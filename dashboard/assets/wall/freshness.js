// How old the figures are, counted here: a server that died can't look healthy.

import { Since } from "./healing/clocks.js";
import { fill, show } from "./page.js";

/** Seconds. A sign of life comes at least every 5 s. */
const LOST_AFTER = 10;
/** Seconds after which figures that are not renewed are drawn as old, and as very old. */
const OLD = 10;
const VERY_OLD = 300;

/** How the board says that it is (stream/live), in the wall's own words; what was restated is live. */
const STATES = { live: "live", restated: "live", frozen: "frozen", late: "quiet", partial: "quiet" };

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
   * frozen: it has, but what comes into the log is not counted; quiet: it is, but a source that should report in working
   * time does not.
   */
  stateOf({ frame, read, late_after }) {
    if (this.heard.seconds > LOST_AFTER) return "lost";
    if (frame === null) return "waiting";
    if (read.seconds > late_after) return "late";
    return STATES[frame.board.state] ?? "quiet";
  }

  /** To be called once a second and after each frame, with the scene that is seen. */
  show(scene) {
    const state = this.stateOf(scene);
    window.__ioc.state = state;
    show("freshness", { "data-state": state });
    show("freshness-state", { children: this.words[state] });
    show("freshness-age", { children: this.#age(scene.read) });
    show("wall", { "data-freshness": state, "data-age": ageOf(state, scene.read) });
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

// The figures themselves age: whoever does not look at the head sees that they are not of now.
function ageOf(state, read) {
  if (state === "frozen") return "old";
  if (read === null || !["lost", "late"].includes(state) || read.seconds < OLD) return "new";
  return read.seconds < VERY_OLD ? "old" : "very-old";
}
