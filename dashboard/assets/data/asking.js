// Asking the server again and again: a page that hangs there for months needs no hand.

import { reloadSoon } from "./reload.js";

const EVERY_MS = 5_000;
const PATIENCE_MS = 8_000;
const REFUSALS = new Set([401, 403, 404]);

/**
 * Asks `address()` every 5 s or `every` so many ms, sooner after `now()`; `tell` is given each answer, `refused` the
 * status of one that says no. A server that restarts is asked until it answers; one with another build of the pages
 * makes this one load itself again.
 */
export class Asking {
  constructor(address, build, tell, every = EVERY_MS, refused = null) {
    this.address = address;
    this.build = build;
    this.tell = tell;
    this.every = every;
    this.refused = refused;
    this.asked = 0;
    this.now();
  }

  /** Ask at once; an answer to an earlier question is dropped. */
  async now() {
    clearTimeout(this.next);
    const number = (this.asked += 1);
    try {
      const answer = await fetch(this.address(), { signal: AbortSignal.timeout(PATIENCE_MS), cache: "no-store" });
      if (answer.ok && number === this.asked) await this.#take(answer);
      else if (REFUSALS.has(answer.status)) this.refused?.(answer.status);
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error; // else: away, asked again soon
    } finally {
      if (number === this.asked) this.next = setTimeout(() => this.now(), this.every);
    }
  }

  async #take(answer) {
    const told = await answer.json();
    if (told.build !== this.build) reloadSoon();
    this.tell(told);
  }
}
