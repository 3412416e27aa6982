// How the archive writes moments, lengths, sizes and figures.

import { fill } from "../wall/page.js";

const LENGTHS = [["days", 86_400], ["hours", 3_600], ["minutes", 60], ["seconds", 1]];
const SIZES = [["megabyte", 1_000_000], ["kilobyte", 1_000], ["byte", 1]];
const LOCALES = { vi: "vi-VN", en: "en-GB" };
const MOST_DIGITS = { count: 2, percent: 2, points: 2, days: 2, minutes: 1 };
const formats = new Map();

/** 16:30 20/11/2026, in local time. */
export function momentOf(iso, { language }) {
  return made("moment", language, (locale) => new Intl.DateTimeFormat(locale, {
    hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", year: "numeric", hourCycle: "h23",
    timeZone: "Asia/Ho_Chi_Minh",
  })).format(Date.parse(iso)).replace(", ", " ");
}

/** A length in its two largest measures: 1 ngày 3 giờ. */
export function lengthOf(seconds, { words, writer }) {
  let rest = Math.max(0, Math.round(seconds));
  const said = [];
  for (const [name, size] of LENGTHS) {
    const n = Math.floor(rest / size);
    rest -= n * size;
    if (n > 0 && said.length < 2) said.push(fill(words[`length_${name}`], { n: writer.count(n) }));
    else if (said.length > 0) break;
  }
  return said.join(" ") || fill(words.length_seconds, { n: 0 });
}

/** 12,4 kB */
export function sizeOf(bytes, { language }) {
  const [unit, size] = SIZES.find(([, each]) => bytes >= each) ?? SIZES.at(-1);
  return made(unit, language, (locale) =>
    new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: 1 })).format(bytes / size);
}

/** A figure; null is no data, never zero. `written` is its measure and its decimals. */
export function valueOf(value, written, page) {
  if (value === null || value === undefined) return page.words.no_data;
  return `${number(value, written, page)}${measureOf(written, page)}`;
}

/** A difference with its sign; where one of the two is no data there is none. */
export function differenceOf(before, after, written, page) {
  if (before === null || after === null || before === undefined || after === undefined) return "–";
  const by = after - before;
  const sign = by > 0 ? "+" : by < 0 ? "−" : "";
  const size = number(Math.abs(by), written, page);
  if (written.measure === "percent") return `${sign}${fill(page.words.percent_points, { n: size })}`;
  return `${sign}${size}${measureOf(written, page)}`;
}

const measureOf = ({ measure }, { words }) =>
  ({ percent: "\u00a0%", minutes: `\u00a0${words.minutes_short}` })[measure] ?? "";

function number(value, { measure, digits }, { language }) {
  const times = measure === "percent" ? 100 : 1;
  const most = Math.max(digits, MOST_DIGITS[measure] ?? 2);
  return made(`${measure} ${digits}`, language, (locale) => new Intl.NumberFormat(locale, {
    minimumFractionDigits: Math.min(digits, most), maximumFractionDigits: most,
  })).format(times * value);
}

function made(name, language, make) {
  const key = `${language} ${name}`;
  if (!formats.has(key)) formats.set(key, make(LOCALES[language]));
  return formats.get(key);
}

/** Reasons of lateness, in words; one that nobody knows any more stands for itself. */
export const reasonsOf = (late, page) => late.map((id) => page.late[id]?.[page.language] ?? id).join("; ");

/** What a kind of snapshots is called. */
export const titleOf = (kind, { plans, language }) => plans.find((plan) => plan.kind === kind)?.title[language] ?? kind;

/** A receiver's name. */
export function receiverOf(id, { plans, language }) {
  const found = plans.flatMap((plan) => plan.receivers).find((receiver) => receiver.id === id);
  return found === undefined ? id : found.title[language];
}

/** The address of a snapshot's page. */
export const pageOf = (kind, period, { language }, version = null) =>
  `/archive/${kind}/${period}?${version === null ? "" : `version=${version}&`}lang=${language}${
    document.documentElement.dataset.theme === "light" ? "&theme=light" : ""}`;

/** Why the server did not do what was asked. */
export function refusalOf({ status, told }, { words }) {
  const named = words[`run_${told?.detail}`];
  if (named !== undefined) return named;
  if (status === 0 || status === 503) return words.refused_away;
  if (status === 403) return words.refused_role;
  return fill(words.refused_other, { status });
}
