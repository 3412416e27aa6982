// Pauses before the next try: random, so that two hundred displays that lost the same server don't return to it at once.

export const between = (least, most) => least + Math.random() * (most - least);

/** Milliseconds before try number `attempt` (from 0): anything up to a bound that doubles each time, until `most`. */
export function backOff(attempt, { least = 0, base, most }) {
  return between(least, Math.min(most, base * 2 ** Math.min(attempt, 20)));
}
