// The map in full. At a desk the KPI is chosen, by a button or in the address; on a display they go by in turn, another
// one at each showing.

import { paintMap } from "../map.js";
import { show } from "../page.js";
import { paintRank } from "../rank.js";
import { paintTile } from "../tiles.js";

const chosen = new WeakMap();

export function paint(frame, scene, page) {
  if (!chosen.has(scene)) begin(scene, page);
  const rule = chosen.get(scene);
  const { board } = frame;
  if (!page.display) {
    for (const { id } of scene.map.measures) {
      show(scene.id("choose", id), { "aria-pressed": id === rule.id ? "true" : "false" });
    }
  }
  show(scene.id("map-title"), { children: rule.title });
  paintTile({ board, figure: board.kpis[rule.id], rule, slot: "chosen" }, scene, page);
  paintRank(board, scene, page, rule);
  paintMap(board, scene, page, rule);
}

function begin(scene, page) {
  const { measures } = scene.map;
  const asked = new URLSearchParams(window.location.search).get("measure");
  chosen.set(scene, measures.find(({ id }) => id === asked) ?? measures[0]);
  if (page.display) return inTurn(scene, page);
  document.getElementById(scene.id("choices"))?.addEventListener("click", ({ target }) => {
    const kpi = target.closest("[data-kpi]")?.dataset.kpi;
    if (kpi === undefined) return;
    chosen.set(scene, measures.find(({ id }) => id === kpi));
    const address = new URL(window.location);
    address.searchParams.set("measure", kpi);
    window.history.replaceState(null, "", address);
    paint(scene.frame, scene, page);
  });
}

// Where the scene is shown again, after another one, it is the turn of the next KPI.
function inTurn(scene, page) {
  const { measures } = scene.map;
  const section = document.getElementById(`scene-${scene.name}`);
  const shown = () => section.dataset.shown === "yes";
  let before = shown();
  new MutationObserver(() => {
    if (shown() && !before) {
      chosen.set(scene, measures[(measures.indexOf(chosen.get(scene)) + 1) % measures.length]);
      paint(scene.frame, scene, page);
    }
    before = shown();
  }).observe(section, { attributeFilter: ["data-shown"] });
}
