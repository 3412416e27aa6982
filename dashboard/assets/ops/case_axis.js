// Time along the foot of the picture: days, or hours of a short life, and the days off as shades behind everything.

import { draw } from "./case_svg.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const OFFSET = 7 * HOUR; // the time of Mộc Châu, all the year
const STEPS = [HOUR, 3 * HOUR, 6 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 364 * DAY];
const LABEL_REM = 4.5;

/** A line with as many moments as have room, days at their midnight. */
export function axis({ x, from, to, left, right, rem, page }, y) {
  const most = (right - left) / (LABEL_REM * rem);
  const step = STEPS.find((each) => (to - from) / each <= most) ?? STEPS.at(-1);
  const first = Math.ceil((from + OFFSET) / step) * step - OFFSET;
  const ticks = [];
  for (let at = first; at <= to; at += step) ticks.push(at);
  return draw("g", { class: "axis" }, draw("line", { x1: left, x2: right, y1: y, y2: y }),
    ticks.map((at) => draw("g", { transform: `translate(${x(at)} ${y})` }, draw("line", { y2: 0.4 * rem }),
      draw("text", { class: "tick", y: 1.3 * rem, "text-anchor": x(at) > right - 2 * rem ? "end" : "middle" },
        label(at, step, page.moments)))));
}

// Hours are named by the hour, but midnight by its day; of years only the month is told.
function label(at, step, moments) {
  if (step > 28 * DAY) return moments.month(at);
  return step < DAY && (at + OFFSET) % DAY !== 0 ? moments.clock(at) : moments.day(at);
}

export function shades({ x, timeline, rem }, top, bottom) {
  return draw("g", { class: "shades" }, timeline.idle.map(([since, until]) => draw("rect", { class: "idle", x: x(since),
    width: Math.max(x(until) - x(since), rem / 16), y: top, height: bottom - top })));
}
