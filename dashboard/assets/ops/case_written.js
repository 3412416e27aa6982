// How the page of a case writes moments and working time.

import { fill } from "../wall/page.js";

const ZONE = { timeZone: "Asia/Ho_Chi_Minh" };
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DAY = { day: "2-digit", month: "2-digit" };
/** Words that a kind of case has of its own, else those of all. */
export const wordOf = (words, name, kind) => words[`${name}_${kind}`] ?? words[name];

export class Moments {
  constructor({ words }) {
    this.words = words;
    const form = (asked) => new Intl.DateTimeFormat("en-GB", { ...asked, ...ZONE }); // 19/02/2024 in either language
    Object.assign(this, { clocks: form(CLOCK), days: form(DAY), whole: form({ ...DAY, year: "numeric" }) });
  }

  /** 08:30 19/02/2024 */
  moment(iso) {
    return `${this.clock(iso)} ${this.whole.format(Date.parse(iso))}`;
  }

  /** 08:30 */
  clock(iso) {
    return this.clocks.format(typeof iso === "number" ? iso : Date.parse(iso));
  }

  /** 19/02 */
  day(iso) {
    return this.days.format(typeof iso === "number" ? iso : Date.parse(iso));
  }

  /** 02/2024 */
  month(ms) {
    return this.whole.format(ms).slice(3);
  }

  /** 08:30 19/02; the year stands only where it is another one than now. */
  short(iso, now) {
    const year = (ms) => this.whole.format(ms).slice(-4);
    return year(Date.parse(iso)) === year(now) ? `${this.clock(iso)} ${this.day(iso)}` : this.moment(iso);
  }

  /** 19/02, with the year where it is another one than now. */
  date(iso, now) {
    const day = this.whole.format(Date.parse(iso));
    return day.slice(-4) === this.whole.format(now).slice(-4) ? day.slice(0, 5) : day;
  }

  /** Working seconds as days of so many seconds, hours and minutes; the two largest that are not nought. */
  working(seconds, ofDay) {
    const minutes = Math.ceil(Math.abs(seconds) / 60);
    const perDay = Math.max(Math.floor(ofDay / 60), 1);
    const rest = minutes % perDay;
    const amounts = { days: Math.floor(minutes / perDay), hours: Math.floor(rest / 60), minutes: rest % 60 };
    const said = Object.entries(amounts).filter(([, n]) => n > 0).slice(0, 2)
      .map(([unit, n]) => fill(this.words[unit], { n }));
    return said.length === 0 ? fill(this.words.minutes, { n: 0 }) : said.join(" ");
  }
}
