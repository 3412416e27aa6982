// Colours of the picture. The lighter the worse: lightness alone tells the order, whatever colours an eye sees.

/** Estimated MOS (1/100) at which each colour stands; the bounds of satisfaction of ITU-T G.107, annex B. */
export const STOPS = [450, 400, 360, 310, 260, 100];

/** What a byte of the picture stands for (dashboard/data/picture.py). */
export const UNMEASURED = 0;
export const UNESTIMATED = 1;
const FIRST = 2;
const STEP = 2;
const LEAST = 100;

export const mosOf = (byte) => (byte < FIRST ? null : (LEAST + STEP * (byte - FIRST)) / 100);

/** For each byte its colour as a pixel (ABGR in a 32-bit number); what was not measured is transparent. */
export function pixelsOf(style) {
  const colour = (name) => rgb(style.getPropertyValue(name));
  const stops = STOPS.map((mos) => [mos, colour(`--mos-${mos}`)]);
  const pixels = new Uint32Array(256);
  pixels[UNESTIMATED] = pixel(colour("--mos-unknown"));
  for (let byte = FIRST; byte < 256; byte += 1) pixels[byte] = pixel(between(stops, LEAST + STEP * (byte - FIRST)));
  return pixels;
}

/** A colour of the palette as a pixel. */
export const pixelNamed = (style, name) => pixel(rgb(style.getPropertyValue(name)));

function between(stops, mos) {
  const next = stops.findIndex(([at]) => at <= mos);
  if (next === 0) return stops[0][1];
  if (next === -1) return stops.at(-1)[1];
  const [[above, one], [below, other]] = [stops[next - 1], stops[next]];
  const share = (above - mos) / (above - below);
  return one.map((part, place) => Math.round(part + share * (other[place] - part)));
}

const rgb = (text) => [1, 3, 5].map((at) => parseInt(text.trim().slice(at, at + 2), 16));
const pixel = ([red, green, blue]) => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
