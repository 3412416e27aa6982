// How an operator says it: times that are left, days, reasons.

import { fill } from "../wall/page.js";

const TIME_ZONE = "Asia/Ho_Chi_Minh";
const MINUTE = 60;
const HOUR = 3600;

/** Working seconds in the two largest measures that say something: "2 ngày 3 giờ", "45 phút". */
export function lasting(seconds, { words, writer, working_day: day }) {
  const whole = Math.floor(Math.abs(seconds) / MINUTE) * MINUTE;
  const days = Math.floor(whole / day);
  const hours = Math.floor((whole - days * day) / HOUR);
  const minutes = Math.floor((whole - days * day - hours * HOUR) / MINUTE);
  const of = (n, name) => (n === 0 ? null : fill(words[name], { n: writer.count(n) }));
  const parts = days > 0 ? [of(days, "days"), of(hours, "hours")] : [of(hours, "hours"), of(minutes, "minutes")];
  const said = parts.filter((part) => part !== null).join(" ");
  return said === "" ? words.no_minute : said;
}

/** What is left of the working time until the due date, in words: "còn …", "quá hạn …". */
export function remainingSaid(row, page) {
  const { words } = page;
  if (row.remaining === null) return row.overdue ? words.overdue : words.no_due;
  const time = lasting(row.remaining, page);
  if (row.remaining >= 0) return fill(words.left, { time });
  // Overdue goes by the date (handbook 3.4): until midnight it is only past its hour.
  return fill(row.overdue ? words.over : words.past_hour, { time });
}

/** overdue, due_soon, paused or running: what the mark shows. */
export function stateOf(row, { working_day: day }) {
  if (row.overdue) return "overdue";
  if (row.paused !== null) return "paused";
  if (row.remaining !== null && row.remaining <= day) return "due_soon";
  return "running";
}

/** Days and minutes as they are written here; the year only where it is another one. */
export class Calendar {
  constructor(writer, now) {
    const form = (parts) => new Intl.DateTimeFormat(writer.locale, { ...parts, timeZone: TIME_ZONE });
    this.now = now;
    this.time = form({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    this.days = form({ day: "2-digit", month: "2-digit", year: "numeric" });
    this.kept = new Map();
  }

  /** 12/11, or 12/11/2025 */
  day(iso) {
    return this.#kept(`d${iso}`, () => {
      const [day, month, year] = this.#parts(Date.parse(iso));
      return year === this.#parts(this.now())[2] ? `${day}/${month}` : `${day}/${month}/${year}`;
    });
  }

  /** 09:30 */
  minute(iso) {
    return this.#kept(`m${iso}`, () => this.time.format(Date.parse(iso)));
  }

  /** The minute today, minute and day otherwise. */
  moment(iso) {
    const isToday = this.day(iso) === this.day(new Date(this.now()).toISOString().slice(0, 13) + ":00Z");
    return isToday ? this.minute(iso) : `${this.minute(iso)} ${this.day(iso)}`;
  }

  // With a stroke, as it is written by hand: the browser's Vietnamese has a dash between day and month.
  #parts(ms) {
    const parts = this.days.formatToParts(ms);
    return ["day", "month", "year"].map((name) => parts.find(({ type }) => type === name).value);
  }

  // Formatting costs more than anything else while somebody scrolls.
  #kept(key, made) {
    if (!this.kept.has(key)) {
      if (this.kept.size > 20_000) this.kept.clear();
      this.kept.set(key, made());
    }
    return this.kept.get(key);
  }
}
