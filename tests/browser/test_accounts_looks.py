"""The pages of and about people, at every size and in both languages: nothing is cut or lies on something else."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import psycopg
import pytest
from playwright.sync_api import Page

from dashboard.accounts.facts import Change, NewAccount
from dashboard.accounts.store import add_account, change_account
from tests.browser.axe import serious
from tests.browser.page_looks import cut_texts, sideways, sticking_out, texts_on_each_other
from tests.servers.browser import Visit
from tests.servers.displays import Centre
from tests.servers.people import account, sign_in_page

pytestmark = pytest.mark.browser

SIZES = [(1366, 768), (1920, 1080)]
Visitor = Callable[[int, int], Visit]


@pytest.fixture(scope="module")
def peopled(closed_centre: Centre) -> Centre:
    """People in every state, with long names and scopes."""
    database, day = closed_centre.wall.database, date(2026, 7, 1)
    long = "Nguyễn Thị Thanh Huyền, Phó Chánh Văn phòng phụ trách Trung tâm Phục vụ hành chính"
    account(database, "huyen", "leader", [("03979", day), ("03980", day), ("04033", day), ("03985", date(2025, 1, 31))],
        name=long[:80])  # fmt: skip
    account(database, "x" * 40, "analyst", name="W" * 60)
    with psycopg.connect(database, autocommit=True) as connection:
        now = datetime.now(UTC)
        add_account(connection, NewAccount("minh", "Minh", "operator", None, "minh.le@" + "a" * 60), None, "tests", now)
        change_account(connection, "x" * 40, Change(disabled=True), "tests", now)
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


@pytest.mark.parametrize(("lang", "theme"), [("vi", "dark"), ("en", "light")])
def test_the_page_about_accounts(peopled: Centre, visit: Visitor, lang: str, theme: str) -> None:
    seen = visit(*SIZES[0])
    page = seen.page
    sign_in_page(page, peopled.wall, "administrator")
    page.goto(f"{peopled.url}/accounts/?lang={lang}&theme={theme}")
    page.wait_for_selector("#accounts[data-freshness=live] .account-row[data-state=disabled]")
    page.wait_for_selector("#me summary")
    check(page, longer=True)
    page.check("#new-scope [value=no]")
    check(page, longer=True)
    page.click("[data-key=change-huyen]")
    check(page, longer=True, before=True)
    assert seen.complaints == []


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", ["/sign-in/", "/sign-in/password", "/nowhere", "/accounts/"])
def test_the_pages_outside_the_frame(peopled: Centre, visit: Visitor, path: str, lang: str) -> None:
    page = visit(*SIZES[0]).page
    if path != "/sign-in/":
        sign_in_page(page, peopled.wall, "leader")
    page.goto(f"{peopled.url}{path}?lang={lang}")
    page.wait_for_selector("main.entrance")
    assert page.locator("html").get_attribute("lang") == lang
    check(page, longer=False)
