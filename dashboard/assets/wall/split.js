// A total broken down: the width of each part is its share, however small it stays visible.

import { show } from "./page.js";

export function paintSplit(board, { split, writer }) {
  const values = split.map((id) => board.kpis[id]?.value ?? null);
  split.forEach((id, place) => {
    const value = values[place];
    show(`value-${id}`, { children: value === null ? "–" : writer.count(value) });
    show(`part-${id}`, { "data-share": value ? "some" : "none", style: { flexGrow: value ?? 0 } });
  });
}
