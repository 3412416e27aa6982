// The conferences: figures, who is connected, the meetings of the day, and the lines by the hour.

import { paintTiles } from "../tiles.js";
import { paintDay } from "./conference/day.js";
import { paintLines } from "./conference/lines.js";
import { paintSites } from "./conference/sites.js";

export function paint({ board, more }, scene, page) {
  paintTiles(board, scene, page);
  paintSites(more, scene, page);
  paintDay(more, board.past, scene, page);
  paintLines(more, board.past, scene, page);
}
