"""Frames of a scene that a test makes up: what the wall sends of it, with other figures in it."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx
from playwright.sync_api import Page

from tests.browser.looks import cut_texts, outside, overlaps, scrolls, smallest_text, texts_on_each_other
from tests.servers.browser import Visit
from tests.servers.wall import Wall

SIZES = ((1366, 768), (1920, 1080))  # at 4K all is twice as large as at 1080p: test_wall_looks.py looks at that
LOOKS = (("vi", "dark"), ("en", "light"))


def frame_of(wall: Wall, scene: str) -> tuple[str, dict[str, Any]]:
    """The build of the wall, and the newest frame of a scene."""
    told = httpx.get(f"{wall.url}/feed/wall/now", params={"scenes": scene}, timeout=10).json()
    [frame] = told["frames"]
    del frame["age"]
    return told["build"], frame


def with_values(frame: dict[str, Any], value_of: Callable[[str], float | None], state: str = "live") -> dict[str, Any]:
    """The frame with another value for each KPI, of the area and of each unit, all in the same state."""
    board = frame["board"]
    for name, figure in board["kpis"].items():
        value = value_of(name)
        figure |= {"value": value, "before": value, "num": None, "den": None, "state": state, "restated": None}
    board["units"] = {unit: {name: value_of(name) for name in board["kpis"]} for unit in board["units"]}
    board["states"] = {unit: dict.fromkeys(board["kpis"], state) for unit in board["units"] if state != "live"}
    board |= {"state": state, "late": {unit: list(of_unit) for unit, of_unit in board["states"].items()}}
    return frame


def open_with(wall: Wall, visit: Callable[[int, int], Visit], frame: Mapping[str, Any], query: str) -> Visit:
    """The page of the frame's scene, which hears of nothing but this frame."""
    scene = frame["scene"]
    build, _ = frame_of(wall, scene)
    hello = {"build": build, "ages": {scene: 0}}
    said = f"event: hello\ndata: {json.dumps(hello)}\n\nevent: board\ndata: {json.dumps(frame)}\n\n"
    now = {"build": build, "frames": [{**frame, "age": 0}]}
    seen = visit(*SIZES[0])
    seen.page.route("**/feed/wall?*", lambda route: route.fulfill(body=said, content_type="text/event-stream"))
    seen.page.route("**/feed/wall/now?*", lambda route: route.fulfill(json=now))
    seen.page.goto(f"{wall.url}/wall/{scene}?{query}")
    return seen


def assert_well_laid_out(page: Page, boxes: str) -> None:
    """At every size nothing is cut, lies on something else or leaves the display, and all can be read from afar."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("() => document.fonts.ready.then(() => null)")
        page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))"
        )
        where = f"{page.url} at {width}×{height}"
        assert cut_texts(page) == [], where
        assert texts_on_each_other(page) == [], where
        assert overlaps(page, ".panel, .header, .footer") == [], where
        assert overlaps(page, boxes) == [], where
        assert outside(page) == [], where
        assert not scrolls(page), where
        assert smallest_text(page) >= 20 * width / 1920 - 0.1, where
