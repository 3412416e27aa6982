"""Alerts in a real browser: the page at three sizes, putting one aside by keyboard alone, and the sign on the wall."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from stream.alerts.rules import shipped_rules
from tests.browser.axe import serious
from tests.browser.looks import cut_texts as cut_on_wall
from tests.browser.looks import texts_on_each_other as on_each_other_on_wall
from tests.browser.page_looks import cut_texts, sideways, sticking_out, texts_on_each_other
from tests.building.alerts import told_of
from tests.servers.browser import Visit
from tests.servers.centre import Centre
from tests.servers.people import sign_in_page

pytestmark = pytest.mark.browser

SIZES = [(1366, 768), (1920, 1080), (3840, 2160)]
Opens = Callable[[int, int], Visit]
EMPTIED = ("alert", "alert_silence", "alert_service")
_SERVICE = """insert into alert_service values (true, now() + interval '1 hour', %s)"""
_TOLD = (
    '{"rules": [{"id": "overdue_long", "title": {"vi": "Hồ sơ quá hạn kéo dài", "en": "Overdue"}, "level": "alarm"}],'
    ' "channels": [{"channel": "email", "where": "mail.example.vn"}, {"channel": "webhook", "where": "h.example.vn"}]}'
)


@pytest.fixture
def alarmed(shared_centre: Centre) -> Iterator[Centre]:
    """A centre with alerts of every kind: new, failing to be sent, given up, put aside, recovering, of a source."""
    now = datetime.now(UTC)
    with shared_centre.connect() as connection:
        connection.execute(_SERVICE, [_TOLD])
        told_of(connection, now - timedelta(hours=3), subject="03980", number=57)
        told_of(connection, now - timedelta(hours=2), subject="source:onestop.moc-chau", number=0)
        told_of(connection, now - timedelta(minutes=5), subject="03979", level="warn")
        told_of(connection, now - timedelta(minutes=4), subject="area", level="warn")
        connection.execute("update alert set held = 'late' where subject = '03979'")
        connection.execute("update alert set well_since = now() where subject = 'area'")
        connection.execute("update alert_delivery set error = 'HTTP 500', attempts = 3 where channel = 'webhook'")
        connection.execute(
            "update alert_delivery set state = 'given_up', done_at = now() where happening_id ="
            " (select min(happening_id) from alert_delivery) and channel = 'webhook'"
        )
        connection.execute("update alert_delivery set state = 'sent', done_at = now() where channel = 'email'")
        yield shared_centre
        for table in EMPTIED:
            connection.execute(f"delete from {table}")
    shared_centre.hint()


def opened(visit: Opens, centre: Centre, language: str = "vi", size: tuple[int, int] = (1366, 768)) -> Visit:
    seen = visit(*size)
    sign_in_page(seen.page, centre, login="lan")
    seen.page.goto(f"{centre.url}/ops/alerts?lang={language}")
    seen.page.wait_for_selector("main[data-freshness=live]")
    seen.page.wait_for_selector("#open .alert")
    seen.page.evaluate("() => document.fonts.ready.then(() => null)")
    return seen


@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_of_the_page_is_cut_overlaps_or_comes_from_elsewhere(
    alarmed: Centre, visit: Opens, language: str
) -> None:
    seen = opened(visit, alarmed, language)
    page = seen.page
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert cut_texts(page) == [], width
        assert sticking_out(page) == [], width
        assert texts_on_each_other(page) == [], width
        assert sideways(page) <= 0, width
    assert [word for word in ("undefined", "NaN", "{n}", "null") if word in page.inner_text("main")] == []
    assert serious(page) == []
    assert seen.complaints == []
    assert {urlsplit(address).netloc for address in seen.asked if not address.startswith("data:")} == {
        urlsplit(alarmed.url).netloc
    }


def test_the_page_says_what_is_open_which_cases_and_who_was_told(alarmed: Centre, visit: Opens) -> None:
    page = opened(visit, alarmed).page
    first = page.locator("#open .alert").first
    assert [each.get_attribute("data-level") for each in page.locator("#open .alert").all()] == [
        "alarm", "alarm", "warn", "warn",
    ]  # fmt: skip
    unit = page.locator("#open .alert", has_text="Phường Mộc Châu")
    expect(unit).to_contain_text("57 hồ sơ")
    expect(unit.locator(".alert-case")).to_have_count(8)
    expect(unit).to_contain_text("và 49 hồ sơ khác")
    expect(unit.locator('.alert-sending[data-state="given_up"]')).to_contain_text("bỏ, không gửi được")
    assert unit.locator("a.button").get_attribute("href") == "/ops/?unit=03980&state=overdue&lang=vi"
    expect(first).to_contain_text("onestop.moc-chau")
    for place in ("#channels", "#notices"):
        expect(page.locator(place)).to_contain_text("1 tin đã bỏ sau 24 giờ không gửi được")
    expect(page.locator("#open")).to_contain_text("không rõ lúc này: nguồn dữ liệu im lặng")
    expect(page.locator("#open")).to_contain_text("đã hết nguyên nhân, chờ ổn định")


def test_an_alert_is_put_aside_and_told_again_by_keyboard_alone(alarmed: Centre, visit: Opens) -> None:
    page = opened(visit, alarmed).page
    unit = page.locator("#open .alert", has_text="Phường Mộc Châu")
    unit.locator("button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#dialog")).to_be_visible()
    page.locator("#silence-reason").focus()
    page.keyboard.type("gọi 0912345678")
    page.keyboard.press("Enter")
    expect(page.locator(".alert-saying")).to_contain_text("số điện thoại")
    page.keyboard.press("Control+a")
    page.keyboard.type("đang xử lý tập trung")
    page.keyboard.press("Enter")
    expect(page.locator("#dialog")).not_to_be_visible()
    expect(page.locator("#silences")).to_contain_text("lan: “đang xử lý tập trung”")
    expect(unit).to_have_attribute("data-level", "silenced")
    page.locator("#silences button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#silences")).to_contain_text("Không có mục nào đang tạm ngưng.")
    expect(unit).to_have_attribute("data-level", "alarm")


@pytest.mark.parametrize(("language", "theme"), [("vi", "dark"), ("en", "light")])
def test_the_wall_says_how_many_alerts_and_the_worst_of_them(
    alarmed: Centre, visit: Opens, language: str, theme: str
) -> None:
    """The longest title that is shipped, in the unit with the longest name, fits; it is legible from five metres."""
    longest = max(shipped_rules(), key=lambda rule: len(getattr(rule.title, language)))
    with alarmed.connect() as connection:
        connection.execute(
            "update alert set facts = jsonb_set(facts, '{title}', jsonb_build_object('vi', %s::text, 'en', %s::text)),"
            " subject = case subject when '03980' then '03982' else subject end",
            [longest.title.vi, longest.title.en],
        )
    alarmed.hint()
    seen = visit(1366, 768)
    page = seen.page
    page.goto(f"{alarmed.url}/wall/?lang={language}&theme={theme}")
    sign = page.locator("#tally-alerts")
    expect(sign).to_contain_text("4 cảnh báo" if language == "vi" else "Alerts: 4", timeout=15_000)
    expect(sign).to_contain_text(getattr(longest.title, language))
    expect(sign).to_have_attribute("data-level", "alarm")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert cut_on_wall(page) == [], width
        assert on_each_other_on_wall(page) == [], width
        size = float(sign.evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)"))
        assert size >= 20 * width / 1920 - 0.1
    assert serious(page) == []
    assert seen.complaints == []


def test_the_wall_says_when_nobody_looks_for_alerts_and_nothing_where_none_are_wanted(
    alarmed: Centre, visit: Opens
) -> None:
    page = visit(1920, 1080).page
    page.goto(f"{alarmed.url}/wall/")
    sign = page.locator("#tally-alerts")
    expect(sign).to_have_attribute("data-level", "alarm", timeout=15_000)
    with alarmed.connect() as connection:
        connection.execute("update alert_service set seen_at = now() - interval '2 minutes'")
        alarmed.hint()
        expect(sign).to_have_text("Không rõ có cảnh báo hay không", timeout=15_000)
        connection.execute("update alert_service set seen_at = now() + interval '1 hour'")
        connection.execute("delete from alert")
        alarmed.hint()
        expect(sign).to_have_text("", timeout=15_000)
    expect(sign).not_to_be_visible()


def test_a_page_that_hung_sees_what_is_new(alarmed: Centre, visit: Opens) -> None:
    page: Page = opened(visit, alarmed).page
    with alarmed.connect() as connection:
        told_of(connection, datetime.now(UTC), subject="04033", number=3)
    expect(page.locator("#open .alert")).to_have_count(5, timeout=10_000)
