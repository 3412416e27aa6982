"""Outages as long as they are: how soon a wall says so, how soon its figures are right again. `IOC_CHAOS=1` runs them.

Each prints what it measured (`pytest -s`); docs/wall.md quotes it.
"""

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from ioc.bench.faults_network import Weather
from tests.browser.district import receive
from tests.servers.browser import Visit
from tests.servers.displays import Centre
from tests.servers.network import Cable, cable_to
from tests.servers.processes import wait_until
from tests.servers.wall import Wall

pytestmark = [
    pytest.mark.browser,
    pytest.mark.chaos,
    pytest.mark.skipif(os.environ.get("IOC_CHAOS") != "1", reason="takes minutes: IOC_CHAOS=1 runs it"),
]

Visiting = Callable[[int, int], Visit]
RECEIVED = "#overview-value-received_today"


@pytest.fixture
def cable(own_wall: Wall) -> Iterator[Cable]:
    """The network between a wall of one's own and its pages."""
    with cable_to(own_wall.port) as cable:
        yield cable


def opened(visit: Visiting, url: str) -> Page:
    """A live page."""
    page = visit(1366, 768).page
    page.goto(f"{url}/wall/")
    page.wait_for_selector("#wall[data-freshness=live]")
    return page


def seconds_until(page: Page, holds: Callable[[], bool], *, within: float) -> float:
    """How long it took; fails when it takes longer."""
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < within, f"it did not come true within {within} s"
        page.wait_for_timeout(50)
    return time.monotonic() - begun


def state(page: Page) -> str:
    """What it says of itself."""
    said: str = page.evaluate("() => window.__ioc.state")
    return said


def happen(wall: Wall, page: Page) -> Callable[[], bool]:
    """Something happens while the page can't know; answers what asks whether the page shows it."""
    now = int(page.inner_text(RECEIVED).replace(".", ""))
    with wall.connect() as connection:
        receive(connection, 3980, 7)
    return lambda: state(page) == "live" and page.inner_text(RECEIVED).replace(".", "") == str(now + 7)


def test_figures_are_right_within_10_seconds_of_a_restart(own_wall: Wall, visit: Visiting) -> None:
    page = opened(visit, own_wall.url)
    said, right = [], []
    for _ in range(5):
        own_wall.stop()
        said.append(seconds_until(page, lambda: state(page) == "lost", within=15))
        is_shown = happen(own_wall, page)
        own_wall.start()
        right.append(seconds_until(page, is_shown, within=10))
    print(f"\nrestart: said {_worst(said)}, right {_worst(right)}; {_heals(page)}")


@pytest.mark.parametrize("weather", [Weather.REFUSING, Weather.SILENT, Weather.BAD_GATEWAY])
def test_figures_are_right_within_60_seconds_of_the_networks_return(
    own_wall: Wall, cable: Cable, visit: Visiting, weather: Weather
) -> None:
    page = opened(visit, cable.url)
    said, right = [], []
    for _ in range(3):
        cable.turn(weather)
        said.append(seconds_until(page, lambda: state(page) == "lost", within=15))
        is_shown = happen(own_wall, page)
        page.wait_for_timeout(20_000)
        cable.turn(Weather.CLEAR)
        right.append(seconds_until(page, is_shown, within=60))
    print(f"\nnetwork {weather}: said {_worst(said)}, right {_worst(right)}; {_heals(page)}")


def test_a_page_that_hangs_is_covered_by_a_sign_while_no_script_runs(
    own_wall: Wall, visit: Visiting, chromium: Browser
) -> None:
    page = opened(visit, own_wall.url)
    page.wait_for_timeout(2_000)
    cast = page.context.new_cdp_session(page)
    frames: list[tuple[float, str]] = []
    seen: list[int] = []  # the next picture comes only once one was acknowledged

    def note(frame: dict[str, Any]) -> None:
        frames.append((time.monotonic(), frame["data"]))
        seen.append(frame["sessionId"])

    cast.on("Page.screencastFrame", note)
    cast.send("Page.startScreencast", {"format": "png"})
    page.evaluate("""() => { setTimeout(() => {
      const until = performance.now() + 20_000;
      while (performance.now() < until);
    }, 0); }""")
    begun = time.monotonic()
    while time.monotonic() < begun + 18:
        while seen:
            cast.send("Page.screencastFrameAck", {"sessionId": seen.pop()})
        chromium.new_browser_cdp_session().detach()  # lets messages in; the page itself answers nothing
        time.sleep(0.1)
    during = [(at - begun, data) for at, data in frames if at > begun + 5]
    assert during, "nothing new was drawn while the page hung"
    red, _, blue = _middle(visit(300, 300).page, during[-1][1])
    assert red > 200 and red - blue > 80, "not in the colour of the band"  # noqa: PT018 - one colour
    print(f"\nhang: the sign was there after {during[-1][0]:.1f} s")
    seconds_until(page, lambda: state(page) == "live", within=15)
    seconds_until(page, lambda: _heals(page)["refetch"] == 1, within=5)
    assert _heals(page)["stall"] == 1
    assert _heals(page)["reload"] == 0


def test_a_display_reports_each_minute_and_its_worker_reports_while_it_hangs(
    closed_centre: Centre, chromium: Browser
) -> None:
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.goto(f"{closed_centre.url}/display/")
    page.wait_for_selector("#display[data-face=pending]")
    number = closed_centre.approve(page.inner_text("#code"))
    page.wait_for_selector("#wall[data-freshness=live]", timeout=30_000)
    seconds_until(page, lambda: (closed_centre.listed(number)["nodes"] or 0) > 100, within=20)
    told = closed_centre.listed(number)
    assert told["scene"] == "overview"
    assert told["build"] == page.evaluate("() => JSON.parse(document.getElementById('wall').dataset.page).build")
    assert (told["stalls"], told["reloads"]) == (0, 0)
    page.evaluate("""() => { setTimeout(() => {
      const until = performance.now() + 25_000;
      while (performance.now() < until);
    }, 0); }""")
    begun = time.monotonic()
    wait_until(lambda: closed_centre.listed(number)["stalls"] == 1, seconds=22, what="the worker's report")
    print(f"\nhang: the worker reported after {time.monotonic() - begun:.1f} s")
    context.close()


def _middle(page: Page, png: str) -> Any:
    """The colour near the left edge, halfway down."""
    return page.evaluate(
        """async (png) => {
      const image = new Image();
      image.src = `data:image/png;base64,${png}`;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
      canvas.drawImage(image, 0, 0);
      return [...canvas.getImageData(image.width / 20, image.height / 2, 1, 1).data].slice(0, 3);
    }""",
        png,
    )


def _heals(page: Page) -> dict[str, int]:
    counted: dict[str, int] = page.evaluate("() => ({ ...window.__ioc.heals })")
    return counted


def _worst(seconds: list[float]) -> str:
    return f"worst of {len(seconds)}: {max(seconds):.1f} s"
