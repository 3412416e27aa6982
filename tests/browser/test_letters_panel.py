"""The panel of the letter in a real browser: by keyboard alone, in two browsers at once, on any screen."""

from collections.abc import Callable, Iterator
from contextlib import closing
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from dashboard.text import Language, words_in
from ingest.log.postgres import PostgresLog
from ioc.services.postgres import EmbeddedPostgres
from tests.browser.axe import serious
from tests.building.applying import a_worker
from tests.building.events import an_application
from tests.building.letters import a_late_one, telling
from tests.servers.browser import Visit
from tests.servers.letter_desk import letter_desk, served
from tests.servers.letters import PARTITIONS, filled

pytestmark = pytest.mark.browser

UNITS = ("03980", "03979", "03982", "04033", "03985", "03997", "04000", "04045")
CASES = TO_SEND, TYPED, TWICE, NEWS, NUMBERED, LIGHT, DARK, SEEN = [f"H52.17.18-260202-{n:04}" for n in range(1, 9)]
EARLY = "H52.17.18-260202-0100"
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def address(postgres: EmbeddedPostgres, migrated: str) -> Iterator[str]:
    """One desk for all tests; each has a case in a unit of its own, and so the first number of a series."""
    late = [a_late_one(code, unit) for code, unit in zip(CASES, UNITS, strict=True)]
    early = an_application(EARLY).at_unit("03980").received("2026-02-02 09:00", due="2026-03-06 17:00").sync()
    url = postgres.url(filled(postgres, migrated, [*late, early]))
    with (
        closing(PostgresLog(url, partitions=PARTITIONS)) as log,
        served(letter_desk(url, telling(log))) as address,
        a_worker(log, url),
    ):
        yield address


@pytest.fixture
def opened(address: str, visit: Callable[[int, int], Visit]) -> Opened:
    def open_page(
        code: str, login: str = "lan", role: str = "operator", lang: Language = "vi", theme: str = "light"
    ) -> Page:
        page = visit(1366, 768).page
        page.context.add_cookies([{"name": "x-person", "value": quote(f"{login}:{role}"), "url": address}])
        page.goto(f"{address}/try/{code}?lang={lang}&role={role}&theme={theme}")
        page.wait_for_selector(".letter[data-state]", state="attached")
        return page

    return open_page


def press_until(page: Page, key: str, name: str) -> None:
    """Press a key until what has the focus bears this name."""
    for _ in range(20):
        if page.evaluate("() => document.activeElement.textContent.trim()") == name:
            return
        page.keyboard.press(key)
    raise AssertionError(f"{name} is not reached with {key}")


def test_from_owed_to_sent_by_keyboard_alone(opened: Opened) -> None:
    words = words_in("vi").under("letter")
    page = opened(TO_SEND)
    assert "Nợ phiếu xin lỗi từ 00:00 07/02/2026" in page.locator(".letter-said").inner_text()
    page.keyboard.press("Tab")
    expect(page.locator("#letter-reason")).to_be_focused()
    page.keyboard.press("ArrowDown")
    press_until(page, "Tab", words["prepare"])
    page.keyboard.press("Enter")
    expect(page.locator(".letter-status")).to_have_text(words["prepared"].format(number="01/PXL"))
    expect(page.get_by_role("link", name=words["docx"])).to_be_focused()
    with page.expect_download() as docx:
        page.keyboard.press("Enter")
    assert docx.value.suggested_filename == f"PXL_01-PXL_2026_{TO_SEND}.docx"
    press_until(page, "Tab", words["pdf"])
    with page.expect_download() as pdf:
        page.keyboard.press("Enter")
    assert pdf.value.path().read_bytes().startswith(b"%PDF")
    press_until(page, "Tab", words["send"])
    page.keyboard.press("Enter")
    expect(page.locator(".letter-status")).to_have_text(words["sent"])
    expect(page.locator(".letter-said")).to_be_focused()
    assert page.locator(".letter").get_attribute("data-state") == "sent"
    assert page.locator("body").get_attribute("data-told") == "sent"
    assert "cơ quan phối hợp chưa có ý kiến trả lời" in page.locator(".letter-facts").inner_text()


def test_days_off_and_personal_data_are_told_where_they_are_typed(opened: Opened) -> None:
    page = opened(TYPED)
    page.select_option("#letter-reason", "")
    page.fill("#letter-text", "gọi bà Lan 0912 345 678")
    page.fill("#letter-date", "2026-02-17")
    assert "17/02/2026 là ngày nghỉ" in page.locator("#letter-date-note").inner_text()
    assert page.locator("#letter-date").get_attribute("aria-invalid") == "true"
    page.get_by_role("button", name=words_in("vi")["letter.prepare"]).click()
    assert page.locator(".letter").get_attribute("data-state") == "none"
    page.fill("#letter-date", "2026-02-26")
    assert page.locator("#letter-date").get_attribute("aria-invalid") is None
    page.get_by_role("button", name=words_in("vi")["letter.prepare"]).click()
    expect(page.locator(".letter-status")).to_have_text(words_in("vi")["letter.refused_personal_phone"])
    assert page.input_value("#letter-text") == "gọi bà Lan 0912 345 678", "what was typed stays to be mended"


def test_the_second_of_two_who_send_it_is_told_who_was_first(opened: Opened) -> None:
    words = words_in("vi").under("letter")
    one = opened(TWICE)
    one.get_by_role("button", name=words["prepare"]).click()
    expect(one.get_by_role("button", name=words["send"])).to_be_visible()
    other = opened(TWICE, login="minh")
    one.get_by_role("button", name=words["send"]).click()
    expect(one.locator(".letter-status")).to_have_text(words["sent"])
    other.get_by_role("button", name=words["send"]).click()
    expect(other.locator(".letter-status")).to_contain_text("lan đã đánh dấu gửi trước")
    assert other.locator(".letter").get_attribute("data-state") == "sent"


def test_news_of_what_another_did_are_shown_and_what_is_typed_stays(opened: Opened) -> None:
    words = words_in("vi").under("letter")
    one, other = opened(NEWS), opened(NEWS, login="minh")
    other.fill("#letter-number", "145/PXL")
    other.evaluate("() => document.dispatchEvent(new Event('news'))")
    other.wait_for_load_state("networkidle")
    assert other.input_value("#letter-number") == "145/PXL"
    one.get_by_role("button", name=words["prepare"]).click()
    expect(one.locator(".letter-said")).to_contain_text("01/PXL")
    other.evaluate("() => document.dispatchEvent(new Event('news'))")
    expect(other.locator(".letter-said")).to_contain_text("01/PXL")
    assert other.locator("#letter-number").count() == 0


def test_a_number_is_replaced_and_a_letter_made_void(opened: Opened) -> None:
    words = words_in("en").under("letter")
    page = opened(NUMBERED, lang="en")
    page.get_by_role("button", name=words["prepare"]).click()
    page.get_by_text(words["renumber"]).click()
    page.fill("#letter-new-number", "145/PXL-UBND")
    page.get_by_role("button", name=words["save"]).click()
    expect(page.locator(".letter-said")).to_contain_text("145/PXL-UBND")
    page.get_by_text(words["void"], exact=True).click()
    page.fill("#letter-void", "printed wrongly")
    page.get_by_role("button", name=words["do_void"]).click()
    expect(page.locator(".letter-status")).to_have_text(words["voided"].format(number="145/PXL-UBND"))
    page.get_by_text(words["void_list"]).click()
    assert "printed wrongly (lan," in page.locator(".letter-void li").inner_text()
    page.get_by_role("button", name=words["prepare"]).click()
    expect(page.locator(".letter-said")).to_contain_text("02/PXL")


def test_who_may_only_look_sees_how_it_stands_and_nothing_to_do(opened: Opened) -> None:
    page = opened(SEEN, role="leader")
    assert "Nợ phiếu xin lỗi" in page.locator(".letter-said").inner_text()
    assert page.locator(".letter button, .letter form").count() == 0
    assert words_in("vi")["letter.not_owed"] in opened(EARLY).locator(".letter-said").inner_text()
    assert opened("H52.17.18-260202-9999").locator(".letter").is_hidden()


@pytest.mark.parametrize(("code", "lang", "theme"), [(LIGHT, "vi", "light"), (DARK, "en", "dark")])
def test_nothing_keeps_anybody_from_using_it(opened: Opened, code: str, lang: Language, theme: str) -> None:
    page = opened(code, lang=lang, theme=theme)
    assert serious(page) == []
    page.get_by_role("button", name=words_in(lang)["letter.prepare"]).click()
    page.wait_for_selector(".letter-standing")
    for summary in page.locator("summary").all():
        summary.click()
    assert serious(page) == []
