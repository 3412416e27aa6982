// A trend line as a small image that fills whatever box it is given.

const WIDTH = 100;
const HEIGHT = 40;
const INSET = 5;
const WEEK = 7;

/** What changes by less than this share of the greatest value does not fill the height: it is noise. */
const NOISE = 0.1;

/** The image's address; an empty image where there is no line to draw. `scale` is 1 at 1080p. */
export function trendImage(values, colour, scale) {
  const points = pointsOf(values);
  if (points.length < 2) return image("");
  const line = points.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join(" ");
  const [x, y] = points.at(-1);
  const stroke = (width) => `stroke="${colour}" stroke-width="${width * scale}" vector-effect="non-scaling-stroke"`;
  return image(
    `<polygon points="${points[0][0]},${HEIGHT} ${line} ${x},${HEIGHT}" fill="${colour}" fill-opacity=".14"/>` +
      `<polyline points="${line}" fill="none" ${stroke(2.5)} stroke-linejoin="round" stroke-linecap="round"/>` +
      `<path d="M${x} ${y.toFixed(2)}h.01" ${stroke(9)} stroke-linecap="round"/>`,
  );
}

/**
 * The median of each value and the six before it: offices rest at weekends, and that is no trend; nor is the rate
 * of a Sunday with one application.
 */
export function weekly(values) {
  return values.map((_, place) => {
    const known = values.slice(Math.max(0, place - WEEK + 1), place + 1).filter((value) => value !== null);
    if (place < WEEK - 1 || known.length === 0) return null;
    return known.sort((one, other) => one - other)[Math.floor(known.length / 2)];
  });
}

const image = (content) =>
  "data:image/svg+xml," +
  encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none">${content}</svg>`,
  );

// From the least to the greatest of its own values, over the whole width.
function pointsOf(values) {
  const known = values.flatMap((value, place) => (value === null ? [] : [[place, value]]));
  if (known.length < 2) return [];
  const heights = known.map(([, value]) => value);
  const least = Math.min(...heights);
  const greatest = Math.max(...heights);
  const range = Math.max(greatest - least, NOISE * greatest);
  const start = known[0][0];
  const step = (WIDTH - 2) / (known.at(-1)[0] - start);
  return known.map(([place, value]) => {
    const height = range === 0 ? 0 : (value - least) / range;
    return [(place - start) * step, HEIGHT - INSET - height * (HEIGHT - 2 * INSET)];
  });
}
