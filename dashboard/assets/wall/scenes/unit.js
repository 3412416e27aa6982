// One unit: its figures against their targets, where it lies, its neighbours, what just happened there.

import { addressOf } from "../map_drawing.js";
import { paintMap } from "../map.js";
import { madeOf } from "../map_tip.js";
import { show } from "../page.js";
import { standingOf } from "../shades.js";
import { paintTicker } from "../ticker.js";
import { paintTile } from "../tiles.js";

export function paint({ board, more }, scene, page) {
  const { code } = scene;
  const unit = scene.map.units.find((each) => each.code === code);
  show(scene.id("title"), { children: page.units[code] });
  show(scene.id("made"), { children: madeOf(unit, page.words) });
  for (const rule of scene.tiles) {
    paintTile({ board, figure: figureOf(board, more, code, rule), rule, unit: code }, scene, page);
  }
  const [measure] = scene.map.measures;
  paintMap(board, scene, page, measure);
  paintWhere(scene, code);
  paintAround(unit, board, measure, scene, page);
  paintTicker(board, more.latest?.[code] ?? null, scene, page);
}

/** The unit's figure as a tile takes it (stream/live/message.py). */
function figureOf(board, more, code, rule) {
  const value = board.units[code]?.[rule.id] ?? null;
  const { before = null, trend = [] } = more.trends[code]?.[rule.id] ?? {};
  const state = board.past ? null : (board.states?.[code]?.[rule.id] ?? "live");
  return { value, before, before_day: more.before_day, trend, state, standing: standingOf(rule, value) };
}

function paintWhere(scene, code) {
  for (const part of document.querySelectorAll(`#${scene.id("map")} [data-unit]`)) {
    part.dataset.here = part.dataset.unit === code ? "yes" : "no";
  }
}

function paintAround(unit, board, rule, scene, page) {
  for (let place = 0; place < scene.around; place += 1) {
    const code = unit.neighbours[place];
    const value = board.units[code]?.[rule.id] ?? null;
    show(scene.id("neighbour", place), { "data-any": code === undefined ? "no" : "yes" });
    show(scene.id("neighbour-name", place), {
      children: code === undefined ? "" : page.units[code],
      ...(page.display || code === undefined ? {} : { href: addressOf(code, page) }),
    });
    show(scene.id("neighbour-value", place), {
      children: code === undefined ? "" : value === null ? "–" : page.writer.figure(value, rule).join(""),
    });
  }
}
