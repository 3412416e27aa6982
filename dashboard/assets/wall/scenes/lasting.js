// How long something lasts, and the parts of the day, in the time of Mộc Châu.

import { fill } from "../page.js";

const AHEAD = 7 * 3600;
const DAY = 86_400;

/** 754 → "12 phút"; whole units of the largest kind. */
export function lasting(seconds, words, writer) {
  const whole = Math.max(0, Math.floor(seconds));
  const [name, size] = [["days", 2 * DAY, DAY], ["hours", 2 * 3600, 3600], ["minutes", 60, 60]]
    .filter(([, least]) => whole >= least).map(([each, , unit]) => [each, unit])[0] ?? ["seconds", 1];
  return fill(words[name], { n: writer.count(Math.floor(whole / size)) });
}

/** Seconds from one moment to another, both ISO 8601. */
export const between = (from, to) => (Date.parse(to) - Date.parse(from)) / 1000;

/** Hours since the local midnight of `day`, both ISO 8601; below 0 or above 24 where it is another day. */
export function hoursOf(iso, day) {
  const midnight = Math.floor((Date.parse(day) / 1000 + AHEAD) / DAY) * DAY - AHEAD;
  return (Date.parse(iso) / 1000 - midnight) / 3600;
}

/** The minute, with its day where it is another day than that of `at`; both ISO 8601. */
export function minuteAt(iso, at, writer) {
  const [day, today] = [iso, at].map((each) => writer.shortDays.format(Date.parse(each)));
  const minute = writer.minutes.format(Date.parse(iso));
  return day === today ? minute : `${minute} ${day}`;
}
