// Dates and refusals in words. The server writes moments in local time: what stands there is what is shown.

import { fill } from "../wall/page.js";

/** 24/02/2026 of 2026-02-24. */
export const day = (iso) => iso.slice(0, 10).split("-").reverse().join("/");

/** 10:00 24/02/2026 of 2026-02-24T10:00:00+07:00; nothing of nothing. */
export const when = (iso) => (iso === null || iso === undefined ? "" : `${iso.slice(11, 16)} ${day(iso)}`);

/** Why something was refused. */
export function refusal(words, status, { detail } = {}) {
  const known = typeof detail === "string" ? words[`refused_${detail}`] : undefined;
  if (known !== undefined) return known;
  return status === 0 ? words.refused_unavailable : fill(words.refused_other, { status });
}
