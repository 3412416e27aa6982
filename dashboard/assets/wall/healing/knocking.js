// A network that swallows everything leaves the browser with connections that it tries to make ever more seldom (after 1, 3,
// 7 … 127 seconds), and every later request waits for these. So some requests are begun a minute apart and held: each makes
// a connection of its own, and one of them is tried at least every half minute.

import { Since } from "./clocks.js";

const FIRST = 20; // seconds after the beginning of an outage
const APART = 60; // seconds
const HELD = 230; // seconds; a browser gives up after 240
const AT_ONCE = 4; // of the six connections that a browser makes to one server

export class Knocking {
  #held = new Set();
  #last = null;

  /** `answered` is called when the server answers. */
  constructor(answered) {
    this.answered = answered;
  }

  /** Once a second, with how long the outage has lasted; null where there is none. */
  tick(outage) {
    for (const knock of this.#held) if (outage === null || knock.since.seconds > HELD) this.#end(knock);
    if (outage === null) this.#last = null;
    else if (outage > FIRST && this.#held.size < AT_ONCE && !(this.#last?.seconds < APART)) this.#knock();
  }

  #knock() {
    this.#last = new Since();
    const knock = { since: this.#last, controller: new AbortController() };
    this.#held.add(knock);
    fetch("/health", { cache: "no-store", signal: knock.controller.signal }).then(
      () => {
        if (this.#held.has(knock)) this.answered();
        this.#end(knock);
      },
      () => this.#held.delete(knock), // refused, or ended by us
    );
  }

  #end(knock) {
    this.#held.delete(knock);
    knock.controller.abort();
  }
}
