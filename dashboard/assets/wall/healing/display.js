// An enrolled display: its session, what it reports of itself, and its screen, which stays on and full.

import { Since } from "./clocks.js";
import { heals } from "./heals.js";
import { recall } from "./kept.js";
import { between } from "./pauses.js";
import { heapBytes } from "./renewal.js";

const EACH = [55, 65]; // seconds

/** Nothing of it applies to a page on a desk. */
export const DESK = { renew: () => {}, gone: () => {}, tick: () => {}, facts: () => null };

export class Display {
  #last = new Since();
  #every = between(5, 15);
  #session = import("../../display/session.js");

  /** `tell` answers what else is reported: {build, scene, uptime_seconds}. */
  constructor(tell) {
    this.tell = tell;
    document.documentElement.dataset.display = "yes";
    this.#session.then((session) => {
      session.rememberRestarts();
      session.keepSession();
    });
    keepAwake();
    fillScreen();
  }

  /** The server doesn't know the session any more: prove the key again. */
  async renew() {
    await (await this.#session).renewSession();
  }

  /** The server ended the stream and said why. */
  async gone(why) {
    await (await this.#session).gone(why);
  }

  facts() {
    const nodes = document.getElementsByTagName("*").length;
    const heap = heapBytes();
    return { ...this.tell(), heap_bytes: heap, nodes, heals: { ...heals }, restarts: recall("ioc.restarts", null) };
  }

  async tick() {
    if (this.#last.seconds < this.#every) return;
    this.#last = new Since();
    this.#every = between(...EACH);
    const { restarts: _, ...facts } = this.facts();
    await (await this.#session).report(facts);
  }
}

function keepAwake() {
  const ask = () => {
    if (!document.hidden) navigator.wakeLock?.request("screen").catch(() => {}); // where it is not allowed, it is not
  };
  document.addEventListener("visibilitychange", ask); // the browser takes it away from a page that was hidden
  ask();
}

// Only a person's key or tap may fill the screen; kiosks are full from the beginning.
function fillScreen() {
  const fill = () => document.documentElement.requestFullscreen?.({ navigationUI: "hide" }).catch(() => {});
  for (const kind of ["keydown", "pointerup"]) addEventListener(kind, fill, { once: true });
}
