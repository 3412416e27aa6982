// The stream of frames. It only listens: what to do when it breaks is for healing/healing.js.

import { Since } from "./healing/clocks.js";

export class Feed {
  #source = null;
  #listening = null;

  /** `on` has a function for each event: hello, board, beat, gone. They are given the event's data. */
  constructor(address, on, broke) {
    this.address = address;
    this.on = on;
    this.broke = broke;
  }

  /** Whether it is there: opened, and greeted by the server. */
  get isLive() {
    return this.#source !== null && this.greeted;
  }

  /** Whether it is there, or being opened. */
  get isTried() {
    return this.#source !== null;
  }

  /** Open it, anew if need be: of the old one nothing remains. */
  open() {
    this.close();
    this.greeted = false;
    this.heard = new Since();
    this.#source = new EventSource(this.address);
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    for (const [name, act] of Object.entries(this.on)) {
      this.#source.addEventListener(name, (event) => this.#hear(name, event, act), { signal });
    }
    // The browser would connect again by itself, but at its own pace, and never after an answer that is no stream.
    this.#source.addEventListener("error", () => this.#break(), { signal });
  }

  close() {
    this.#listening?.abort();
    this.#source?.close();
    this.#source = this.#listening = null;
  }

  #hear(name, event, act) {
    this.heard = new Since();
    if (name === "hello") this.greeted = true;
    act(JSON.parse(event.data));
  }

  #break() {
    this.close();
    this.broke();
  }
}
