// The overview: tiles, the breakdown of what was settled, the map, the units by what is overdue, the latest events.

import { paintMap } from "../map.js";
import { paintRank } from "../rank.js";
import { paintSplit } from "../split.js";
import { paintTicker } from "../ticker.js";
import { paintTiles } from "../tiles.js";

export function paint({ board }, scene, page) {
  paintTiles(board, scene, page);
  paintSplit(board, scene, page);
  paintRank(board, scene, page);
  paintMap(board, scene, page, scene.ranked);
  paintTicker(board, scene, page);
}
