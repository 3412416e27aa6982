// For how long a figure has not been fresh: since the sources that it waits for were heard last, or since the log was
// applied last.

import { fill } from "./page.js";

/** "12 phút"; nothing where nobody knows. */
export function ageOfState(board, state, rule, words) {
  const since = state === "frozen" ? board.known_until : heardLast(board, rule);
  return since ? ageOf((Date.parse(board.now) - Date.parse(since)) / 1000, words) : "";
}

/** A length of time in one measure, the largest that is full. */
export function ageOf(seconds, words) {
  if (seconds < 60) return "";
  if (seconds < 3_600) return fill(words.for_minutes, { n: Math.floor(seconds / 60) });
  if (seconds < 48 * 3_600) return fill(words.for_hours, { n: Math.floor(seconds / 3_600) });
  return fill(words.for_days, { n: Math.floor(seconds / 86_400) });
}

// Of the sources that fail and send what the figure is made of, the one that was heard of longest ago.
function heardLast(board, { streams }) {
  const failing = (board.sources ?? []).filter(
    ({ state, streams: sent }) => state !== "live" && sent.some((stream) => streams?.includes(stream)),
  );
  const heard = failing.map(({ heard_at }) => heard_at).filter(Boolean);
  return heard.sort()[0] ?? null;
}
