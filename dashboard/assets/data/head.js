// The head of the page: the time, and how old what is shown is. A server that died can't look healthy.

import { ageOf, Clock, countAges, Since } from "./clock.js";

/** Seconds. The page asks every 5 s. */
const LATE_AFTER = 12;
const LOST_AFTER = 10;

export class Head {
  constructor(page, root) {
    this.page = page;
    this.root = root;
    this.clock = new Clock();
    this.heard = new Since();
    this.read = null;
    setInterval(() => this.tick(), 1_000);
  }

  /** An answer came: when the server made it, and how long before that it had read the figures. */
  answer(now, secondsAgo) {
    this.clock.set(Date.parse(now));
    this.heard = new Since();
    this.read = new Since(secondsAgo);
    this.tick();
  }

  /** waiting: nothing yet; lost: no answer; late: the server has nothing newer; live. */
  get state() {
    if (this.heard.seconds > LOST_AFTER) return "lost";
    if (this.read === null) return "waiting";
    return this.read.seconds > LATE_AFTER ? "late" : "live";
  }

  tick() {
    const { words, writer } = this.page;
    const { state } = this;
    this.root.dataset.freshness = state;
    document.getElementById("freshness").dataset.state = state;
    write("freshness-state", words[state]);
    write("freshness-age", this.read === null ? words.age_never : ageOf(this.read.seconds, words));
    write("clock", writer.time(this.clock.now));
    write("date", writer.date(this.clock.now));
    countAges(this.root, this.clock, words);
  }
}

// Only what changes: the state is announced to those who can't see it.
function write(id, text) {
  const element = document.getElementById(id);
  if (element.textContent !== text) element.textContent = text;
}
