"""Opening the operators' queue, and looking into its grid."""

from typing import Any

from playwright.sync_api import Locator, Page

from tests.servers.wall import Wall

_ROWS = """() => [...document.querySelectorAll("#grid .row:not([hidden])")]
  .filter((row) => row.dataset.case !== undefined)
  .map((row) => ({ place: Number(row.getAttribute("aria-rowindex")) - 2, case: row.dataset.case }))
  .sort((one, other) => one.place - other.place)"""


def opened(page: Page, wall: Wall, query: str = "") -> Page:
    """The queue, with its first rows and live."""
    page.goto(f"{wall.url}/ops/?{query}")
    settled(page)
    page.wait_for_selector("main[data-freshness=live]")
    return page


def settled(page: Page) -> None:
    """Wait until the list that the address asks for is drawn."""
    page.wait_for_selector("#queue[data-busy=no]")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))")


def rows(page: Page) -> list[dict[str, Any]]:
    """The rows that are drawn, in order: {place, case}."""
    return list(page.evaluate(_ROWS))


def active(page: Page) -> Locator:
    """The active row."""
    return page.locator("#grid .row[data-active]")


def row_of(page: Page, case: str) -> Locator:
    """The row of a case."""
    return page.locator(f'#grid .row[data-case="{case}"]')
