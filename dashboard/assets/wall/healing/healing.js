// How the wall comes back by itself: it reopens the stream; if that takes long it fetches the figures past it; if neither
// works although the server answers, it opens its page anew. Each stage after random pauses.

import { Since, passed } from "./clocks.js";
import { countHeal } from "./heals.js";
import { Knocking } from "./knocking.js";
import { backOff, between } from "./pauses.js";
import { fetchNow } from "./refetch.js";

const OPENS_WITHIN = 8; // seconds
const SILENCE = 12; // seconds; a sign comes at least every 5
/** Right figures within 10 s of a server's restart: hence `most`. */
export const REOPEN = { least: 200, base: 2_000, most: 5_000 };
const FIRST_REFETCH_MS = [4_000, 8_000];
const NEXT_REFETCH_MS = [4_000, 8_000];
const AT_ONCE_MS = [0, 1_500];
const UNWELL_AFTER = 120; // seconds
const WELL_AFTER = 60; // seconds

export class Healing {
  #outage = null; // since when the stream is away
  #live = null; // since when it is there
  #attempts = 0;
  #reopenAt = null;
  #refetchAt = null;
  #fetching = false;
  #lookedFor = false;
  #knocking = new Knocking(() => this.look());

  /** `receive` takes what was fetched: {build, frames}; `renew` proves a display's key again. */
  constructor({ feed, reloading, stage, receive, renew }) {
    Object.assign(this, { feed, reloading, stage, receive, renew });
  }

  /** The stream was opened and greeted. */
  greeted() {
    if (this.#outage !== null) countHeal("reopen");
    this.#outage = null;
    if (!this.#lookedFor) this.#refetchAt = null; // what was asked for is looked at, however soon the stream is back
    this.#live = new Since();
    this.reloading.cancel("unwell");
  }

  /** The stream broke, could not be opened, or fell silent. */
  broke() {
    this.#outage ??= new Since();
    this.#live = null;
    this.#reopenAt = passed() + backOff(this.#attempts, REOPEN);
    this.#attempts += 1;
    this.#refetchAt ??= passed() + between(...FIRST_REFETCH_MS);
  }

  /** Something may have happened (the machine slept, the network is there again, the page hung): look at once. */
  look() {
    const soon = passed() + between(...AT_ONCE_MS);
    this.#lookedFor = true;
    this.#refetchAt = Math.min(this.#refetchAt ?? soon, soon);
    if (!this.feed.isTried) this.#reopenAt = soon;
  }

  tick() {
    if (this.#isDead()) {
      this.feed.close();
      this.broke();
    }
    if (!this.feed.isTried && passed() >= this.#reopenAt) this.feed.open();
    if (this.#refetchAt !== null && passed() >= this.#refetchAt && !this.#fetching) this.#refetch();
    this.#knocking.tick(this.#outage?.seconds ?? null);
    if (Math.max(this.#outage?.seconds ?? 0, this.stage.failingFor) > UNWELL_AFTER) this.reloading.plan("unwell");
    if (this.#live?.seconds > WELL_AFTER) {
      this.#attempts = 0; // not on the greeting: a proxy may cut every stream short
      if (this.stage.failingFor === 0) this.reloading.well();
    }
  }

  #isDead() {
    if (!this.feed.isTried) return false;
    return this.feed.heard.seconds > (this.feed.isLive ? SILENCE : OPENS_WITHIN);
  }

  async #refetch() {
    this.#lookedFor = false;
    this.#fetching = true;
    const { status, told } = await fetchNow(this.stage.names);
    this.#fetching = false;
    this.#refetchAt = this.#outage === null ? null : passed() + between(...NEXT_REFETCH_MS);
    if (status === 401 || status === 403) this.renew();
    if (status !== 200 || told === null) return;
    countHeal("refetch");
    this.receive(told);
  }
}
