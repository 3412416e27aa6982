// Units by one KPI, the worst first; what does not fit is summed up below.

import { fill, show } from "./page.js";

export function paintRank(board, scene, page) {
  const { ranked, rows } = scene;
  const { units, words, writer } = page;
  const values = Object.entries(board.units).map(([code, figures]) => [code, figures[ranked] ?? null]);
  const order = values.filter(([, value]) => value !== null).sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
  const greatest = Math.max(order[0]?.[1] ?? 0, 1);
  for (let place = 0; place < rows; place += 1) {
    const [code, value] = order[place] ?? [];
    show(scene.id("rank", place), {
      "data-value": code === undefined ? "none" : value > 0 ? "some" : "zero",
      "data-late": (board.late[code] ?? []).includes(ranked) ? "yes" : "no",
    });
    show(scene.id("rank-name", place), { children: code === undefined ? "" : (units[code] ?? words.unknown_unit) });
    show(scene.id("rank-value", place), { children: code === undefined ? "" : writer.count(value) });
    show(scene.id("rank-bar", place), { style: { width: code === undefined ? "0" : `${(100 * value) / greatest}%` } });
  }
  show(scene.id("rank-note"), { children: noteOf(order, rows, page) });
}

function noteOf(order, rows, { words, writer }) {
  if (order.length === 0) return words.no_data;
  const rest = order.slice(rows);
  if (rest.length === 0) return "";
  const sum = rest.reduce((total, [, value]) => total + value, 0);
  return fill(words.rank_rest, { units: rest.length, value: writer.count(sum) });
}
