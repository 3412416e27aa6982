// A page that stays open for months is opened anew in a quiet hour once a week, and whenever it has grown too large.

import { Since } from "./clocks.js";

const DAY = 86_400; // seconds
const QUIET_HOUR = 3; // local time
const GROWN_FOR = 300; // seconds: garbage may wait that long

export class Renewal {
  #opened = new Since();
  #grown = null;
  #minute = Math.floor(60 * Math.random()); // displays don't all do it in the same minute

  /** `after_days` and `heap_mb` are the bounds; `hourAt` answers [hour, minute] of a moment in local time. */
  constructor({ after_days, heap_mb }, hourAt, reloading) {
    Object.assign(this, { after_days, heap_mb, hourAt, reloading });
  }

  get uptime() {
    return this.#opened.seconds;
  }

  tick(now) {
    const heap = heapBytes();
    if (heap === null || heap < this.heap_mb * 2 ** 20) this.#grown = null;
    else this.#grown ??= new Since();
    if (this.#grown?.seconds > GROWN_FOR) this.reloading.plan("memory");
    if (this.uptime < this.after_days * DAY) return;
    const [hour, minute] = this.hourAt(now);
    if (hour === QUIET_HOUR && minute >= this.#minute) this.reloading.plan("old");
  }
}

/** How much the page's script holds, where the browser tells; else null. */
export const heapBytes = () => performance.memory?.usedJSHeapSize ?? null;
