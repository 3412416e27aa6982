// Ages by the server's clock: a display whose own clock is wrong still tells how old things are.

import { fill } from "../wall/page.js";

/** Seconds since a moment, by the clock that runs steadily and by the one that goes on while a machine sleeps. */
export class Since {
  constructor(secondsAgo = 0) {
    this.steady = performance.now() - 1000 * secondsAgo;
    this.wall = Date.now() - 1000 * secondsAgo;
  }
  get seconds() {
    return Math.max(performance.now() - this.steady, Date.now() - this.wall) / 1000;
  }
}

/** The server's clock, going on from the moment it last told. */
export class Clock {
  constructor() {
    this.told = Date.now();
    this.since = new Since();
  }
  set(ms) {
    this.told = ms;
    this.since = new Since();
  }
  get now() {
    return this.told + 1000 * this.since.seconds;
  }
}

export function ageOf(seconds, words) {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 2) return words.age_now;
  if (whole < 60) return fill(words.age_seconds, { n: whole });
  if (whole < 3600) return fill(words.age_minutes, { n: Math.floor(whole / 60) });
  if (whole < 48 * 3600) return fill(words.age_hours, { n: Math.floor(whole / 3600) });
  return fill(words.age_days, { n: Math.floor(whole / 86400) });
}

/** Writes the age into every element that has a moment: <time data-since="2026-…Z">. To be called once a second. */
export function countAges(root, clock, words) {
  for (const element of root.querySelectorAll("[data-since]")) {
    const text = ageOf((clock.now - Date.parse(element.dataset.since)) / 1000, words);
    if (element.textContent !== text) element.textContent = text;
  }
}
