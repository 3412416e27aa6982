// How figures and times are written: Vietnamese or English form, always in the time of Mộc Châu.

const LOCALES = { vi: "vi-VN", en: "en-GB" };
const TIME_ZONE = "Asia/Ho_Chi_Minh";
const NO_BREAK = "\u00a0";

export class Writer {
  constructor(language) {
    this.locale = LOCALES[language];
    this.inMinutes = new Intl.NumberFormat(this.locale, { style: "unit", unit: "minute", maximumFractionDigits: 1 });
    this.percents = new Map();
    this.counts = new Intl.NumberFormat(this.locale, { maximumFractionDigits: 1 });
    this.clock = this.#times({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
    this.minutes = this.#times({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    this.days = this.#times({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
    this.shortDays = this.#times({ day: "2-digit", month: "2-digit" });
  }

  /** 58214 → "58.214" */
  count(value) {
    return this.counts.format(value);
  }

  /** 0.999 → "99,9". What isn't everything never reads as 100 %: it is cut off there, not rounded. */
  percent(ratio, digits) {
    const almost = ratio < 1 && ratio > 0.99;
    return this.#percents(digits, almost ? "trunc" : "halfExpand").format(100 * ratio);
  }

  // What misses its target never reads as if it had reached it: 98,96 beside "≥ 99" is 98,9, not 99,0.
  #rate(ratio, { digits, target, direction }) {
    const misses = direction === "higher_is_better" ? ratio < target : ratio > target;
    if (target === null || target === undefined || !misses) return this.percent(ratio, digits);
    return this.#percents(digits, direction === "higher_is_better" ? "trunc" : "ceil").format(100 * ratio);
  }

  /** The figure and its measure apart, since they are set in different sizes. */
  figure(value, rule) {
    const { unit } = rule;
    if (unit === "percent") {
      return [this.#rate(value, rule), `${NO_BREAK}%`];
    }
    if (unit === "minutes") {
      const measure = this.inMinutes.formatToParts(value).find((part) => part.type === "unit");
      return [this.count(value), `${NO_BREAK}${measure.value}`];
    }
    return [this.count(value), ""];
  }

  /** 10:05 */
  minute(ms) {
    return this.minutes.format(ms);
  }

  time(ms) {
    return this.clock.format(ms);
  }

  /** The second today, minute and day when it was another one; both moments as ISO 8601. */
  moment(iso, nowIso) {
    const at = Date.parse(iso);
    const day = this.shortDays.format(at);
    const today = day === this.shortDays.format(Date.parse(nowIso));
    return today ? this.clock.format(at) : `${this.minutes.format(at)} ${day}`;
  }

  date(ms) {
    const written = this.days.format(ms);
    return written.charAt(0).toLocaleUpperCase(this.locale) + written.slice(1);
  }

  #percents(digits, roundingMode) {
    const key = `${digits} ${roundingMode}`;
    if (!this.percents.has(key)) {
      const form = { minimumFractionDigits: digits, maximumFractionDigits: digits, roundingMode };
      this.percents.set(key, new Intl.NumberFormat(this.locale, form));
    }
    return this.percents.get(key);
  }

  #times(form) {
    return new Intl.DateTimeFormat(this.locale, { ...form, timeZone: TIME_ZONE });
  }
}
