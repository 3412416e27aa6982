// How this page writes values, days and moments, and where its links lead.

import { fill } from "../wall/page.js";

const NO_BREAK = "\u00a0";

export class Written {
  constructor({ writer, words, language, keep, kpi, form }) {
    this.writer = writer;
    this.words = words;
    this.form = form;
    this.kpi = kpi;
    this.keep = { lang: language, ...keep };
    this.numbers = new Map();
    const utc = (form) => new Intl.DateTimeFormat(writer.locale, { ...form, timeZone: "UTC" });
    this.longDays = utc({ weekday: "long", day: "numeric", month: "numeric", year: "numeric" });
    this.wholeMonths = utc({ month: "long", year: "numeric" });
    this.moments = new Intl.DateTimeFormat(writer.locale, {
      hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", year: "numeric", hourCycle: "h23",
      timeZone: "Asia/Ho_Chi_Minh",
    });
  }

  /** A value and its measure apart: 97,3 and %. */
  parts(value, form = this.form) {
    if (form.unit === "percent") return this.writer.figure(value, form);
    const number = this.number(value, Math.max(form.digits, Number.isInteger(value) ? 0 : 1), form.digits);
    return [number, form.unit === "minutes" ? `${NO_BREAK}${this.words.minutes_short}` : ""];
  }

  /** A value as it is read; null is "no data". */
  value(value, form = this.form) {
    return value === null ? this.words.no_data : this.parts(value, form).join("");
  }

  /** A difference: of rates in points of percent. */
  difference(value) {
    const { unit, digits } = this.form;
    return unit === "percent" ? fill(this.words.points, { n: this.number(100 * value, Math.max(digits, 1), digits) }) : this.value(value);
  }

  count(value) {
    return value === null ? this.words.no_data : this.number(value, 2, 0);
  }

  number(value, most, least) {
    const key = `${most} ${least}`;
    if (!this.numbers.has(key)) {
      const form = { maximumFractionDigits: most, minimumFractionDigits: least };
      this.numbers.set(key, new Intl.NumberFormat(this.writer.locale, form));
    }
    return this.numbers.get(key).format(value);
  }

  /** 2026-03-03 → Thứ Ba, 3/3/2026 */
  day(iso) {
    const text = this.longDays.format(Date.parse(iso));
    return text.charAt(0).toLocaleUpperCase(this.writer.locale) + text.slice(1);
  }

  wholeMonth(iso) {
    const text = this.wholeMonths.format(Date.parse(iso));
    return text.charAt(0).toLocaleUpperCase(this.writer.locale) + text.slice(1);
  }

  moment(iso) {
    return this.moments.format(Date.parse(iso));
  }

  /** The address of another passport. */
  link(kpi, unit) {
    const query = new URLSearchParams(unit === null ? this.keep : { unit, ...this.keep });
    return `/kpi/${kpi}?${query}`;
  }
}
