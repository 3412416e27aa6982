// Units by the incoming documents that wait for them, the most overdue first; what does not fit is summed up below.

import { fill, show } from "../../page.js";
import { paintStanding } from "../standing.js";

const OPEN = "documents_open";
const OVERDUE = "documents_overdue";

export function paintUnits(board, scene, page) {
  const known = Object.entries(board.units)
    .map(([code, figures]) => ({ code, open: figures[OPEN] ?? null, overdue: figures[OVERDUE] ?? null }))
    .filter(({ open, overdue }) => open !== null && overdue !== null)
    .sort((a, b) => b.overdue - a.overdue || b.open - a.open || a.code.localeCompare(b.code));
  const greatest = Math.max(...known.map(({ open }) => open), 1);
  for (let place = 0; place < scene.rows; place += 1) {
    paintRow(place, known[place], { greatest, states: board.states ?? {} }, scene, page);
  }
  paintStanding(scene.id("standing", "units"), board.kpis[OVERDUE], page);
  show(scene.id("units"), { "data-known": known.length ? "yes" : "no" });
  show(scene.id("units-note"), { children: noteOf(known, scene, page) });
}

function paintRow(place, unit, { greatest, states }, scene, { units, words, writer }) {
  const part = (value) => ({ style: { width: `${(100 * value) / greatest}%` } });
  const write = (value) => (value === undefined ? "" : writer.count(value));
  show(scene.id("unit", place), {
    "data-value": unit === undefined ? "none" : unit.overdue > 0 ? "some" : "zero",
  });
  // The mark alone: its words stand at the head where it is of all.
  const state = { state: states[unit?.code]?.[OVERDUE] ?? states[unit?.code]?.[OPEN] };
  paintStanding(scene.id("unit-standing", place), state, { words: {} });
  show(scene.id("unit-name", place), { children: unit === undefined ? "" : (units[unit.code] ?? words.unknown_unit) });
  for (const part of ["overdue", "open"]) {
    const text = write(unit?.[part]);
    show(scene.id(`unit-${part}`, place), { children: text, "data-length": String(text.length) });
  }
  show(scene.id("unit-bar-late", place), part(unit?.overdue ?? 0));
  show(scene.id("unit-bar-rest", place), part(Math.max((unit?.open ?? 0) - (unit?.overdue ?? 0), 0)));
}

function noteOf(known, scene, { writer }) {
  if (known.length === 0) return scene.words.nothing;
  const rest = known.slice(scene.rows);
  if (rest.length === 0) return "";
  const sum = (name) => writer.count(rest.reduce((total, unit) => total + unit[name], 0));
  return fill(scene.words.rest, { units: rest.length, open: sum("open"), overdue: sum("overdue") });
}
