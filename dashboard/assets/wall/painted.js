// What was painted of the overview when, for `ioc bench paint`: how far the log was applied in a board (partition → next position,
// and when its newest event was appended), when the board was made, came and was on the screen. All moments in
// milliseconds since 1970.

// Few: what is kept for nobody must not look like a leak (a bench takes them out each second).
const KEPT = 256;
const now = () => performance.timeOrigin + performance.now();

window.__ioc = { painted: [] };

/** Call when a frame was applied: it is on the screen after the next frame but one of the browser has begun. */
export function recordPaint({ scene, board }, receivedAt) {
  if (document.hidden || scene !== "overview") return; // a page nobody sees has no frames, and would keep all boards waiting for one
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const { painted } = window.__ioc;
      painted.push({
        positions: board.positions,
        known_until: board.known_until && Date.parse(board.known_until),
        now: Date.parse(board.now),
        received_at: receivedAt,
        painted_at: now(),
      });
      if (painted.length > KEPT) painted.splice(0, painted.length - KEPT);
    }),
  );
}

export { now };
