// Certificates in force and those that expire soon. Nobody told of any: "–" and words, not 0.

import { show } from "../../page.js";
import { paintStanding } from "../standing.js";

const SUMS = ["certificates", "certificates_expiring"];

export function paintCertificates(board, scene, page) {
  const { words, writer } = page;
  for (const sum of SUMS) {
    for (const kpi of [sum, `${sum}_organ`, `${sum}_person`]) {
      const value = board.kpis[kpi]?.value ?? null;
      show(scene.id("value", kpi), { children: value === null ? "–" : writer.count(value) });
    }
    const all = board.kpis[sum]?.value ?? null;
    const looked = sum === "certificates_expiring" && all > 0;
    show(scene.id("sum", sum), { "data-known": all === null ? "no" : "yes", "data-any": looked ? "yes" : "no" });
    show(scene.id("note", sum), { children: all === null ? words.no_data : "" });
    paintStanding(scene.id("standing", sum), all === null ? undefined : board.kpis[sum], page);
  }
}
