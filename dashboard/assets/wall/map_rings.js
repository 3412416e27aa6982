// A change pulses once where it happened: a ring at the unit. It is moved by the compositor alone, so that a page that
// paints ten frames a second isn't laid out anew for it; each unit has one ring, made when it is needed first.

const LASTS_MS = 1_200;

/** A unit rests so long after its ring: what changes all the time does not flicker. */
const RESTS_MS = 5_000;

const still = window.matchMedia("(prefers-reduced-motion: reduce)");

export function pulse(map, { code, label }) {
  if (still.matches || document.hidden) return;
  const unit = map.units.get(code);
  if (performance.now() - (unit.pulsedAt ?? -Infinity) < RESTS_MS) return;
  unit.pulsedAt = performance.now();
  unit.ring ??= ringAt(map, label);
  unit.ring.animate(
    [
      { transform: "scale(0.35)", opacity: 0.9 },
      { transform: "scale(1)", opacity: 0 },
    ],
    { duration: LASTS_MS, easing: "ease-out" },
  );
}

function ringAt({ sheet }, { x, y, anchor }) {
  const ring = document.createElement("div");
  const [left, top] = anchor ?? [x, y];
  const [, , width, height] = sheet.firstChild.getAttribute("viewBox").split(" ").map(Number);
  ring.className = "map-ring";
  ring.style.left = `${(100 * left) / width}%`;
  ring.style.top = `${(100 * top) / height}%`;
  sheet.append(ring);
  return ring;
}
