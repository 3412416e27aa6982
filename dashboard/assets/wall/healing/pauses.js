// Pauses before the next try: random, so that two hundred displays that lost the same server don't return to it at once.

export const between = (least, most) => least + Math.random() * (most - least);

/** Milliseconds before try number `attempt` (from 0): anything up to a bound that doubles each time, until `most`. */
export function backOff(attempt, { least = 0, base, most }) {
  return between(least, Math.min(most, base * 2 ** Math.min(attempt, 20)));
}

const SPREAD_MS = 30_000; // a page is some seventy requests
const IN_VAIN = { least: 30_000, base: 60_000, most: 3_600_000 };

const STARTS_AT_ONCE = 3;

/** Before a page that did not start is opened anew, when that was in vain so many times: it may be the page's fault. */
export const pauseBeforeStart = (inVain) => (inVain < STARTS_AT_ONCE ? 0 : backOff(inVain - STARTS_AT_ONCE, IN_VAIN));

/** Before a page is opened anew, when that was in vain so many times in a row: it then happens ever more seldom. */
export function pauseBefore(why, inVain) {
  if (inVain > 0) return backOff(inVain, IN_VAIN);
  return why === "stall" ? 0 : between(0, SPREAD_MS);
}
