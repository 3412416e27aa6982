// Units by one KPI, the worst first; what does not fit is summed up below.

import { fill, show } from "./page.js";
import { standingOf } from "./shades.js";

/** Ranks by the KPI of a rule. Where more is better the least comes first; a share is drawn as a share of all. */
export function paintRank(board, scene, page, rule) {
  const { rows } = scene;
  const { units, words, writer } = page;
  const order = orderOf(board, rule);
  const full = rule.unit === "percent" ? 1 : Math.max(1, ...order.map(([, value]) => value));
  for (let place = 0; place < rows; place += 1) {
    const [code, value] = order[place] ?? [];
    const some = code !== undefined;
    const share = some ? Math.min(Math.max(value / full, 0), 1) : 0;
    show(scene.id("rank", place), {
      "data-value": !some ? "none" : value > 0 ? "some" : "zero",
      "data-state": (some && board.states?.[code]?.[rule.id]) || "live",
      "data-standing": some ? standingOf(rule, value) : "none",
      "data-judged": rule.direction === "neutral" ? "no" : "yes",
    });
    show(scene.id("rank-name", place), { children: some ? (units[code] ?? words.unknown_unit) : "" });
    show(scene.id("rank-value", place), { children: some ? writer.figure(value, rule).join("") : "" });
    show(scene.id("rank-bar", place), { style: { transform: `scaleX(${share.toFixed(4)})` } });
  }
  show(scene.id("rank-note"), { children: noteOf(order, rows, rule, page) });
}

function orderOf(board, rule) {
  const sign = rule.direction === "higher_is_better" ? -1 : 1;
  return Object.entries(board.units)
    .map(([code, figures]) => [code, figures[rule.id] ?? null])
    .filter(([, value]) => value !== null)
    .sort(([a, x], [b, y]) => sign * (y - x) || a.localeCompare(b));
}

function noteOf(order, rows, rule, { words, writer }) {
  if (order.length === 0) return words.no_data;
  const rest = order.slice(rows);
  if (rest.length === 0) return "";
  if (rule.unit === "percent") return fill(words.rank_more, { units: rest.length });
  const sum = rest.reduce((total, [, value]) => total + value, 0);
  return fill(words.rank_rest, { units: rest.length, value: writer.count(sum) });
}
