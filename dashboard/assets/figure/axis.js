// Where the axes begin and end, and what is written beside them.

const TICKS = 4;
const MARKS = 8;

const NEAR = new Set(["percent", "points"]);

/** From and to, with round numbers between; counts begin at nought, rates and points near what they are. */
export function axisOf(values, unit) {
  const known = values.filter((value) => value !== null);
  const most = Math.max(...known);
  const near = NEAR.has(unit);
  const least = near ? Math.min(...known) : Math.min(0, ...known);
  const wide = most - least || Math.max(Math.abs(most), unit === "percent" ? 0.1 : 1);
  const step = roundStep(wide / TICKS);
  const from = Math.floor((least - (near ? 0.1 * wide : 0)) / step) * step;
  const to = Math.ceil((most + 0.05 * wide) / step) * step;
  const ends = near ? [Math.max(0, from), unit === "percent" ? Math.min(1, to) : to] : [from, to];
  if (ends[0] === ends[1]) ends[0] -= step;
  const ticks = [];
  for (let tick = Math.ceil(ends[0] / step - 1e-9); tick * step <= ends[1] + 1e-9; tick += 1) {
    ticks.push(Number((tick * step).toPrecision(12)));
  }
  return { from: ends[0], to: ends[1], ticks };
}

function roundStep(step) {
  const power = 10 ** Math.floor(Math.log10(step));
  return power * ([1, 2, 5].find((each) => each * power >= step) ?? 10);
}

/** Places and names below: single days, and of more than so many the first of each month. */
export function marksOf(days, grain, written) {
  if (grain === "month") return days.map((day, place) => [place, written.month(day)]);
  if (days.length > 100) {
    return days.flatMap((day, place) => (day.endsWith("-01") ? [[place, written.month(day)]] : []));
  }
  const step = Math.ceil(days.length / MARKS);
  return days.flatMap((day, place) => ((days.length - 1 - place) % step === 0 ? [[place, written.shortDay(day)]] : []));
}
