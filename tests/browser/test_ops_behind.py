"""The drill-down in a real browser: from a passport to every case by keyboard alone, within the scope of who looks."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.axe import serious
from tests.browser.case_desk import listed
from tests.browser.page_looks import cut_texts, sideways, sticking_out, texts_on_each_other
from tests.building.moments import LOCAL
from tests.servers.browser import Visit
from tests.servers.centre import Centre
from tests.servers.people import sign_in_page

pytestmark = pytest.mark.browser
Opens = Callable[[int, int], Visit]


@pytest.mark.parametrize("address", ["on_time_rate?lang=vi", "being_handled?lang=en&theme=light&unit=03980"])
def test_nothing_is_cut_or_overlaps(shared_centre: Centre, visit: Opens, address: str) -> None:
    seen = visit(1366, 768)
    sign_in_page(seen.page, shared_centre, login="lan")
    page = listed(seen.page, shared_centre, address)
    for width, height in ((1366, 768), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert cut_texts(page) == [], width
        assert sticking_out(page) == [], width
        assert texts_on_each_other(page) == [], width
        assert sideways(page) <= 0, width
    assert serious(page) == []
    assert seen.complaints == []


def test_from_a_passport_to_every_case_and_into_one_by_keyboard_alone(shared_centre: Centre, visit: Opens) -> None:
    page = visit(1366, 768).page
    page.goto(f"{shared_centre.url}/kpi/being_handled?lang=vi")
    page.wait_for_selector("#figure[data-freshness=live][data-cases=shown]")
    value = page.inner_text("#value")
    page.locator("#cases a", has_text="Đăng nhập").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/*")
    assert "being_handled" in page.url, "and back again"
    sign_in_page(page, shared_centre, login="lan")
    page.goto(f"{shared_centre.url}/kpi/being_handled?lang=vi")
    page.locator(".cases-all").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#behind[data-list=shown][data-freshness=live]")
    assert page.inner_text("#value") == value
    expect(page.locator(".sum-said")).to_have_text(f"{value} vụ việc cộng lại bằng {value}, đúng bằng số liệu.")
    links = page.locator("#list tbody a")
    assert links.count() == int(value)
    links.first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(links.nth(2)).to_be_focused()
    page.keyboard.press("End")
    expect(links.last).to_be_focused()
    code = links.last.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_selector("#case[data-case=shown]")
    assert urlsplit(page.url).path == f"/ops/case/{code}"


def test_the_list_grows_as_one_reads_on_and_has_each_case_once(shared_centre: Centre, visit: Opens) -> None:
    page = visit(1366, 768).page
    sign_in_page(page, shared_centre, login="lan")
    listed(page, shared_centre, "being_handled?lang=vi&count=15")
    number = int(page.inner_text("#value"))
    page.locator("#list tbody a").first.focus()
    for _ in range(12):
        page.keyboard.press("End")
        page.wait_for_function(
            "(number) => { const rows = document.querySelectorAll('#list tbody tr').length;"
            " const seen = window.rows ?? 0; window.rows = rows; return rows > seen || rows >= number; }",
            arg=number,
        )
    codes = page.locator("#list tbody a").all_inner_texts()
    assert len(codes) == len(set(codes)) == number
    expect(page.locator("#list-note")).to_have_text(f"{number} trong {number}")


def test_who_sees_one_unit_is_listed_its_cases_and_told_of_the_others(shared_centre: Centre, visit: Opens) -> None:
    page = visit(1366, 768).page
    sign_in_page(page, shared_centre, "operator", [("04033", datetime.now(LOCAL).date())])
    listed(page, shared_centre, "being_handled?lang=vi")
    number = int(page.inner_text("#value"))
    rows = page.locator("#list tbody tr").count()
    assert 0 < rows < number
    assert set(page.locator("#list tbody td:nth-child(2)").all_inner_texts()) == {"Phường Vân Sơn"}
    expect(page.locator(".sum-said")).to_contain_text("đúng bằng số liệu")
    expect(page.locator(".sum-outside")).to_contain_text(f"{number - rows} vụ việc ngoài phạm vi của bạn")


def test_what_is_made_of_no_cases_says_what_it_is_made_of(shared_centre: Centre, visit: Opens) -> None:
    page = visit(1366, 768).page
    sign_in_page(page, shared_centre, login="lan")
    page.goto(f"{shared_centre.url}/ops/behind/index_total?lang=vi")
    expect(page.locator("#list")).to_contain_text("quy tắc tính điểm")
