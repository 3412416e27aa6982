"""What is on the screen is as old as what was painted last, and a page that can't start is not opened for ever."""

from collections.abc import Callable

import pytest

from tests.servers.browser import Visit
from tests.servers.wall import Wall

pytestmark = pytest.mark.browser

_UNPAINTABLE = """async () => {
  window.__ioc = {};
  const { Stage } = await import("/wall/assets/wall/stage.js");
  const { PAINTERS } = await import("/wall/assets/wall/scenes/index.js");
  let fails = false;
  PAINTERS.overview = PAINTERS.map = () => {
    if (fails) throw new Error("this can't be painted");
  };
  window.addEventListener("error", (event) => event.preventDefault());
  const facts = (name) => ({ name, tiles: [], words: {} });
  const stage = new Stage({ scenes: [facts("overview"), facts("map")] }, { sign: () => {} });
  const frame = (scene) => ({ scene, board: { kpis: {} } });
  const old = frame("map");
  stage.show("map");
  stage.receive(old, 600);
  stage.show("overview");
  fails = true;
  stage.receive(frame("map"), 0);
  stage.show("map");
  const [overview, map] = stage.scenes;
  stage.receive(frame("overview"), 0);
  stage.show("overview");
  return { seconds: map.read.seconds, isOld: map.frame === old, never: [overview.frame, overview.read] };
}"""


def test_a_frame_that_came_unseen_and_cannot_be_painted_makes_the_figures_no_younger(
    wall: Wall, visit: Callable[[int, int], Visit]
) -> None:
    page = visit(1366, 768).page
    page.goto(f"{wall.url}/wall/assets/wall/stage.js")
    told = page.evaluate(_UNPAINTABLE)
    assert told["seconds"] >= 600
    assert told["isOld"] is True
    assert told["never"] == [None, None]


def test_a_page_that_never_starts_is_opened_anew_ever_more_seldom(
    wall: Wall, visit: Callable[[int, int], Visit]
) -> None:
    page = visit(1366, 768).page
    page.goto(f"{wall.url}/wall/assets/wall/healing/pauses.js")
    ask = """async () => {
      const { pauseBeforeStart } = await import("/wall/assets/wall/healing/pauses.js");
      return [0, 1, 2, 3, 4, 8, 1000].map((inVain) => pauseBeforeStart(inVain));
    }"""
    pauses = page.evaluate(ask)
    assert pauses[:3] == [0, 0, 0]
    assert all(30_000 <= pause <= 3_600_000 for pause in pauses[3:])
    assert pauses[-1] > 0
