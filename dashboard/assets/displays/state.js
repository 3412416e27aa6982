// How a display stands, by what is known of it.

/** It tells of itself each minute: two that are missing are a silence. */
const AWAY_AFTER_MS = 150_000;

/** pending, revoked, never (approved and not seen since), live or away. */
export function stateOf({ state, seen_at: seen }, now) {
  if (state !== "approved") return state;
  if (seen === null) return "never";
  return now - Date.parse(seen) > AWAY_AFTER_MS ? "away" : "live";
}
