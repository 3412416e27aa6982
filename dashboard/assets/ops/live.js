// The stream of changes: opened again by itself when it is lost, after pauses that are random, so that the desks of a
// house don't come all at once.

import { Feed } from "../wall/feed.js";
import { Since } from "../wall/healing/clocks.js";
import { backOff } from "../wall/healing/pauses.js";

const SILENCE = 15; // seconds; a sign comes at least every 5
const OPENS_WITHIN = 8; // seconds
const AGAIN = { least: 300, base: 1_500, most: 8_000 };
const WELL_AFTER = 30; // seconds

export class Live {
  #attempts = 0;
  #opened = null;

  /** `on`: hello, changed, beat, gone (with what the server says); lost() when the stream broke. */
  constructor(on) {
    this.on = on;
    this.feed = new Feed("/feed/ops", {
      hello: (told) => {
        this.#opened = new Since();
        on.hello(told);
      },
      changed: on.changed,
      beat: on.beat,
      gone: on.gone,
    }, () => this.#broke());
    this.feed.open();
    setInterval(() => this.#look(), 1_000);
    window.addEventListener("online", () => this.#again());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.#look();
    });
  }

  #look() {
    if (!this.feed.isTried) return;
    if (this.feed.heard.seconds > (this.feed.isLive ? SILENCE : OPENS_WITHIN)) {
      this.feed.close();
      this.#broke();
    } else if (this.#opened?.seconds > WELL_AFTER) this.#attempts = 0;
  }

  #broke() {
    this.#opened = null;
    this.on.lost();
    clearTimeout(this.next);
    this.next = setTimeout(() => this.#again(), backOff(this.#attempts, AGAIN));
    this.#attempts += 1;
  }

  #again() {
    clearTimeout(this.next);
    if (!this.feed.isTried) this.feed.open();
  }
}
