"""Signing in, out, and administering people, in a real Chromium."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import Page

from dashboard.accounts.facts import Change
from dashboard.accounts.store import change_account, set_password
from tests.servers.browser import Visit
from tests.servers.displays import Centre
from tests.servers.people import PASSWORD, account, enter, sign_in_page
from tests.servers.processes import wait_until

pytestmark = pytest.mark.browser

NEW = "một câu khác hẳn câu trước"
Visitor = Callable[[int, int], Visit]


@pytest.fixture
def desk(visit: Visitor, closed_centre: Centre) -> Page:
    """An administrator's browser, at the page about accounts."""
    page = visit(1366, 768).page
    sign_in_page(page, closed_centre.wall, "administrator")
    page.goto(f"{closed_centre.url}/accounts/")
    page.wait_for_selector("#accounts[data-freshness=live] .account-row")
    return page


def somebody(centre: Centre) -> str:
    login = f"b{uuid4().hex[:10]}"
    account(centre.wall.database, login, name="Hoa")
    return login


def test_by_keyboard_from_a_page_to_signing_in_and_back(closed_centre: Centre, visit: Visitor) -> None:
    login, page = somebody(closed_centre), visit(1366, 768).page
    page.goto(f"{closed_centre.url}/data/?lang=en")
    assert page.url == f"{closed_centre.url}/sign-in/?to=/data/%3Flang%3Den"
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector("#saying[data-standing=bad]")
    assert page.inner_text("#saying") == "Tên đăng nhập hoặc mật khẩu không đúng"
    assert page.input_value("#password") == ""
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{closed_centre.url}/data/?lang=en")
    page.wait_for_selector("#me summary")
    kept = page.evaluate("() => JSON.stringify([sessionStorage, localStorage, document.cookie])")
    assert PASSWORD not in kept
    assert "ioc_session" not in kept  # no script sees the session
    page.focus("#me summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{closed_centre.url}/sign-in/?lang=en")
    page.goto(f"{closed_centre.url}/data/")
    assert "/sign-in/" in page.url


@pytest.mark.parametrize(
    "to", ["/.//elsewhere.example/x", "//elsewhere.example/x", "https://elsewhere.example/", "http://[", "javascript:x"]
)
def test_signing_in_leads_to_no_other_house(closed_centre: Centre, visit: Visitor, to: str) -> None:
    login, page = somebody(closed_centre), visit(1366, 768).page
    page.goto(f"{closed_centre.url}/sign-in/?to={to}")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    with page.expect_navigation() as navigation:
        page.keyboard.press("Enter")
    assert navigation.value.url.startswith(f"{closed_centre.url}/")
    assert page.url.startswith(f"{closed_centre.url}/")


def test_a_password_of_somebody_elses_is_changed_before_anything_else(closed_centre: Centre, visit: Visitor) -> None:
    login, page = somebody(closed_centre), visit(1366, 768).page
    with psycopg.connect(closed_centre.wall.database, autocommit=True) as connection:
        set_password(connection, login, "của người khác đặt ra", "tests", datetime.now(UTC))
    page.goto(f"{closed_centre.url}/data/")
    page.fill("#login", login)
    page.fill("#password", "của người khác đặt ra")
    page.keyboard.press("Enter")
    page.wait_for_selector("#own_password #old:focus")
    page.keyboard.type("của người khác đặt ra")
    page.fill("#new", NEW)
    page.fill("#again", f"{NEW}!")
    page.keyboard.press("Enter")
    page.wait_for_selector("#saying[data-standing=bad]")
    assert page.inner_text("#saying") == "Hai lần nhập mật khẩu mới không giống nhau"
    page.fill("#again", NEW)
    page.keyboard.press("Enter")
    page.wait_for_selector("#data[data-freshness=live]")
    assert enter(closed_centre.url, login, NEW)


def test_an_administrator_adds_somebody_who_signs_in_with_the_password_shown_once(
    closed_centre: Centre, desk: Page
) -> None:
    login = f"n{uuid4().hex[:8]}"
    desk.fill("#new-login", login)
    desk.fill("#new-name", "Trần Thị Hoa")
    desk.select_option("#new-role", "leader")
    desk.check("#new-scope [value=no]")
    desk.check("#new-scope [value='03979']")
    desk.click("#add button[type=submit]")
    password = desk.inner_text("#one-time")
    assert re.fullmatch(r"([a-z2-9]{5}-){3}[a-z2-9]{5}", password)
    desk.click("#dialog .button-first")
    assert password not in desk.content()
    row = desk.locator(f".account-row[data-login={login}]")
    row.wait_for()
    assert "Phường Mộc Sơn" in row.inner_text()
    assert "phải đổi" in row.inner_text()
    assert enter(closed_centre.url, login, password)
    desk.wait_for_selector(f".account-row[data-login={login}] [data-key^=end]")
    desk.click(f"[data-key=disable-{login}]")
    desk.click("#dialog .button-grave")
    desk.wait_for_selector(f".account-row[data-login={login}][data-state=disabled]")
    assert f"Thêm tài khoản {login}" in desk.inner_text(".account-audit")


def test_a_login_that_is_taken_is_said_so_and_what_was_typed_stays(closed_centre: Centre, desk: Page) -> None:
    login = somebody(closed_centre)
    desk.fill("#new-login", login)
    desk.fill("#new-name", "Ai đó")
    desk.click("#add button[type=submit]")
    desk.wait_for_selector("#add .account-saying[data-standing=bad]")
    assert desk.inner_text("#add .account-saying") == "Tên đăng nhập hoặc mã định danh đã có người dùng"
    assert desk.input_value("#new-name") == "Ai đó"


def test_changing_the_scope_changes_nothing_else(closed_centre: Centre, desk: Page) -> None:
    login = somebody(closed_centre)
    desk.wait_for_selector(f".account-row[data-login={login}]")
    desk.click(f"[data-key=change-{login}]")
    desk.check("#old-scope [value=no]")
    desk.check("#old-scope [value='03980']")
    desk.click("#dialog button[type=submit]")
    desk.wait_for_selector("#dialog:not([open])", state="attached")
    row = desk.locator(f".account-row[data-login={login}]", has_text="Phường Mộc Châu")
    row.wait_for()
    assert "Cán bộ điều hành" in row.inner_text()


def test_a_page_whose_session_ended_leads_to_signing_in_when_it_is_looked_at(
    closed_centre: Centre, visit: Visitor
) -> None:
    login, page = somebody(closed_centre), visit(1366, 768).page
    sign_in_page(page, closed_centre.wall, login=login)
    page.goto(f"{closed_centre.url}/data/quality")
    page.wait_for_selector("#me summary")
    assert page.locator(".header a[href^='/accounts/']").is_hidden()  # an operator's role does not open it
    with psycopg.connect(closed_centre.wall.database, autocommit=True) as connection:
        change_account(connection, login, Change(disabled=True), "tests", datetime.now(UTC))
    me = f"{closed_centre.url}/sign-in/me"
    wait_until(lambda: page.request.get(me).json()["person"] is None, what="the end of the session")
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_url(f"{closed_centre.url}/sign-in/?to=%2Fdata%2Fquality")
