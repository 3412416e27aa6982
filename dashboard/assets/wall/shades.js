// Which of five steps a unit has on the map, by what its figure means (the colours: assets/base/2_tokens.css).
//
// What should be looked into is warm, and the more of it the farther from the ground: how many of what should be none,
// how far short of a target. What is no better or worse is cool. Step 0 is calm: nothing there, or the target is met.

/** How many a unit needs for the last step, at least: one overdue application is no blaze. */
const FULL = 10;
const STEPS = 4;

/**
 * How the values of a KPI are shaded: `colours` is shade or tint, `stepOf(value)` 0 to 4 or null without data, `steps`
 * what each step stands for: [least, most] of its values, null where a side is open.
 */
export function shading(rule, values) {
  if (rule.unit === "percent") return rule.target === null ? byFifths() : byTarget(rule);
  const known = values.filter((value) => value !== null);
  return byCount(rule.direction === "lower_is_better" ? "shade" : "tint", fullOf(Math.max(0, ...known)));
}

/** How a value stands to its KPI's thresholds (stream/kpi/definition.py, Kpi.standing). */
export function standingOf({ direction, target, warn }, value) {
  if (value === null || target === null) return "none";
  const sign = direction === "higher_is_better" ? 1 : -1;
  if (sign * value >= sign * target) return "good";
  return sign * value >= sign * warn ? "warn" : "bad";
}

// Steady: the steps move only when the greatest value passes 10, 15, 20, 30, 40, 50, 60, 80, 100, 150, …
function fullOf(most) {
  for (let power = FULL; ; power *= 10) {
    const full = [1, 1.5, 2, 3, 4, 5, 6, 8].map((times) => times * power).find((each) => each >= most);
    if (full !== undefined) return full;
  }
}

function byCount(colours, full) {
  const ends = [0, 1, 2, 3, 4].map((step) => Math.floor((full * step) / STEPS));
  const steps = [[0, 0], ...ends.slice(1).map((end, place) => [ends[place] + 1, end])];
  const stepOf = (value) => (value === null ? null : value <= 0 ? 0 : steps.findIndex(([, most]) => value <= most));
  return { colours, stepOf: (value) => (value > full ? STEPS : stepOf(value)), steps };
}

// Met; short of it by up to half of what is still no breach; by all of that; in breach; in breach as far again.
function byTarget({ direction, target, warn }) {
  const ends = [target, (target + warn) / 2, warn, 2 * warn - target];
  const sign = direction === "higher_is_better" ? 1 : -1;
  const stepOf = (value) => {
    if (value === null) return null;
    const met = ends.findIndex((end) => sign * value >= sign * end);
    return met === -1 ? STEPS : met;
  };
  const sides = [null, ...ends, null];
  const steps = [0, 1, 2, 3, 4].map((step) => (sign > 0 ? [sides[step + 1], sides[step]] : [sides[step], sides[step + 1]]));
  return { colours: "shade", stepOf, steps };
}

function byFifths() {
  const steps = [0, 1, 2, 3, 4].map((step) => [step / 5, (step + 1) / 5]);
  const stepOf = (value) => (value === null ? null : Math.min(STEPS, Math.max(0, Math.floor(5 * value))));
  return { colours: "tint", stepOf, steps };
}
