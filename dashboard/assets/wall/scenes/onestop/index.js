// The index: points of the most there are. What could not be judged is hatched, never an empty bar like a nought.

import { fill, show } from "../../page.js";
import { monthName } from "./months.js";

export function paintIndex(index, scene, page) {
  const { words } = scene;
  const points = pointsOf(page);
  const known = index.total !== null;
  const total = known ? points(index.total, index.known) : "–";
  show(scene.id("index-month"), { children: fill(words.index_of, { month: monthName(index.name) }) });
  show(scene.id("index-total"), { children: total, "data-length": String(total.length) });
  show(scene.id("index-most"), { children: known ? `/${page.writer.count(index.known)}` : "" });
  show(scene.id("index-points"), { "data-known": known ? "yes" : "no" });
  show(scene.id("index-band"), { children: bandOf(index, words, page.language) });
  paintOfficial(index, scene, points);
  const weakest = weakestOf(index.groups);
  for (const group of index.groups) paintGroup(group, group === weakest, scene, page);
}

function bandOf({ total, band }, words, language) {
  if (total === null) return words.nothing;
  return band === null ? words.no_band : band[language];
}

// Whose it is and of which month stands there in any case: it may be of an earlier one.
function paintOfficial({ official, most }, scene, points) {
  const { words } = scene;
  const name = official === null ? words.official : fill(words.official_of, { month: monthName(official.name) });
  show(scene.id("official-name"), { children: name, title: official?.source ?? "" });
  show(scene.id("official-points"), {
    children: official === null ? words.no_points : points(official.points, most),
    "data-known": official === null ? "no" : "yes",
  });
}

function paintGroup({ id, points: earned, known, most, official }, isWeakest, scene, page) {
  const part = (value) => `${(100 * value) / most}%`;
  const state = earned === null ? "unknown" : isWeakest ? "weakest" : "known";
  show(scene.id("index-group", id), { "data-state": state });
  show(scene.id("index-fill", id), { style: { width: part(earned ?? 0) } });
  show(scene.id("index-unjudged", id), { style: { width: part(most - known) } });
  show(scene.id("index-value", id), { children: earned === null ? "–" : pointsOf(page)(earned, known) });
  show(scene.id("index-of", id), { children: `/${page.writer.count(most)}` });
  show(scene.id("index-official", id), {
    "data-any": official === null ? "no" : "yes",
    style: { left: part(official ?? 0) },
  });
}

// The one with the least of what could be judged; none where all have everything.
function weakestOf(groups) {
  const judged = groups.filter(({ points, known }) => points !== null && known > 0 && points < known);
  return judged.reduce(
    (worst, group) => (worst === null || group.points / group.known < worst.points / worst.known ? group : worst),
    null,
  );
}

// One digit; what isn't everything never reads as everything: it is cut off there, not rounded.
function pointsOf({ writer }) {
  const form = (roundingMode) =>
    new Intl.NumberFormat(writer.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1, roundingMode });
  const [rounded, cut] = [form("halfExpand"), form("trunc")];
  return (value, most) => (value < most && value > most - 0.1 ? cut : rounded).format(value);
}
