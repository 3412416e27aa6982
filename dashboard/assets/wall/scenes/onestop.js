// One-stop shops: the tiles, the flow of form II.06a, the fields, the index of Decision 766.

import { paintTiles } from "../tiles.js";
import { paintFields } from "./onestop/fields.js";
import { paintFlow } from "./onestop/flow.js";
import { paintIndex } from "./onestop/index.js";
import { paintStanding } from "./standing.js";

const PARTS = ["flow", "fields", "index"];

export function paint({ board, more }, scene, page) {
  paintTiles(board, scene, page);
  paintFlow(more, scene, page);
  paintFields(more.fields, scene, page);
  paintIndex(more.index, scene, page);
  // All three are made of what the one-stop shops send, as this KPI is.
  for (const part of PARTS) paintStanding(scene.id("standing", part), board.kpis.overdue_now, page);
}
