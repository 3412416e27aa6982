"""From a red tile to a solved case, by keyboard alone: tile, cases, case, acknowledge, assign, letter, export."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dashboard.text import words_in
from tests.servers.browser import Visit
from tests.servers.centre import Centre, an_open_case
from tests.servers.people import PASSWORD, account

pytestmark = pytest.mark.browser
_LATE = 6101
_FOCUSED = "() => [document.activeElement.getAttribute('href') ?? '', document.activeElement.innerText.trim()]"


def tab_to(page: Page, where: Callable[[str, str], bool], what: str) -> None:
    """Press Tab until the focus lies on what is meant, by its address and text."""
    for _ in range(150):
        href, text = page.evaluate(_FOCUSED)
        if where(href, text):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{what} is not reached by Tab")


def test_the_whole_way_is_gone_by_keyboard_alone(
    shared_centre: Centre, visit: Callable[[int, int], Visit]
) -> None:  # fmt: skip
    late = an_open_case(_LATE, due_in_days=-6, unit="04033")
    shared_centre.append([late.sync()])
    account(shared_centre.database, "hoa", name="Hoa")
    seen = visit(1920, 1080)
    number = from_the_tile_to_its_passport(seen.page, shared_centre.url)
    sign_in_on_the_way(seen.page)
    from_the_passport_to_the_case(seen.page, number, late.code)
    acknowledge_and_assign(seen.page)
    send_the_letter(seen.page)
    lines = take_the_list_away(seen.page, late.code)
    assert len(lines) == 2, "what is on the screen: the head and the one case that was searched for"
    assert late.code in lines[1]
    assert ",hoa," in lines[1]
    assert seen.complaints == []


def from_the_tile_to_its_passport(page: Page, url: str) -> str:
    """Answers the number on the tile."""
    page.goto(f"{url}/wall/?lang=vi")
    page.wait_for_selector("#wall[data-freshness=live]")
    tab_to(page, lambda href, _: href.startswith("/kpi/overdue_now"), "the red tile")
    number = page.locator("#overview-value-overdue_now").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_selector("#figure[data-freshness=live]")
    return number


def sign_in_on_the_way(page: Page) -> None:
    tab_to(page, lambda href, _: href.startswith("/sign-in/"), "the way to sign in")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/*")
    page.keyboard.type("hoa")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("#figure[data-freshness=live][data-cases=shown]")


def from_the_passport_to_the_case(page: Page, number: str, code: str) -> None:
    tab_to(page, lambda href, _: href.startswith("/ops/behind/overdue_now"), "all cases of the figure")
    page.keyboard.press("Enter")
    page.wait_for_selector("#behind[data-list=shown][data-freshness=live]")
    assert page.locator("#value").inner_text() == number
    tab_to(page, lambda href, _: code in href, "the late case")
    page.keyboard.press("Enter")
    page.wait_for_selector("#case[data-case=shown][data-freshness=live]")


def acknowledge_and_assign(page: Page) -> None:
    keys = page.keyboard
    keys.press("a")
    expect(page.locator("#act-text")).to_be_focused()
    keys.type("đang liên hệ địa chính")
    keys.press("Enter")
    expect(page.locator("[data-fact=holder]")).to_contain_text("Hoa đã nhận biết")
    keys.press("s")
    expect(page.locator("#act-to option", has_text="Hoa")).to_have_count(1)
    keys.type("Hoa")
    expect(page.locator("#act-to")).to_have_value("hoa")
    keys.press("Enter")
    expect(page.locator("[data-fact=holder] .fact-value")).to_have_text("Hoa")


def send_the_letter(page: Page) -> None:
    keys, words = page.keyboard, words_in("vi").under("letter")
    tab_to(page, lambda _, text: text == words["prepare"], "preparing the letter")
    for _ in range(8):  # back to the reason, which the letter can't do without
        keys.press("Shift+Tab")
        if page.evaluate("() => document.activeElement.id") == "letter-reason":
            break
    keys.press("ArrowDown")
    tab_to(page, lambda _, text: text == words["prepare"], "preparing the letter")
    keys.press("Enter")
    expect(page.get_by_role("link", name=words["pdf"])).to_be_visible()
    tab_to(page, lambda _, text: text == words["send"], "marking the letter as sent")
    keys.press("Enter")
    expect(page.locator(".letter-status")).to_have_text(words["sent"])


def take_the_list_away(page: Page, code: str) -> list[str]:
    """The lines of the CSV of what is on the screen."""
    keys = page.keyboard
    keys.press("Control+Home")
    tab_to(page, lambda href, _: href.startswith("/ops/?") or href == "/ops/", "the queue in the head")
    keys.press("Enter")
    page.wait_for_selector("#queue[data-busy=no]")
    keys.press("/")
    keys.type(code)
    keys.press("Enter")
    page.wait_for_url(f"**q={code}*")
    page.wait_for_selector("#queue[data-busy=no]")
    expect(page.locator(f'#grid .row[data-case="{code}"]')).to_contain_text("tôi")
    with page.expect_download() as download:
        tab_to(page, lambda _, text: text == "CSV", "the list to take away")
        keys.press("Enter")
    return download.value.path().read_text(encoding="utf-8-sig").splitlines()
