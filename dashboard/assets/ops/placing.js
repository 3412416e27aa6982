// Putting rows where they belong, calmly: what changed is seen at once, but nothing moves under a hand that works.

import { RefusedError, ask, BLOCK, MOST } from "./rows.js";

const CALM_AFTER_MS = 2_500;
const LEAST_GAP_MS = 1_200;
const EACH_MINUTE_MS = 60_000; // what is left counts down, and only the server knows when the office works
const LOOK_AGAIN_MS = 400;
const AWAY_MS = 4_000;

export class Placing {
  #stirred = false;
  #looking = false;
  #lookedAt = 0;
  #took = 0;
  #touched = 0;
  #waiting = null; // an answer whose order is not shown yet

  /** `told` is given each answer: counts and number; `refused` why there is none. */
  constructor(grid, { told, refused }) {
    Object.assign(this, { grid, told, refused });
    for (const kind of ["keydown", "pointerdown", "wheel", "touchmove"]) {
      window.addEventListener(kind, () => (this.#touched = performance.now()), { passive: true, capture: true });
    }
    setInterval(() => this.#tick(), LOOK_AGAIN_MS);
    setInterval(() => this.stir(), EACH_MINUTE_MS);
  }

  /** Something may have changed: look soon. */
  stir() {
    this.#stirred = true;
  }

  /** Show the order as it is now, wherever the hands are. */
  now() {
    this.#touched = -Infinity;
    this.stir();
  }

  /** Another list is shown: what was asked for the one before counts no more. */
  forget() {
    this.#waiting = null;
    this.#stirred = false;
  }

  get #isCalm() {
    if (document.querySelector("dialog[open]") !== null) return false;
    return !document.hasFocus() || performance.now() - this.#touched > CALM_AFTER_MS;
  }

  #tick() {
    const since = performance.now() - this.#lookedAt;
    // A server that takes long is asked seldom.
    const gap = Math.max(LEAST_GAP_MS, 8 * this.#took);
    if (this.#looking) return;
    if (this.#stirred && !document.hidden && since > gap) this.#look();
    else if (this.#waiting !== null && this.#isCalm) this.#apply(this.#waiting);
  }

  async #look() {
    const { grid } = this;
    const { list } = grid;
    if (list === null) return;
    this.#stirred = false;
    this.#looking = true;
    this.#lookedAt = performance.now();
    const [first, last] = grid.seen;
    const start = Math.max(0, Math.floor((first - BLOCK / 2) / BLOCK) * BLOCK);
    const count = Math.min(MOST, Math.max(BLOCK, Math.ceil((last + BLOCK / 2 - start) / BLOCK) * BLOCK));
    try {
      const answer = await ask(list.query, start, count);
      if (list !== grid.list) return;
      this.#took = performance.now() - this.#lookedAt;
      this.told(answer);
      this.#compare(answer);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      this.#stirred = true;
      this.#took = AWAY_MS * (0.5 + Math.random()) / 8; // desks don't come back all at once
      this.refused(error.status);
    } finally {
      this.#looking = false;
    }
  }

  // What stands elsewhere by now is marked; it goes there when nobody's hand is on the list.
  #compare(answer) {
    const { grid } = this;
    const { list } = grid;
    for (const row of answer.rows) {
      list.known.set(row.case, row);
      grid.picked.renew(row);
    }
    const places = new Map(answer.rows.map((row, index) => [row.case, answer.start + index]));
    const [first, last] = grid.seen;
    if (!covers(answer, first, last)) return this.stir(); // somebody went on meanwhile
    grid.moved.clear();
    let same = answer.number === list.number;
    for (let place = first; place <= Math.min(last, list.number - 1); place += 1) {
      const row = list.at(place);
      if (row === undefined || places.get(row.case) === place) continue;
      same = false;
      if (!places.has(row.case)) grid.moved.set(row.case, "away");
    }
    if (same || this.#isCalm) this.#apply(answer);
    else {
      this.#waiting = answer;
      grid.redraw();
    }
  }

  // The active row, if one sees it, or else the first that one sees, stays at its height on the screen.
  #apply(answer) {
    this.#waiting = null;
    const { grid } = this;
    const { list, height } = grid;
    const top = grid.element.scrollTop;
    const [first, last] = grid.seen;
    if (!covers(answer, first, last)) return this.stir();
    const held = grid.active >= first && grid.active <= last ? grid.active : first;
    const active = list.at(grid.active)?.case;
    const anchor = list.at(held)?.case;
    list.take(answer, { instead: true });
    const found = anchor === undefined ? -1 : list.placeOf(anchor, held);
    // One that left the part that one sees is not run after: the next one stands in its place.
    const shift = found < 0 || Math.abs(found - held) > last - first ? 0 : found - held;
    const place = active === undefined ? -1 : list.placeOf(active, grid.active);
    const follows = place >= 0 && Math.abs(place - grid.active) <= last - first;
    grid.replace(follows ? place : grid.active, Math.max(0, top + shift * height));
  }
}

const covers = ({ start, rows, number }, first, last) =>
  start <= first && start + rows.length > Math.min(last, number - 1);
