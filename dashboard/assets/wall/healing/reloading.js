// The last stage: the page is opened anew, when it is sure that it can be.

import { passed } from "./clocks.js";
import { countHeal } from "./heals.js";
import { recall, remember } from "./kept.js";
import { backOff, between, pauseBefore } from "./pauses.js";
import { buildOnOffer } from "./probe.js";

const IN_A_ROW = "ioc.reloads";
const WHY = "ioc.reloaded";
const AGAIN = { least: 2_000, base: 8_000, most: 60_000 };
const SURE_AFTER_MS = [15_000, 30_000];

export class Reloading {
  #plan = null; // {why, due, failures, sure}
  #asking = false;

  constructor(build) {
    this.build = build;
    window.__ioc.reloaded = recall(WHY, null);
  }

  /** Why the page is about to be opened anew; null when it is not. */
  get why() {
    return this.#plan?.why ?? null;
  }

  /**
   * Open the page anew, after a random pause: "build" (the server serves another one), "unwell" (neither stream nor
   * refetch work), "stall", "memory", "old". What is planned already stays planned.
   */
  plan(why) {
    if (this.#plan !== null) return;
    const due = passed() + pauseBefore(why, recall(IN_A_ROW, 0));
    this.#plan = { why, due, failures: 0, sure: why !== "unwell" };
  }

  /** It isn't needed any more, for this reason. */
  cancel(why) {
    if (this.why === why) this.#plan = null;
  }

  /** The page has been well for a while: reloads before it were not in vain. */
  well() {
    if (this.#plan === null && recall(IN_A_ROW, 0) > 0) remember(IN_A_ROW, 0);
  }

  tick() {
    if (this.#plan === null || this.#asking || passed() < this.#plan.due) return;
    this.#asking = true;
    const plan = this.#plan;
    buildOnOffer().then((build) => {
      this.#asking = false;
      if (plan === this.#plan) this.#decide(plan, build);
    });
  }

  #decide(plan, build) {
    if (build === null) {
      plan.due = passed() + backOff(plan.failures, AGAIN);
      plan.failures += 1;
      plan.sure = plan.why !== "unwell";
    } else if (plan.why === "build" && build === this.build) {
      this.#plan = null; // the other build has gone again
    } else if (!plan.sure) {
      // The server is there again: the stream and the refetch get their chance before.
      plan.sure = true;
      plan.due = passed() + between(...SURE_AFTER_MS);
    } else {
      this.#leave(plan);
    }
  }

  #leave(plan) {
    countHeal("reload");
    remember(IN_A_ROW, recall(IN_A_ROW, 0) + 1);
    remember(WHY, { why: plan.why, at: new Date().toISOString() });
    plan.due = passed() + 60_000; // if the browser doesn't leave
    window.location.reload();
  }
}
