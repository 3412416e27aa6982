// Which scene comes next, and for how long: what is in breach is held longer and returned to sooner, and yet everything
// is shown within a bounded time.

const HELD_LONGER = 2;
const SOONER = 2;

/** Seconds for which a scene is shown. */
export const holdOf = (scene, seconds) => seconds * (scene.breach ? HELD_LONGER : 1);

/**
 * The scene to show after `current`, as {name, seconds}; it is another one where there is one.
 *
 * `scenes`: {name, ready, breach, anew, shown}. ready: it has figures; one without is passed over unless none has any.
 * anew: it came into breach after it was last seen. shown: in which turn it was last shown, 0 for never; `turn` is the
 * one that is to begin.
 *
 * After a calm scene comes one in breach, where another one is. Else the first of: what waited for twice as many turns
 * as there are scenes; what came into breach anew; what waited longest, where a turn counts double in breach.
 */
export function nextScene(scenes, current, turn, seconds) {
  const ready = scenes.some((scene) => scene.ready) ? scenes.filter((scene) => scene.ready) : scenes;
  const others = ready.filter((scene) => scene.name !== current);
  const now = scenes.find((scene) => scene.name === current);
  if (others.length === 0) return { name: ready[0].name, seconds: holdOf(ready[0], seconds) };
  const breaching = others.filter((scene) => scene.breach);
  const candidates = now?.breach || breaching.length === 0 ? others : breaching;
  const waited = (scene) => turn - scene.shown;
  const urgency = (scene) => {
    if (waited(scene) > 2 * ready.length) return [2, waited(scene)];
    if (scene.breach && scene.anew) return [1, waited(scene)];
    return [0, waited(scene) * (scene.breach ? SOONER : 1)];
  };
  const next = candidates.reduce((best, scene) => (isBefore(urgency(scene), urgency(best)) ? scene : best));
  return { name: next.name, seconds: holdOf(next, seconds) };
}

const isBefore = ([rank, amount], [bestRank, bestAmount]) =>
  rank > bestRank || (rank === bestRank && amount > bestAmount);
