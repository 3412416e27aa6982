"""Displays with a browser: real pages of the wall, which write down themselves when they had painted what."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from ioc.errors import IocError
from ioc.tools import CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync")  # fmt: skip
_TAKE_OUT = "window.__ioc.painted.splice(0)"
_IS_PAINTED = "window.__ioc?.painted.length > 0"
_CLOCK = "performance.timeOrigin + performance.now()"
DISPLAY: "ViewportSize" = {"width": 1920, "height": 1080}
_FIRST_BOARD_WITHIN = 30.0  # seconds


class Painted(msgspec.Struct, frozen=True, kw_only=True):
    """A board on the screen (dashboard/assets/wall/painted.js); moments in ms since 1970."""

    positions: dict[int, int]
    now: float
    received_at: float
    painted_at: float


class Pages:
    """Some pages of the wall in one browser, and all that they have painted so far."""

    def __init__(self, pages: Sequence["Page"]) -> None:
        self._pages = pages
        self.painted: list[list[Painted]] = [[] for _ in pages]

    def read_out(self) -> None:
        """Take over what was painted since the last time."""
        for page, painted in zip(self._pages, self.painted, strict=True):
            painted.extend(msgspec.convert(page.evaluate(_TAKE_OUT), list[Painted], str_keys=True))

    def cuts(self) -> list[Mapping[int, int]]:
        """How far the log was applied in what each page shows."""
        return [painted[-1].positions if painted else {} for painted in self.painted]

    def pause(self, seconds: float) -> None:
        """Wait, and let the browser's messages in meanwhile."""
        self._pages[0].wait_for_timeout(1000 * seconds)

    def clock_difference(self) -> float:
        """How far (ms) the browsers' clock is ahead of ours, by the quickest of some questions."""
        asked = []
        for _ in range(10):
            before = 1000 * time.time()
            theirs = self._pages[0].evaluate(_CLOCK)
            after = 1000 * time.time()
            asked.append((after - before, theirs - (before + after) / 2))
        return float(min(asked)[1])


@contextmanager
def open_pages(address: str, count: int) -> Iterator[Pages]:
    """Open so many pages of 1920×1080, each of which has painted its first board; raises `IocError`."""
    with _browser() as browser:
        pages = [browser.new_page(viewport=DISPLAY) for _ in range(count)]
        for page in pages:
            page.goto(address)
            _await_first_board(page)
        yield Pages(pages)


@contextmanager
def browser_page() -> Iterator["Page"]:
    """One empty page of 1920×1080; raises `IocError`."""
    with _browser() as browser:
        yield browser.new_page(viewport=DISPLAY)


@contextmanager
def _browser() -> Iterator["Browser"]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise IocError("playwright is missing: install the development dependencies (`make setup`)") from None
    if CHROMIUM.path is None:
        raise IocError(CHROMIUM.advice)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM.path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def _await_first_board(page: "Page") -> None:
    # Not by the library's own waiting, which evaluates text within the page: the wall's policy forbids that.
    deadline = time.monotonic() + _FIRST_BOARD_WITHIN
    while not page.evaluate(_IS_PAINTED):
        if time.monotonic() > deadline:
            raise IocError(f"the wall painted nothing within {_FIRST_BOARD_WITHIN:g} s")
        page.wait_for_timeout(50)
