// Notices that the page did not answer for some seconds, once it does again: told by the worker that watches it, or by
// the gap between two ticks where there is none.

const STALL_MS = 5_000;

export class Stalls {
  #worker = null;
  #tickedAt = performance.now();
  #wasSeen = !document.hidden;

  /** `stalled` is called with the seconds that the page hung. */
  constructor(stalled) {
    this.stalled = stalled;
    try {
      this.#worker = new Worker(new URL("./watch.js", import.meta.url));
      this.#worker.onmessage = ({ data }) => this.stalled(data.stalled);
      this.#worker.onerror = () => {
        this.#worker = null;
      };
    } catch {
      // An old browser: the gap is enough.
    }
  }

  /** Each second, with what the worker is to report should the page hang (null: nothing). */
  tick(report) {
    const gap = performance.now() - this.#tickedAt;
    const seen = !document.hidden; // a browser holds up the timers of a page that nobody sees
    if (this.#worker !== null) this.#worker.postMessage({ watched: seen, report });
    else if (seen && this.#wasSeen && gap > STALL_MS) this.stalled(gap / 1000);
    this.#tickedAt += gap;
    this.#wasSeen = seen;
  }
}
