// The overview: tiles, the breakdown of what was settled, the map, the units by what is overdue, the latest events.

import { paintMap } from "../map.js";
import { paintRank } from "../rank.js";
import { paintSplit } from "../split.js";
import { paintTicker } from "../ticker.js";
import { paintTiles } from "../tiles.js";

export function paint({ board }, scene, page) {
  const [measure] = scene.map.measures;
  paintTiles(board, scene, page);
  paintSplit(board, scene, page);
  paintRank(board, scene, page, measure);
  paintMap(board, scene, page, measure);
  paintTicker(board, board.latest, scene, page);
}
