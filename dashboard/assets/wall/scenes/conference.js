// The conferences: figures, who is connected, the meetings of the day, and the lines by the hour.

import { paintTiles } from "../tiles.js";
import { paintDay } from "./conference/day.js";
import { paintLines } from "./conference/lines.js";
import { paintSites } from "./conference/sites.js";
import { paintStanding } from "./standing.js";

/** A KPI of the scene that waits for the same sources as the panel does. Words have room at the first; a mark at all. */
const STANDS_AS = { sites: "sites_away_now", day: "meetings_now", lines: "line_mos_today" };

export function paint({ board, more }, scene, page) {
  paintTiles(board, scene, page);
  paintSites(more, scene, page);
  paintDay(more, board.past, scene, page);
  paintLines(more, board.past, scene, page);
  for (const [panel, kpi] of Object.entries(STANDS_AS)) {
    paintStanding(scene.id("standing", panel), board.kpis[kpi], panel === "sites" ? page : { words: {} });
  }
}
