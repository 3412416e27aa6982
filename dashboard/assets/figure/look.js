// How the plot looks: in the page's fonts, sizes and colours, with the target, the threshold and late days as shapes.

import { colourOf } from "../wall/theme.js";
import { fill } from "../wall/page.js";
import { timesOf } from "./traces.js";

const DAY_MS = 86_400_000;
const NO_BREAK = "\u00a0";
const NEAR = new Set(["percent", "points"]);
const SEPARATORS = { vi: ",.", en: ".," };
const DAY_NAMES = { vi: "%-d/%-m", en: "%-d %b" };

/** The colours of the theme and the sizes of the display, as they are now. */
export function lookOf(box) {
  const named = ["accent", "line", "panel", "quiet", "text", "warn", "alarm"];
  return {
    ...Object.fromEntries(named.map((name) => [name, colourOf(`--${name}`)])),
    rem: parseFloat(getComputedStyle(document.documentElement).fontSize),
    family: getComputedStyle(box).fontFamily,
    width: box.clientWidth, height: box.clientHeight,
  };
}

export function layoutOf(shown, page, look) {
  const { rem, width, height, family } = look;
  const limits = limitsOf(page, look);
  return {
    width, height,
    margin: { l: 5 * rem, r: (limits.length > 0 ? 11 : 1.5) * rem, t: 1.75 * rem, b: 3 * rem, pad: 0 },
    font: { family, size: rem, color: look.quiet },
    separators: SEPARATORS[page.language],
    paper_bgcolor: look.panel, plot_bgcolor: look.panel,
    hovermode: "x", hoverdistance: -1, spikedistance: -1, dragmode: "zoom",
    hoverlabel: { bgcolor: look.panel, bordercolor: look.text, font: { family, size: rem, color: look.text } },
    xaxis: daysAxis(shown, page, look),
    yaxis: valuesAxis(shown, page, look),
    shapes: [...limits.map((each) => each.shape), ...lateOf(shown, look)],
    annotations: limits.map((each) => each.name),
    uirevision: "kept",
  };
}

function daysAxis({ days }, { grain, language }, { text, rem }) {
  const month = grain === "month";
  const first = month ? Date.parse(`${days[0].slice(0, 7)}-01`) : Date.parse(days[0]) - DAY_MS / 2;
  return {
    type: "date", range: [first, Date.parse(days.at(-1)) + DAY_MS / (month ? 1 : 2)],
    showgrid: false, zeroline: false, ticklabelmode: month ? "period" : "instant", ...(month ? { dtick: "M1" } : {}),
    // Nothing is between two days.
    tickformatstops: [
      { dtickrange: [null, DAY_MS - 1], value: " " },
      { dtickrange: [DAY_MS, 27 * DAY_MS], value: DAY_NAMES[language] },
      { dtickrange: ["M1", null], value: "%b\n%Y" },
    ],
    showspikes: true, spikemode: "across", spikesnap: "hovered data", spikedash: "solid", spikecolor: text,
    spikethickness: -rem / 16, // without a rim
  };
}

// Counts begin at nought, rates and points near what they are, and never beyond what they can be. The target is always
// in sight; the threshold only where it is near, or it would press all that happened into a line.
function valuesAxis({ values }, page, look) {
  const { form: { unit, digits }, thresholds } = page;
  const near = NEAR.has(unit);
  const told = [...values, thresholds?.target ?? null].filter((value) => value !== null);
  const known = told.map((value) => value * timesOf(page));
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const beside = 0.1 * (most - (near ? least : Math.min(0, least))) || 1;
  return {
    fixedrange: true, rangemode: near ? "normal" : "tozero", nticks: 6,
    autorangeoptions: {
      ...(near ? { clipmin: Math.max(0, least - beside) } : {}),
      clipmax: Math.min(most + beside, unit === "percent" ? 100 + 0.2 * beside : Infinity), // a line at 100 % is whole
    },
    exponentformat: "none", separatethousands: true, ticksuffix: unit === "percent" ? `${NO_BREAK}%` : "",
    ...(digits === 0 && !near && most < 5 ? { dtick: 1 } : {}),
    gridcolor: look.line, gridwidth: look.rem / 16, zeroline: false, automargin: true, ticklabelstandoff: look.rem / 2,
  };
}

// The target and what is bad, named at the right. Their names stand on the sides that are turned away from each other.
function limitsOf(page, look) {
  const { thresholds, words, written } = page;
  if (thresholds === null) return [];
  const { target, warn } = thresholds;
  const limit = (value, said, colour, dash, yanchor) => {
    const y = value * timesOf(page);
    const line = { color: colour, width: look.rem / 8, dash };
    return {
      shape: { type: "line", xref: "paper", x0: 0, x1: 1, yref: "y", y0: y, y1: y, layer: "below", line },
      name: {
        xref: "paper", x: 1, xanchor: "left", xshift: look.rem / 2, yref: "y", y, yanchor,
        showarrow: false, text: fill(said, { value: written.value(value) }), font: { color: colour },
      },
    };
  };
  const [ofTarget, ofWarn] = target > warn ? ["bottom", "top"] : ["top", "bottom"];
  return [
    limit(target, words.target, look.text, "dash", ofTarget),
    limit(warn, words.warn, look.alarm, "dot", ofWarn),
  ];
}

// Days on which a source was late, as bars at the foot; those that follow each other are one.
function lateOf({ days, late }, { warn }) {
  const runs = [];
  days.forEach((day, place) => {
    if (!late.has(day)) return;
    if (place > 0 && late.has(days[place - 1])) runs.at(-1)[1] = day;
    else runs.push([day, day]);
  });
  return runs.map(([first, last]) => ({
    type: "rect", xref: "x", x0: Date.parse(first) - DAY_MS / 2, x1: Date.parse(last) + DAY_MS / 2,
    yref: "paper", y0: 0, y1: 0.03, fillcolor: warn, line: { width: 0 }, layer: "above",
  }));
}
