// What is drawn of the days: the line, single days as points, days that changed as diamonds; gaps where nothing is known.

import { weekly } from "../wall/trend.js";

/** Which of the traces is pointed at: one that is not seen, and has every day, with data or not. */
export const HOVERED = 0;

export function tracesOf(shown, page, look) {
  const size = look.rem * (shown.days.length > 100 ? 0.3 : 0.45);
  const alone = page.grain === "day" && !page.stands;
  const plain = shown.values.map((value, place) => (shown.days[place] in shown.changed ? null : value));
  return [
    hovered(shown, page),
    line(lineOf(shown, page), shown, page, look),
    ...(alone ? [points(plain, shown, page, { color: look.quiet, size })] : []),
    ...(Object.keys(shown.changed).length > 0 ? [changed(shown, page, look)] : []),
  ];
}

/** How values are drawn: percentages as they are read. */
export const timesOf = (page) => (page.form.unit === "percent" ? 100 : 1);

// A level stands as it is. The median is of seven days also at the left end, where some of them are not shown.
const lineOf = ({ values, all, from }, { grain, stands }) =>
  grain === "day" && !stands ? weekly(all).slice(from) : values;

function hovered(shown, page) {
  const least = Math.min(...shown.values.filter((value) => value !== null));
  return {
    ...of(shown.values.map((value) => value ?? least), shown, page),
    mode: "markers", marker: { opacity: 0 },
    hoverinfo: "text", hovertext: shown.days.map((_, place) => shown.said(place)),
  };
}

// A day between two of which nothing is known is no line: it gets a mark, so that it is seen.
function line(values, shown, page, look) {
  const lone = (place) => (values[place - 1] ?? null) === null && (values[place + 1] ?? null) === null;
  const sizes = values.map((_, place) => (page.grain === "month" || lone(place) ? 0.5 * look.rem : 0));
  return {
    ...of(values, shown, page), mode: "lines+markers", hoverinfo: "skip",
    line: { color: look.accent, width: 0.1875 * look.rem }, marker: { color: look.accent, size: sizes, opacity: 1 },
  };
}

const points = (values, shown, page, marker) =>
  ({ ...of(values, shown, page), mode: "markers", hoverinfo: "skip", marker: { opacity: 0.7, ...marker } });

function changed(shown, page, look) {
  const values = shown.values.map((value, place) => (shown.days[place] in shown.changed ? value : null));
  const line = { color: look.text, width: 0.125 * look.rem };
  return points(values, shown, page, { symbol: "diamond", size: 0.75 * look.rem, color: look.panel, opacity: 1, line });
}

const of = (values, { days }, page) => ({
  type: "scatter", x: days, y: values.map((value) => (value === null ? null : value * timesOf(page))),
  connectgaps: false, cliponaxis: false, showlegend: false,
  ...(page.grain === "month" ? { xperiod: "M1", xperiodalignment: "middle" } : {}),
});
