"""The page of a case in a real browser: its picture and story, acts by keyboard alone, two people at once."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import serious
from tests.browser.case_desk import RICH, opened, rich_life
from tests.browser.page_looks import cut_texts, sideways, sticking_out, texts_on_each_other
from tests.building.acts import an_act
from tests.building.moments import LOCAL
from tests.servers.browser import Visit
from tests.servers.centre import Centre, an_open_case
from tests.servers.people import sign_in_page

pytestmark = pytest.mark.browser
Opens = Callable[[int, int], Visit]
SIZES = [(1366, 768), (1920, 1080)]
_numbers = iter(range(7001, 7100))


@pytest.fixture(scope="module")
def desk(shared_centre: Centre) -> Centre:
    """A centre that has heard of the case with a life."""
    shared_centre.append(rich_life())
    return shared_centre


@pytest.fixture
def fresh(desk: Centre) -> str:
    """The code of an open case that nobody has touched."""
    case = an_open_case(next(_numbers), due_in_days=1)
    desk.append([case.sync()])
    return case.code


def at(visit: Opens, desk: Centre, code: str, query: str = "", login: str = "lan", role: str = "operator") -> Page:
    seen = visit(1366, 768)
    sign_in_page(seen.page, desk, role, login=login)  # type: ignore[arg-type] # a role
    return opened(seen.page, desk, code, query)


@pytest.mark.parametrize("query", ["lang=vi", "lang=en&theme=light"])
def test_nothing_is_cut_overlaps_or_comes_from_elsewhere(desk: Centre, visit: Opens, query: str) -> None:
    seen = visit(*SIZES[0])
    sign_in_page(seen.page, desk, login="lan")
    page = opened(seen.page, desk, RICH, query)
    page.locator(".event-effect summary").first.click()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert cut_texts(page) == [], width
        assert sticking_out(page) == [], width
        assert texts_on_each_other(page) == [], width
        assert sideways(page) <= 0, width
    assert serious(page) == []
    assert seen.complaints == []
    assert {urlsplit(asked).netloc for asked in seen.asked if not asked.startswith("data:")} == {
        urlsplit(desk.url).netloc
    }


def test_the_picture_shows_what_ran_what_stood_and_how_the_date_moved_and_says_so(desk: Centre, visit: Opens) -> None:
    page = at(visit, desk, RICH, "lang=en")
    counted = {
        kind: page.locator(f".picture .{kind}").count()
        for kind in ("span-running", "span-paused", "span-over", "due", "due-last", "of-unit", "now")
    }
    assert counted == {
        "span-running": 2, "span-paused": 1, "span-over": 1, "due": 2, "due-last": 1, "of-unit": 2, "now": 1
    }  # fmt: skip
    assert page.locator(".picture .mark[data-late=yes] path").count() == 1
    assert page.locator(".picture .idle").count() > 2
    said = page.inner_text("#life-said")
    assert "moves of the due date: 1" in said
    assert "waits: 1" in said
    assert said.endswith("of which came late: 1.")
    assert page.get_by_role("img", name=said).count() == 1
    assert page.locator(".event[data-late=yes]").count() == 1
    assert page.locator(".step").count() == 2


def test_the_past_says_that_it_is_the_past_and_lets_nobody_act(desk: Centre, visit: Opens) -> None:
    then = datetime.now(LOCAL) - timedelta(days=25)
    page = at(visit, desk, RICH, f"lang=vi&at={then:%Y-%m-%dT%H:%M}")
    expect(page.locator("#past")).to_contain_text(f"hồ sơ như lúc {then:%H:%M %d/%m/%Y}")
    assert page.locator("#acts").count() == 0
    expect(page.locator("[data-fact=status] .fact-value")).to_have_text("Yêu cầu bổ sung giấy tờ")
    page.locator("#past a").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#case:not([data-then])[data-case=shown] #past[hidden]", state="attached")
    expect(page.locator("[data-fact=status] .fact-value")).to_have_text("Đang xử lý")


def test_a_case_is_acknowledged_assigned_and_commented_on_by_keyboard_alone(
    desk: Centre, visit: Opens, fresh: str
) -> None:
    page = at(visit, desk, fresh, "lang=vi")
    keys = page.keyboard
    keys.press("a")
    expect(page.get_by_role("dialog", name="Nhận biết hồ sơ")).to_be_visible()
    expect(page.locator("#act-text")).to_be_focused()
    assert serious(page) == []
    keys.press("Enter")
    expect(page.locator("[data-fact=holder]")).to_contain_text("Lan đã nhận biết, đến")
    expect(page.locator("#notice")).to_have_text("Đã ghi.")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("#acts [data-act=acknowledge]")).to_be_focused()
    keys.press("s")
    expect(page.locator("#act-to option")).not_to_have_count(1)
    keys.press("L")
    expect(page.locator("#act-to")).to_have_value("lan")
    keys.press("Enter")
    expect(page.locator("[data-fact=holder] .fact-value")).to_have_text("Lan")
    keys.press("c")
    keys.type("Đã gọi công dân")
    keys.press("Shift+Enter")
    keys.type("hẹn mai")
    keys.press("Enter")
    expect(page.locator(".done")).to_have_count(3)
    expect(page.locator(".done").first).to_contain_text("Đã gọi công dân\nhẹn mai", use_inner_text=True)
    keys.press("e")
    keys.press("Enter")
    expect(page.locator(".act-saying")).to_have_text("Chưa có lý do")
    expect(page.locator("#act-text")).to_be_focused()
    keys.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


def test_what_reads_like_a_telephone_number_is_refused_and_can_be_mended(
    desk: Centre, visit: Opens, fresh: str
) -> None:
    page = at(visit, desk, fresh, "lang=vi")
    page.keyboard.press("c")
    page.keyboard.type("Gọi 0912 345 678")
    page.keyboard.press("Enter")
    expect(page.locator(".act-outcome")).to_contain_text("số giống số điện thoại")
    assert serious(page) == []
    page.get_by_role("button", name="Sửa lại").press("Enter")
    expect(page.locator("#act-text")).to_have_value("Gọi 0912 345 678")
    page.locator("#act-text").fill("Đã gọi")
    page.keyboard.press("Enter")
    expect(page.locator(".done-note")).to_have_text("Đã gọi")


def test_of_two_people_at_once_the_second_is_told_who_was_first_and_may_act_again(
    desk: Centre, visit: Opens, fresh: str
) -> None:
    mai = at(visit, desk, fresh, "lang=vi", login="mai")
    lan = at(visit, desk, fresh, "lang=vi", login="lan")
    mai.keyboard.press("a")
    expect(mai.locator("#act-text")).to_be_focused()
    lan.keyboard.press("a")
    lan.keyboard.press("Enter")
    expect(lan.locator("[data-fact=holder]")).to_contain_text("Lan đã nhận biết")
    mai.keyboard.press("Enter")
    outcome = mai.locator(".act-failed")
    expect(outcome).to_contain_text("Lan đã nhận biết hồ sơ này lúc")
    expect(outcome).to_contain_text("việc của bạn chưa có hiệu lực")
    expect(mai.get_by_role("button", name="Đã hiểu")).to_be_focused()
    mai.get_by_role("button", name="Vẫn làm trên tình trạng mới").press("Enter")
    expect(mai.locator("[data-fact=holder]")).to_contain_text("Mai đã nhận biết")
    expect(mai.locator(".done[data-took=no] .done-first")).to_contain_text("Lan làm trước lúc")
    expect(lan.locator(".done")).to_have_count(3)


def test_an_act_on_one_page_is_seen_on_the_other_within_a_second(desk: Centre, visit: Opens, fresh: str) -> None:
    one, other = (at(visit, desk, fresh, "lang=vi", login=login) for login in ("lan", "mai"))
    other.evaluate("""() => {
      const look = () => {
        if (document.querySelector("[data-fact=holder]").textContent.includes("nhận biết")) window.seenAt = Date.now();
        else requestAnimationFrame(look);
      };
      look();
    }""")
    one.keyboard.press("a")
    expect(one.locator("#act-text")).to_be_focused()
    sent = one.evaluate("() => Date.now()")
    one.keyboard.press("Enter")
    other.wait_for_function("() => window.seenAt !== undefined")
    assert other.evaluate("() => window.seenAt") - sent < 1_000


def test_while_the_feed_tells_of_a_case_its_page_asks_for_it_only_when_it_changed(desk: Centre, visit: Opens) -> None:
    case = "H52.17.18-260105-0078"  # of long ago: the feed has told of it
    seen = visit(1366, 768)
    sign_in_page(seen.page, desk, login="lan")
    page = opened(seen.page, desk, case)
    page.wait_for_selector("#case[data-followed=yes]")

    def times_asked() -> int:
        return sum(urlsplit(address).path.endswith("/facts.json") for address in seen.asked)

    longer_than_it_waits = 6_000
    page.wait_for_timeout(longer_than_it_waits)  # what it read before the feed said hello it reads once more
    before = times_asked()
    page.wait_for_timeout(longer_than_it_waits)
    assert times_asked() == before
    expect(page.locator("#case")).to_have_attribute("data-freshness", "live")
    desk.append([an_act("comment", case, "mai", note="đã gọi")])
    expect(page.locator(".done")).to_contain_text("đã gọi")
    assert times_asked() == before + 1


def test_a_document_is_tied_and_leads_to_its_own_page(desk: Centre, visit: Opens, fresh: str) -> None:
    page = at(visit, desk, fresh, "lang=vi")
    page.keyboard.press("t")
    page.keyboard.type(RICH)
    page.keyboard.press("Enter")
    link = page.locator("#ties a")
    expect(link).to_have_text(RICH)
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/ops/case/{RICH}?*")
    expect(page.locator(".brand-title")).to_have_text(RICH)


def test_a_leader_reads_and_does_nothing(desk: Centre, visit: Opens) -> None:
    page = at(visit, desk, RICH, login="leader", role="leader")
    assert page.locator("#acts").count() == 0
    page.keyboard.press("a")
    assert page.locator("dialog").count() == 0


def test_whoever_has_not_signed_in_is_led_there_and_a_case_of_another_unit_is_not_found(
    desk: Centre, visit: Opens
) -> None:
    page = visit(1366, 768).page
    page.goto(f"{desk.url}/ops/case/{RICH}")
    assert urlsplit(page.url).path == "/sign-in/"
    assert RICH in page.url
    sign_in_page(page, desk, "operator", [("04045", date(2026, 3, 3))])
    answer = page.goto(f"{desk.url}/ops/case/{RICH}")
    assert answer is not None
    assert answer.status == 404
