"""Scenes in turn: what is in breach is seen longer and sooner, and everything is seen."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.servers.browser import Visit
from tests.servers.wall import Wall

pytestmark = pytest.mark.browser

_RUNS = """async ([seeds, turns, flips]) => {
  const { nextScene } = await import("/wall/assets/wall/rotation_order.js");
  const random = (seed) => () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const run = (seed) => {
    const dice = random(seed);
    const count = 2 + Math.floor(5 * dice());
    const share = dice();
    const scenes = Array.from({ length: count }, (_, place) => ({
      name: `s${place}`, ready: true, breach: dice() < share, anew: false, shown: place === 0 ? 1 : 0 }));
    let current = scenes[0];
    const steps = [];
    for (let turn = 2; turn < turns; turn += 1) {
      for (const scene of scenes) {
        if (dice() >= flips) continue;
        scene.breach = !scene.breach;
        scene.anew = scene.breach && scene !== current;
      }
      const before = scenes.map((scene) => ({ ...scene }));
      const next = nextScene(scenes, current.name, turn, 20);
      steps.push({ turn, before, current: current.name, next });
      current = scenes.find(({ name }) => name === next.name);
      current.shown = turn;
      current.anew = false;
    }
    return steps;
  };
  return Array.from({ length: seeds }, (_, seed) => run(seed));
}"""
Step = dict[str, Any]


def runs(visit: Callable[[int, int], Visit], wall: Wall, *, flips: float) -> list[list[Step]]:
    """Many rotations of some scenes, of which each comes into breach or leaves it with that probability each turn."""
    page = visit(1366, 768).page
    page.goto(f"{wall.url}/wall/assets/wall/rotation_order.js")
    found: list[list[Step]] = page.evaluate(_RUNS, [25, 50, flips])
    return found


def test_no_two_calm_scenes_follow_each_other_while_another_one_is_in_breach(
    wall: Wall, visit: Callable[[int, int], Visit]
) -> None:
    for run in runs(visit, wall, flips=0.1):
        for step in run:
            breach = {scene["name"]: scene["breach"] for scene in step["before"]}
            others = any(breach[name] for name in breach if name != step["current"])
            assert step["next"]["name"] != step["current"]
            assert not others or breach[step["current"]] or breach[step["next"]["name"]]
            assert step["next"]["seconds"] == (40 if breach[step["next"]["name"]] else 20)


def test_every_scene_is_shown_within_a_bounded_time_whatever_comes_into_breach(
    wall: Wall, visit: Callable[[int, int], Visit]
) -> None:
    for flips, bound in ((0.0, 2), (0.5, 4)):
        for run in runs(visit, wall, flips=flips):
            for step in run:
                waited = max(step["turn"] - max(scene["shown"], 1) for scene in step["before"])
                assert waited <= bound * len(step["before"]) + 1


def test_a_scene_in_breach_is_returned_to_sooner_than_a_calm_one(
    wall: Wall, visit: Callable[[int, int], Visit]
) -> None:
    for run in runs(visit, wall, flips=0.0):
        scenes = run[0]["before"]
        shown = [step["next"]["name"] for step in run]
        often = {
            kind: [shown.count(each["name"]) for each in scenes if each["breach"] is kind] for kind in (True, False)
        }
        if often[True] and often[False] and len(scenes) > 2:
            assert min(often[True]) > max(often[False])


def test_what_comes_into_breach_is_shown_next_and_what_has_no_figures_not_at_all(
    wall: Wall, visit: Callable[[int, int], Visit]
) -> None:
    page = visit(1366, 768).page
    page.goto(f"{wall.url}/wall/assets/wall/rotation_order.js")
    ask = """async ([scenes, current, turn]) => {
      const { nextScene } = await import("/wall/assets/wall/rotation_order.js");
      return nextScene(scenes, current, turn, 20);
    }"""

    def scene(name: str, shown: int, *traits: str) -> dict[str, object]:
        return {"name": name, "shown": shown, "ready": "empty" not in traits,
                "breach": "breach" in traits or "anew" in traits, "anew": "anew" in traits}  # fmt: skip

    calm = [scene("a", 4), scene("b", 1), scene("c", 3, "anew"), scene("d", 2)]
    assert page.evaluate(ask, [calm, "a", 5]) == {"name": "c", "seconds": 40}
    several = [scene("a", 4), scene("b", 1, "breach"), scene("c", 3, "anew")]
    assert page.evaluate(ask, [several, "a", 5]) == {"name": "c", "seconds": 40}
    empty = [scene("a", 4), scene("b", 1, "empty"), scene("c", 3)]
    assert page.evaluate(ask, [empty, "a", 5])["name"] == "c"
    all_empty = [scene("a", 4, "empty"), scene("b", 1, "empty")]
    assert page.evaluate(ask, [all_empty, "a", 5])["name"] == "b"


def test_scenes_are_shown_in_turn_and_wait_for_whoever_points(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    seen = visit(1366, 768)
    page = seen.page
    page.clock.install()
    page.goto(f"{wall.url}/wall/rotation?scenes=overview,documents&seconds=5")
    page.wait_for_selector("#wall[data-freshness=live]")
    assert _bar(page) == {"under": "to-overview", "state": "running"}
    page.clock.run_for(11_000)  # the overview is in breach: it is held twice as long
    page.wait_for_selector("#scene-documents[data-shown=yes]")
    assert page.evaluate("() => window.__ioc.scene") == "documents"
    assert page.get_attribute("#to-documents", "aria-current") == "page"
    page.wait_for_selector("#scene-overview", state="hidden")
    page.mouse.move(300, 300)
    page.clock.run_for(50_000)
    assert page.evaluate("() => window.__ioc.scene") == "documents"
    assert _bar(page) == {"under": "to-documents", "state": "paused"}
    page.clock.run_for(13_000)
    page.wait_for_selector("#scene-overview[data-shown=yes]")
    assert seen.complaints == []


def _bar(page: Page) -> Any:
    return page.evaluate("""() => {
      const bars = document.getAnimations().filter(({ effect }) => effect.pseudoElement === "::before");
      return bars.map(({ effect, playState }) => ({ under: effect.target.id, state: playState }))[0];
    }""")
