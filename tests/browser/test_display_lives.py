"""A television in a real Chromium: enrolled, approved at the administrator's page, at work, revoked, and come back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from ioc.tools import CHROMIUM
from tests.servers.browser import _QUIET
from tests.servers.displays import Centre
from tests.servers.people import sign_in_page

pytestmark = pytest.mark.browser


@pytest.fixture
def somewhere(chromium: Browser) -> Iterator[Callable[[], Page]]:
    """Opens a page in a browser of its own: another machine, with no cookies and no keys of the others."""
    contexts: list[BrowserContext] = []

    def make() -> Page:
        context = chromium.new_context(viewport={"width": 1366, "height": 768})
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


def waiting(page: Page, centre: Centre) -> str:
    """Open the landing page; answers the code that it shows."""
    page.goto(f"{centre.url}/display/")
    page.wait_for_selector("#display[data-face=pending]")
    return page.inner_text("#code")


def signed_in(page: Page, centre: Centre) -> None:
    sign_in_page(page, centre.wall, "administrator")
    page.goto(f"{centre.url}/displays/")
    page.wait_for_selector("#displays[data-freshness=live]")


def at_work(page: Page) -> None:
    page.wait_for_url("**/wall/rotation", timeout=30_000)
    page.wait_for_selector("#wall[data-freshness=live]", timeout=30_000)


def test_from_the_code_on_the_screen_to_the_wall_and_out_again(
    closed_centre: Centre, somewhere: Callable[[], Page]
) -> None:
    television, desk = somewhere(), somewhere()
    code = waiting(television, closed_centre)
    signed_in(desk, closed_centre)
    assert code not in desk.content()  # who approves has to stand before the screen
    desk.fill("#new-code", "wrong")
    desk.fill("#new-name", "Sảnh tầng 1")
    desk.click("#approve button[type=submit]")
    desk.wait_for_selector("#approve .display-saying[data-standing=bad]")
    desk.fill("#new-code", code.lower())
    desk.check("#approve [value=health]")
    desk.click("#approve button[type=submit]")
    desk.wait_for_selector("#approve .display-saying[data-standing=good]")
    at_work(television)
    assert television.locator("html[data-display=yes]").count() == 1
    row = desk.locator(".display-row", has_text="Sảnh tầng 1")
    row.locator("[data-key^=change]").click()
    desk.fill("#old-name", "Phòng họp")
    desk.select_option("#old-theme", "light")
    desk.click("#dialog button[type=submit]")
    television.wait_for_selector("html[data-theme=light]", timeout=20_000)  # by itself
    at_work(television)
    desk.locator(".display-row", has_text="Phòng họp").locator("[data-key^=revoke]").click()
    desk.click("#dialog .button-grave")
    television.wait_for_selector("#display[data-face=revoked]", timeout=20_000)  # by itself
    desk.wait_for_selector(".display-row[data-state=revoked]")
    television.click("#again")
    television.wait_for_selector("#display[data-face=pending]")
    assert television.inner_text("#code") != code


def test_a_display_comes_back_by_itself_with_the_key_that_lies_in_its_browser(
    closed_centre: Centre, chromium: Browser, tmp_path: Path
) -> None:
    def machine(profile: str) -> BrowserContext:
        engine = chromium.browser_type
        return engine.launch_persistent_context(tmp_path / profile, executable_path=CHROMIUM.path, args=_QUIET)

    with machine("profile") as before:
        closed_centre.approve(waiting(before.new_page(), closed_centre))
        at_work(before.pages[-1])
        before.clear_cookies()  # as if the session had run out while the machine was off
    with machine("profile") as after:
        page = after.new_page()
        page.goto(f"{closed_centre.url}/wall/rotation")  # leads to the landing page, which proves the key
        at_work(page)
        kept = page.evaluate(
            "async () => { const { keptKey } = await import('/display/assets/display/keys.js');"
            " const { privateKey } = await keptKey();"
            " return [privateKey.extractable, await crypto.subtle.exportKey('jwk', privateKey).catch((e) => e.name)]; }"
        )
        assert kept == [False, "InvalidAccessError"]
    with machine("another profile") as wiped:
        waiting(wiped.new_page(), closed_centre)


def test_the_landing_page_outlives_its_server(closed_centre: Centre, somewhere: Callable[[], Page]) -> None:
    page = somewhere()
    code = waiting(page, closed_centre)
    closed_centre.wall.stop()
    page.wait_for_selector("#display[data-face=pending-away]", timeout=20_000)
    assert page.inner_text("#code") == code
    closed_centre.wall.start()
    page.wait_for_selector("#display[data-face=pending]", timeout=45_000)
    assert page.inner_text("#code") == code
    closed_centre.approve(code)
    at_work(page)


def test_where_no_key_can_be_made_the_page_says_what_to_do(
    closed_centre: Centre, somewhere: Callable[[], Page]
) -> None:
    page = somewhere()
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    page.goto(f"{closed_centre.url}/display/")
    page.wait_for_selector("#display[data-face=stuck]")
    assert "https://" in page.inner_text("#what")
    assert f"--trust-plain-http {closed_centre.url}/display/" in page.inner_text("#what code")
