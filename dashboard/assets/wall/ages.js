// For how long a figure has not been fresh: since the sources that it waits for were heard last, or for as long as what
// came into the log may have waited: not since its newest event, which may be of the evening before.

import { fill } from "./page.js";

/** "12 phút"; nothing where nobody knows. `unit` is the code of the unit that the figure is of, null for the area. */
export function ageOfState(board, state, rule, unit, words) {
  if (state === "frozen") return ageOf(board.behind ?? 0, words);
  const since = heardLast(board, rule, unit);
  return since ? ageOf((Date.parse(board.now) - Date.parse(since)) / 1000, words) : "";
}

/** A length of time in one measure, the largest that is full. */
export function ageOf(seconds, words) {
  if (seconds < 60) return "";
  if (seconds < 3_600) return fill(words.for_minutes, { n: Math.floor(seconds / 60) });
  if (seconds < 48 * 3_600) return fill(words.for_hours, { n: Math.floor(seconds / 3_600) });
  return fill(words.for_days, { n: Math.floor(seconds / 86_400) });
}

// Of the sources that fail and send what the figure is made of, the one that was heard of longest ago. A board doesn't say
// which of several a unit waits for: then nobody knows for how long.
function heardLast(board, { streams }, unit) {
  const failing = (board.sources ?? []).filter(
    ({ state, streams: sent }) => state !== "live" && sent.some((stream) => streams?.includes(stream)),
  );
  if (unit !== null && failing.length > 1) return null;
  const heard = failing.map(({ heard_at }) => heard_at).filter(Boolean);
  return heard.sort()[0] ?? null;
}
