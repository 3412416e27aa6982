// Draws periods and their values as SVG in the colours of the page: a line of what stands, gaps where nothing is known,
// diamonds where it was restated, and hollow circles for what was first sent.

const SVG = "http://www.w3.org/2000/svg";
const LINES = 4;
/** In rem: room for the labels at the left and below, and at the other two sides. */
const LEFT = 5;
const BELOW = 1.75;
const AROUND = 0.75;
const LABEL = 7;

/** The picture, as large as `box`; `at` is the place that is pointed at. */
export function draw(box, periods, { at, said }) {
  const size = sizeOf(box);
  const values = periods.flatMap(({ first, now }) => [first, now]).filter((value) => value !== null);
  const ticks = ticksOf(Math.min(...values), Math.max(...values));
  const { left, right, top, bottom, width, height, rem } = size;
  const last = periods.length - 1;
  const x = (place) => left + (last === 0 ? 0.5 : place / last) * (right - left);
  const y = (value) => bottom - ((value - ticks[0]) / (ticks.at(-1) - ticks[0])) * (bottom - top);
  const picture = element("svg", { class: "plot-picture", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  for (const tick of ticks) {
    picture.append(element("line", { class: "plot-tick", x1: left, x2: right, y1: y(tick), y2: y(tick) }),
      text(said(tick), { x: left - 0.5 * rem, y: y(tick), "text-anchor": "end", dy: "0.32em" }));
  }
  for (const place of namedOf(periods.length, (right - left) / (LABEL * rem))) {
    const anchor = last === 0 ? "middle" : place === last ? "end" : place === 0 ? "start" : "middle";
    picture.append(text(periods[place].period, { x: x(place), y: height - 0.35 * rem, "text-anchor": anchor }));
  }
  if (at !== null) picture.append(element("line", { class: "plot-at", x1: x(at), x2: x(at), y1: top, y2: bottom }));
  picture.append(element("path", { class: "plot-line", d: pathOf(periods, x, y) }));
  periods.forEach((period, place) => picture.append(...marksOf(period, place, { x, y, periods, rem, at })));
  return picture;
}

/** The place that lies nearest to where a pointer is; null where there is none. */
export function placeAt(box, clientX, count) {
  if (count === 0) return null;
  const { left, right } = sizeOf(box);
  const share = (clientX - box.getBoundingClientRect().left - left) / (right - left);
  return Math.min(count - 1, Math.max(0, Math.round(share * (count - 1))));
}

function sizeOf(box) {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const { clientWidth: width, clientHeight: height } = box;
  const around = AROUND * rem;
  return { rem, width, height, left: LEFT * rem, right: width - around, top: around, bottom: height - BELOW * rem };
}

// Round numbers around what there is; of one value some around it.
function ticksOf(least, most) {
  const span = most - least || Math.abs(most) || 1;
  const power = 10 ** Math.floor(Math.log10(span / LINES));
  const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => span / each <= LINES) ?? 10 * power;
  const first = Math.floor(least / step);
  const count = Math.max(1, Math.ceil(most / step) - first);
  return Array.from({ length: count + 1 }, (_, place) => Number(((first + place) * step).toPrecision(12)));
}

// As many names below as have room, the newest always.
function namedOf(count, room) {
  const every = Math.max(1, Math.ceil(count / Math.max(1, Math.floor(room))));
  return Array.from({ length: count }, (_, place) => place).filter((place) => (count - 1 - place) % every === 0);
}

function pathOf(periods, x, y) {
  let open = false;
  return periods.map(({ now }, place) => {
    const step = now === null ? "" : `${open ? "L" : "M"}${x(place).toFixed(1)} ${y(now).toFixed(1)}`;
    open = now !== null;
    return step;
  }).join("");
}

function marksOf({ first, now, version }, place, { x, y, periods, rem, at }) {
  const marks = [];
  const restated = version > 1 && first !== now;
  if (restated && first !== null) {
    const from = { class: "plot-from", x1: x(place), x2: x(place), y1: y(first), y2: y(now ?? first) };
    marks.push(element("line", from));
    marks.push(element("circle", { class: "plot-first", cx: x(place), cy: y(first), r: 0.3 * rem }));
  }
  if (now === null) return marks;
  const lone = (periods[place - 1]?.now ?? null) === null && (periods[place + 1]?.now ?? null) === null;
  if (restated) {
    const r = 0.45 * rem;
    const diamond = `M${x(place)} ${y(now) - r}l${r} ${r}l${-r} ${r}l${-r} ${-r}z`;
    marks.push(element("path", { class: "plot-restated", d: diamond }));
  } else if (lone || at === place || periods.length <= 40) {
    const r = (at === place ? 0.35 : 0.22) * rem;
    marks.push(element("circle", { class: "plot-point", cx: x(place), cy: y(now), r }));
  }
  return marks;
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function text(content, attributes) {
  const made = element("text", { class: "plot-label running", ...attributes });
  made.textContent = content;
  return made;
}
