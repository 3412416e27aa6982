// How dark a unit is on the map: calm without anything to look into, the warmer the more there is.

import { colourOf } from "./theme.js";

const STEPS = [0, 1, 2, 3, 4];

/** How many a unit needs for the last colour, at least: one overdue application is no blaze. */
const FULL = 10;
const LEAST = 1 / (STEPS.length - 1);

/** The colours of the map in this theme (assets/base/2_tokens.css). */
export function palette() {
  return {
    scale: STEPS.map((step) => colourOf(`--shade-${step}`)),
    none: colourOf("--map-none"),
    border: colourOf("--map-border"),
    inks: [colourOf("--map-ink-light"), colourOf("--map-ink-dark")],
  };
}

/** Each value's place on the palette, 0 to 1: 0 for none, from a quarter upwards for some; null without data. */
export function shades(values) {
  const full = Math.max(FULL, ...values.filter((value) => value !== null));
  return values.map((value) => (value === null ? null : shade(value / full)));
}

const shade = (share) => (share <= 0 ? 0 : LEAST + (1 - LEAST) * share);

/** The ink that reads better over a shade: contrast as WCAG 2 counts it. */
export function inkOver(shade, { scale, none, inks }) {
  const ground = shade === null ? none : mixed(scale, shade);
  return inks.reduce((best, ink) => (contrast(ink, ground) > contrast(best, ground) ? ink : best));
}

function mixed(scale, share) {
  const place = Math.min(Math.max(share, 0), 1) * (scale.length - 1);
  const step = Math.min(Math.floor(place), scale.length - 2);
  const [low, high] = [rgb(scale[step]), rgb(scale[step + 1])];
  return `#${low.map((part, n) => hex(part + (high[n] - part) * (place - step))).join("")}`;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour) {
  const [red, green, blue] = rgb(colour)
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const rgb = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
const hex = (part) => Math.round(part).toString(16).padStart(2, "0");
