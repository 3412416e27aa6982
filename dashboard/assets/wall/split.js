// A total broken down: the width of each part is its share, however small it stays visible.

import { show } from "./page.js";

export function paintSplit(board, { split, writer }) {
  const values = split.map((id) => board.kpis[id]?.value ?? null);
  split.forEach((id, place) => {
    const value = values[place];
    show(`value-${id}`, { children: value === null ? "–" : writer.count(value) });
    show(`part-${id}`, { "data-share": value ? "some" : "none", style: styleFor(value) });
  });
}

// The same object for the same value, so that an unchanged part is seen to be unchanged.
const styles = new Map();
function styleFor(value) {
  const grow = value ?? 0;
  if (!styles.has(grow)) styles.set(grow, { flexGrow: grow });
  return styles.get(grow);
}
