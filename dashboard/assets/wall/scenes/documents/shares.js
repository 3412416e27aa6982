// Of what the shares at the top are made.

import { show } from "../../page.js";

/** The bar of what was due: on time is the rate's numerator, late the rest of its denominator. */
export function paintDue(figure, scene, { writer }) {
  const known = figure !== undefined && figure.value !== null;
  const parts = known ? { due_on_time: figure.num, due_late: figure.den - figure.num } : {};
  for (const part of ["due_on_time", "due_late"]) {
    const value = parts[part] ?? null;
    show(scene.id("part", part), { "data-share": value ? "some" : "none", style: { flexGrow: value ?? 0 } });
    show(scene.id("part-value", part), { children: value === null ? "–" : writer.count(value) });
  }
}

/** A bar for each level; one that sent nothing has none, and says so. */
export function paintLevels(board, scene, { writer }) {
  for (const [level, rule] of Object.entries(scene.levels)) {
    const value = board.kpis[rule.id]?.value ?? null;
    show(scene.id("level", level), { "data-known": value === null ? "no" : "yes" });
    show(scene.id("level-value", level), { children: value === null ? "–" : writer.figure(value, rule).join("") });
    show(scene.id("level-bar", level), { style: { width: `${100 * (value ?? 0)}%` } });
  }
}
