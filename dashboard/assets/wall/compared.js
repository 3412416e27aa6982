// The day that today is compared with, in words where it is not simply the week before.

const LOCALES = { vi: "vi-VN", en: "en-GB" };
const TIME_ZONE = "Asia/Ho_Chi_Minh";
const DAY_MS = 86_400_000;

const isoDay = new Intl.DateTimeFormat("en-CA", { timeZone: TIME_ZONE });
const forms = new Map();

/** "Thứ 2 02/03" for an ISO date; null where it is seven days before the moment `now`. */
export function wordsOfDay(day, now, language) {
  if (isoDay.format(Date.parse(now) - 7 * DAY_MS) === day) return null;
  if (!forms.has(language)) {
    const form = { weekday: "short", day: "2-digit", month: "2-digit", timeZone: "UTC" };
    forms.set(language, new Intl.DateTimeFormat(LOCALES[language], form));
  }
  const parts = Object.fromEntries(forms.get(language).formatToParts(Date.parse(day)).map(({ type, value }) => [type, value]));
  return `${parts.weekday} ${parts.day}/${parts.month}`;
}
