// Time that passes, whatever happens to the clocks: one runs steadily but may stand still while the machine sleeps, the
// other goes on in its sleep but can be set.

const JUMP_MS = 2_000; // less is the other clock being set right a little
const ahead = () => Date.now() - performance.now();

let before = ahead();
let jumped = 0;

/**
 * Milliseconds that have passed, from some moment on; it never runs backwards. Where the clock was set forward it counts
 * that as if the machine had slept: figures are then held for older than they are until new ones come, never younger.
 */
export function passed() {
  const difference = ahead() - before;
  if (difference > JUMP_MS) jumped += difference;
  if (Math.abs(difference) > JUMP_MS) before += difference;
  return performance.now() + jumped;
}

/** How much of that was jumped over: it grows when the machine slept, or when its clock was set forward. */
export function jumpedOver() {
  passed();
  return jumped;
}

/** Seconds since a moment. */
export class Since {
  constructor(secondsAgo = 0) {
    this.at = passed() - 1000 * secondsAgo;
  }
  get seconds() {
    return (passed() - this.at) / 1000;
  }
}

const WRONG_MS = 2_000;

/** What time it is: by the clock of this machine, unless that is wrong; the server's is right. */
export class Clock {
  #ahead = 0;
  #known = false;

  /** The server read figures at `iso`, `secondsAgo`. */
  heard(iso, secondsAgo) {
    const server = Date.parse(iso) + 1000 * secondsAgo;
    this.#ahead = server - passed();
    this.#known = true;
  }

  get now() {
    const server = passed() + this.#ahead;
    return this.#known && Math.abs(server - Date.now()) > WRONG_MS ? server : Date.now();
  }
}
