// Where the figures come from: the verdict, the log, every source, incidents, and how good the data are.

import { paintTiles } from "../tiles.js";
import { paintIncidents } from "./health/incidents.js";
import { paintSources } from "./health/sources.js";
import { paintLog, paintVerdict } from "./health/verdict.js";

export function paint({ board, more }, scene, page) {
  paintTiles(board, scene, page);
  paintVerdict(more, scene, page);
  paintLog(more, scene, page);
  paintSources(more, scene, page);
  paintIncidents(more, scene, page);
}
