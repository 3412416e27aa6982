"""A page of the wall that is fed by hand, frame by frame: what changes in it is what a test sent."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.browser.scene_frames import frame_of
from tests.servers.browser import Visit
from tests.servers.wall import Wall

_BY_HAND = """
window.EventSource = class {
  constructor() { this.on = {}; window.feed = this; }
  addEventListener(name, act) { (this.on[name] ??= []).push(act); }
  close() {}
};
window.tell = (name, told) => window.feed.on[name].forEach((act) => act({ data: told }));
"""


class Fed:
    """`page` shows the scene of `frame`, whose `board` is changed at will; `send` makes it show that."""

    def __init__(self, page: Page, frame: dict[str, Any]) -> None:
        self.page = page
        self.frame = frame
        self.board: dict[str, Any] = frame["board"]

    def send(self) -> None:
        """Send the frame as it is now, and wait until it was painted."""
        self.page.evaluate("([told]) => window.tell('board', told)", [json.dumps(self.frame)])
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def opened(
    wall: Wall, visit: Callable[[int, int], Visit], path: str = "", *, scene: str = "overview", still: bool = False
) -> Fed:
    """A page at 1080p; `still` where whoever looks has asked for little motion."""
    page = visit(1920, 1080).page
    if still:
        page.emulate_media(reduced_motion="reduce")
    page.add_init_script(_BY_HAND)
    build, frame = frame_of(wall, scene)
    page.goto(f"{wall.url}/wall/{path}")
    page.wait_for_function("() => window.feed !== undefined")
    page.evaluate("([told]) => window.tell('hello', told)", [json.dumps({"build": build, "ages": {scene: 0}})])
    page.evaluate("() => document.fonts.ready.then(() => null)")
    fed = Fed(page, frame)
    fed.send()
    return fed
