// A total broken down: the width of each part is its share, however small it stays visible.

import { show } from "./page.js";

export function paintSplit(board, scene, { writer }) {
  const values = scene.split.map((id) => board.kpis[id]?.value ?? null);
  scene.split.forEach((id, place) => {
    const value = values[place];
    show(scene.id("value", id), { children: value === null ? "–" : writer.count(value) });
    show(scene.id("part", id), { "data-share": value ? "some" : "none", style: { flexGrow: value ?? 0 } });
  });
}
