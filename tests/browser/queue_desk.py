"""Opening the operators' queue, and looking into its grid."""

from typing import Any

from playwright.sync_api import Locator, Page

from tests.servers.centre import Centre
from tests.servers.people import signed_in

_ROWS = """() => [...document.querySelectorAll("#grid .row:not([hidden])")]
  .filter((row) => row.dataset.case !== undefined)
  .map((row) => ({ place: Number(row.getAttribute("aria-rowindex")) - 2, case: row.dataset.case }))
  .sort((one, other) => one.place - other.place)"""


_SESSIONS: dict[tuple[str, str], dict[str, str]] = {}


def sit_down(page: Page, centre: Centre, login: str) -> None:
    """Give a browser the session that this person has already, or a new one: signing in is meant to take long."""
    asked = (centre.url, login)
    if asked not in _SESSIONS:
        _SESSIONS[asked] = signed_in(centre, login=login)
    [(name, value)] = _SESSIONS[asked].items()
    page.context.add_cookies([{"name": name, "value": value, "url": centre.url}])


def opened(page: Page, centre: Centre, query: str = "") -> Page:
    """The queue, with its first rows and live."""
    page.goto(f"{centre.url}/ops/?{query}")
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
