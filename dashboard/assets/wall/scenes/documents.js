// Documents: the tiles, of what their shares are made, the units by what waits for them, the certificates.

import { fill, show } from "../page.js";
import { paintTiles } from "../tiles.js";
import { paintCertificates } from "./documents/certificates.js";
import { paintDue, paintLevels } from "./documents/shares.js";
import { paintUnits } from "./documents/units.js";

export function paint({ board, more }, scene, page) {
  paintTiles(board, scene, page);
  paintDue(board.kpis.incoming_on_time_rate, scene, page);
  paintLevels(board, scene, page);
  paintUnits(board, scene, page);
  paintCertificates(board, scene, page);
  for (const kpi of scene.daily) {
    const value = more.today[kpi];
    show(scene.id("today", kpi), {
      children: value === null ? "" : fill(scene.words.today, { value: page.writer.count(value) }),
    });
  }
}
