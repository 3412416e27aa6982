// The marks beside a figure on the map, told apart by their shape: a triangle is a breach, a clock is late, a half disc
// has a part missing, two bars stand still.

/** The mark as a path, in a square of so many px whose left upper corner is (x, y). */
export function markPath(kind, x, y, side) {
  const at = (right, down) => `${(x + right * side).toFixed(1)} ${(y + down * side).toFixed(1)}`;
  const half = (side / 2).toFixed(1);
  const ring = `M${at(0, 0.5)}a${half} ${half} 0 1 1 ${side} 0a${half} ${half} 0 1 1 ${-side} 0Z`;
  switch (kind) {
    case "bad":
      return `M${at(0.5, 0.04)}L${at(1, 0.94)}L${at(0, 0.94)}Z`;
    case "late":
      return `${ring}M${at(0.5, 0.2)}L${at(0.5, 0.52)}L${at(0.74, 0.66)}`;
    case "partial":
      return `${ring}M${at(0.5, 0)}a${half} ${half} 0 0 1 0 ${side}Z`;
    default:
      return `M${at(0.08, 0.04)}h${0.3 * side}v${0.92 * side}h${-0.3 * side}ZM${at(0.62, 0.04)}h${0.3 * side}v${0.92 * side}h${-0.3 * side}Z`;
  }
}

const NARROW = { ",": 0.33, ".": 0.32, "\u00a0": 0.23, "%": 0.87, "–": 0.7 };
const FIGURE = 0.645; // assets/fonts/README.md

/** About how wide a figure is, in px. */
export function figureWidth(words, size) {
  return size * [...words].reduce((width, letter) => width + (NARROW[letter] ?? FIGURE), 0);
}
