// How often this display healed itself, by stage; the count goes on over a reload.

import { recall, remember } from "./kept.js";

const NAME = "ioc.heals";
const NONE = { reopen: 0, refetch: 0, reload: 0, stall: 0 };

export const heals = { ...NONE, ...recall(NAME, {}) };

/**
 * reopen: the stream was lost and is there again; refetch: figures were fetched past the stream; reload: the page opened
 * itself anew; stall: the page did not answer for some seconds, and does again.
 */
export function countHeal(stage) {
  heals[stage] += 1;
  remember(NAME, heals);
}
