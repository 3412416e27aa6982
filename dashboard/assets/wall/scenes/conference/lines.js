// Each line by the hours of the day: the estimated MOS as figure and colour, hours over an alarm level with a mark.

import { make } from "../../../data/dom.js";
import { fill } from "../../page.js";
import { placed } from "./day.js";
import { fit } from "../fitting.js";

/** Bounds of satisfaction of ITU-T G.107, annex B, in 1/100: each has a colour (assets/base/2_tokens.css). */
const BANDS = [430, 400, 360, 310, 260, 100];
const COLOURS = [450, 400, 360, 310, 260, 100];

export function paintLines({ hours, lines }, past, scene, page) {
  const list = document.getElementById(scene.id("lines"));
  const order = [...(lines ?? [])].sort((one, other) =>
    other.bad - one.bad || other.warn - one.warn || (one.mos ?? 451) - (other.mos ?? 451));
  const score = new Intl.NumberFormat(page.writer.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const several = severalOf(order);
  fit(list, [lines, past, hours], {
    items: order,
    row: (line) => row(line, { hours, several, score, scene, page }),
    rest: (left) => fill(left.every(isWell) ? scene.words.rest_lines_well : scene.words.rest_lines, { n: left.length }),
    empty: () => make("p", { class: "calm" }, nothing(lines, past, scene.words)),
  });
}

const severalOf = (lines) => new Set(lines.map(({ unit }) => unit).filter((unit, place, all) => all.indexOf(unit) !== place));

const isWell = ({ bad, warn }) => bad === 0 && warn === 0;

function nothing(lines, past, words) {
  if (lines === null) return words.not_as_known;
  return past ? words.no_lines_past : words.no_lines;
}

function row(line, { hours, several, score, scene, page }) {
  const { words } = scene;
  const title = page.units[line.unit] ?? words.no_unit;
  const named = several.has(line.unit) || page.units[line.unit] === undefined;
  const level = line.bad > 0 ? "bad" : line.warn > 0 ? "warn" : "well";
  return make("div", { class: "line", "data-shape": level, "data-line": line.code },
    make("p", { class: "line-name" }, `${title} `, named ? make("span", { class: "site-code" }, line.code) : null),
    make("p", { class: "line-state" }, shape(level), words[`alarm.${alarmOf(line, scene.levels)}`]),
    make("div", { class: "track" },
      line.hours.map(([hour, mos, , warn, bad]) => placed(cell(mos, warn, bad, score), [hour, hour + 1], hours))));
}

const shape = (name) => make("span", { class: "shape", "data-shape": name, "aria-hidden": "true" });

function cell(mos, warn, bad, score) {
  const level = bad > 0 ? "bad" : warn > 0 ? "warn" : "well";
  const band = mos === null ? "unknown" : (COLOURS[BANDS.findIndex((bound) => mos >= bound)] ?? 100);
  return make("span", { class: "cell", "data-band": String(band), "data-shape": level },
    level === "well" ? null : shape(level),
    make("span", { class: "cell-figure running" }, mos === null ? "–" : score.format(mos / 100)));
}

// What the alarm of the day was about, the gravest first (stream/quality/quality.toml).
function alarmOf({ loss, jitter, rtt, bad, warn }, levels) {
  if (bad === 0 && warn === 0) return "good";
  if (loss > levels.warn_loss) return "loss";
  return jitter > levels.warn_jitter ? "jitter" : rtt > levels.warn_rtt ? "rtt" : "good";
}
