// The rows of the picture. Each answers its height, its name and its parts, or null where it has nothing to show.

import { clusters } from "./case_clusters.js";
import { draw } from "./case_svg.js";
import { wordOf } from "./case_written.js";

const LABEL_REM = 5.5;

const middle = (x, y, text) => draw("text", { x, y, "text-anchor": "middle", "dominant-baseline": "central" }, text);
const diamond = (x, half, height) => `M${x - half} ${height / 2}L${x} 0L${x + half} ${height / 2}L${x} ${height}z`;

/** The due dates: the one that holds as a flag, those before it pale, with arrows from one to the next. */
export function dues({ x, timeline, rem, page, left, right, kind }) {
  const { dues: all } = timeline;
  if (all.length === 0) return null;
  const height = 2.5 * rem;
  const places = all.map(({ due }) => x(due));
  const taken = [];
  // The newest first: it gets its label, the others where there is room.
  const flags = all.map(({ due }, place) => ({ due, place })).reverse().map(({ due, place }) => {
    const at = Math.min(Math.max(places[place], left), right);
    const isLast = place === all.length - 1;
    const free = taken.every((each) => Math.abs(each - at) > LABEL_REM * rem);
    if (free) taken.push(at);
    const side = at > right - 3 * rem ? "end" : at < left + 3 * rem ? "start" : "middle";
    return draw("g", { class: isLast ? "due due-last" : "due due-before" },
      draw("title", {}, page.moments.moment(due)),
      draw("line", { x1: at, x2: at, y1: 1.3 * rem, y2: height + 2.3 * rem }),
      draw("path", { d: `M${at - 0.45 * rem} ${1.3 * rem}h${0.9 * rem}l${-0.45 * rem} ${0.7 * rem}z` }),
      free ? draw("text", { x: at, y: 0.9 * rem, "text-anchor": side }, page.moments.date(due, page.now)) : null);
  });
  const arrows = places.slice(1).map((to, place) => arrow(places[place], to, 1.65 * rem, rem));
  return { height, label: wordOf(page.words, "row_due", kind), parts: [...flags, ...arrows] };
}

function arrow(from, to, y, rem) {
  if (Math.abs(to - from) < 2 * rem) return null;
  const [start, end] = to > from ? [from + 0.6 * rem, to - 0.6 * rem] : [from - 0.6 * rem, to + 0.6 * rem];
  const head = to > from ? -0.4 * rem : 0.4 * rem;
  const tip = `M${end + head} ${y - 0.25 * rem}L${end} ${y}L${end + head} ${y + 0.25 * rem}`;
  return draw("path", { class: "moved", d: `M${start} ${y}H${end}${tip}` });
}

/** The clock: running, standing, overdue; and what is left until the due date. */
export function clock({ x, timeline, rem, page }) {
  const height = 1.8 * rem;
  const last = timeline.dues.at(-1)?.due;
  const ahead = timeline.ended === null && last !== undefined && Date.parse(last) > Date.parse(timeline.now)
    ? [{ kind: "ahead", from: timeline.now, to: last }] : [];
  const spans = [...timeline.spans, ...ahead].map(({ kind, from, to }) => {
    const [start, width] = [x(from), Math.max(x(to) - x(from), rem / 8)];
    const text = page.words[`legend_${kind}`];
    const fits = width > (0.6 * text.length + 1) * rem;
    return draw("g", { class: `span span-${kind}` }, draw("rect", { x: start, width, height, rx: rem / 8 }),
      fits ? middle(start + width / 2, height / 2, text) : null);
  });
  return { height, label: page.words.row_clock, parts: spans };
}

/** Whose it was when; no row where it was one unit's all the time. */
export function units({ x, timeline, rem, page }) {
  if (timeline.units.length === 0) return null;
  const height = 1.4 * rem;
  const end = timeline.ended ?? timeline.now;
  const parts = timeline.units.map(({ name, from, to }) => {
    const [start, width] = [x(from), Math.max(x(to ?? end) - x(from), rem / 8)];
    const fits = width > (0.62 * name.length + 0.5) * rem;
    return draw("g", { class: "of-unit" }, draw("title", {}, name),
      draw("rect", { x: start, width, height, rx: rem / 8 }),
      fits ? middle(start + width / 2, height / 2, name) : null);
  });
  return { height, label: page.words.row_unit, parts };
}

const saidOf = ({ first, last }) => (first === last ? String(first) : `${first}–${last}`);
const halfOf = (mark) => Math.max(0.85, 0.45 + 0.35 * saidOf(mark).length) + (mark.late ? 0.35 : 0);

/** What happened, by the numbers of the list below; what came late as a diamond. */
export function events({ x, timeline, rem, page }) {
  const height = 1.9 * rem;
  const marks = clusters(timeline.events.map((each) => ({ ...each, x: x(each.at) })), (mark) => halfOf(mark) * rem);
  const parts = marks.map((mark) => {
    const { x: at, late, adopted } = mark;
    const [said, half] = [saidOf(mark), halfOf(mark) * rem];
    const shape = late
      ? draw("path", { d: diamond(at, half, height) })
      : draw("rect", { x: at - half, width: 2 * half, y: 0.1 * rem, height: height - 0.2 * rem, rx: 0.85 * rem });
    const kind = { "data-late": late ? "yes" : "no", "data-adopted": adopted ? "yes" : "no" };
    return draw("g", { class: "mark", ...kind }, shape, middle(at, height / 2, said));
  });
  return { height, label: page.words.row_events, parts };
}

/** What people did; what had no effect is hollow. */
export function acts({ x, timeline, rem, page, from, to }) {
  const seen = timeline.acts.filter(({ at }) => Date.parse(at) >= from && Date.parse(at) <= to);
  if (seen.length === 0) return null;
  const size = 0.8 * rem;
  const parts = seen.map(({ at, act, overtaken }) => draw("rect", { class: "deed",
    "data-took": overtaken ? "no" : "yes", x: x(at) - size / 2, y: 0.2 * rem, width: size, height: size },
  draw("title", {}, `${page.words[`act_${act}`]} ${page.moments.moment(at)}`)));
  return { height: 1.2 * rem, label: page.words.row_acts, parts };
}

/** Now, or the moment that was asked for. */
export function nowLine({ x, timeline, rem, page, left, right }, bottom) {
  const at = x(timeline.now);
  if (at < left || at > right) return null;
  const side = at > right - 6 * rem ? "end" : at < left + 6 * rem ? "start" : "middle";
  const { words, moments, past } = page;
  const said = `${words[past ? "then" : "now"]} ${moments.clock(timeline.now)} ${moments.day(timeline.now)}`;
  return draw("g", { class: "now" }, draw("line", { x1: at, x2: at, y1: 1.2 * rem, y2: bottom }),
    draw("text", { x: at, y: 0.9 * rem, "text-anchor": side }, said));
}
