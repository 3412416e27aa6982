"""The pages of and about displays, at every size and in both languages: nothing is cut or lies on something else."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from dashboard.displays.code import ALPHABET
from dashboard.displays.facts import Heals, Report
from dashboard.displays.store import keep_report
from tests.browser.axe import serious
from tests.browser.page_looks import cut_texts, sideways, sticking_out, texts_on_each_other
from tests.building.televisions import Television
from tests.servers.browser import Visit
from tests.servers.displays import Centre
from tests.servers.people import sign_in_page

pytestmark = pytest.mark.browser

SIZES = [(1366, 768), (1920, 1080), (3840, 2160)]
Visitor = Callable[[int, int], Visit]


@pytest.fixture(scope="module")
def hung(closed_centre: Centre) -> Centre:
    """One display in each state, with long names and large figures."""
    _, first = closed_centre.television(name="Phòng họp trực tuyến tầng 2, Trung tâm Phục vụ hành chính công",
        scenes=["overview", "onestop", "documents", "conference", "map", "health"])  # fmt: skip
    _, second = closed_centre.television(name="Sảnh")
    _, revoked = closed_centre.television(name="Kho")
    closed_centre.operator(f"/displays/{revoked}/revoke", {})
    closed_centre.approve(Television(closed_centre.url).ask()["code"], name="Chưa treo")
    Television(closed_centre.url).ask()
    report = Report("b", "conference", 987_654_321, 123_456, 90_000_000, Heals(9999, 8888, 7777, 6666), 5555)
    with closed_centre.wall.connect() as connection:
        keep_report(connection, first, report, datetime.now(UTC))
        keep_report(connection, second, report, datetime(2026, 1, 1, tzinfo=UTC))
    return closed_centre


def check(page: Page, *, longer: bool, before: bool = False) -> None:
    """At each size. `longer`: it may be scrolled. `before`: a dialog lies before it."""
    page.evaluate("() => document.fonts.ready.then(() => null)")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert cut_texts(page) == [], width
        assert sticking_out(page) == [], width
        assert before or texts_on_each_other(page) == [], width
        assert sideways(page) <= 0, width
        assert longer or page.evaluate("() => document.documentElement.scrollHeight <= innerHeight"), width
    assert serious(page) == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_administrators_page(hung: Centre, visit: Visitor, lang: str) -> None:
    seen = visit(*SIZES[0])
    page = seen.page
    sign_in_page(page, hung.wall, "administrator")
    page.goto(f"{hung.url}/displays/?lang={lang}")
    page.wait_for_selector("#displays[data-freshness=live] .display-row[data-state=pending]")
    assert page.locator("html").get_attribute("lang") == lang
    states = page.eval_on_selector_all(".display-row[data-state]", "(rows) => rows.map((row) => row.dataset.state)")
    assert states == ["pending", "away", "live", "never", "revoked"]
    check(page, longer=True)
    page.locator("[data-key^=change]").nth(1).click()
    check(page, longer=True, before=True)
    assert seen.complaints == []
    assert {urlsplit(asked).netloc for asked in seen.asked if not asked.startswith("data:")} == {
        urlsplit(hung.url).netloc
    }


def test_a_code_of_the_widest_letters_fits_every_screen(hung: Centre, visit: Visitor) -> None:
    seen = visit(*SIZES[0])
    page = seen.page
    page.goto(f"{hung.url}/display/")
    page.wait_for_selector("#display[data-face=pending]")
    assert {"W", "M"} < set(ALPHABET)
    page.evaluate("() => { document.getElementById('code').textContent = 'WWMW-MWWM'; }")
    check(page, longer=False)
    assert seen.complaints == []


def test_what_a_revoked_or_stuck_screen_says_fits(hung: Centre, visit: Visitor) -> None:
    page = visit(*SIZES[0]).page
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    page.goto(f"{hung.url}/display/")
    page.wait_for_selector("#display[data-face=stuck]")
    check(page, longer=False)
