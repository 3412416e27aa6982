"""The time machine: what was shown at a moment, what is known of it now, and nobody takes either for live."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import httpx
import pytest

from tests.browser.axe import serious
from tests.browser.district import receive
from tests.browser.looks import cut_texts, outside, overlaps, scrolls, texts_on_each_other
from tests.servers.browser import Visit
from tests.servers.wall import Wall

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
LATE = 41


def yesterday() -> datetime:
    """At 10 o'clock, local time."""
    return (datetime.now(UTC).astimezone(LOCAL) - timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)


def asked(wall: Wall, at: str, known: str = "now", scenes: str = "overview") -> httpx.Response:
    return httpx.get(f"{wall.url}/wall/past", params={"at": at, "known": known, "scenes": scenes})


def received_on(wall: Wall, at: datetime, known: str) -> float:
    [frame] = asked(wall, at.strftime("%Y-%m-%dT%H:%M"), known).json()["frames"]
    assert frame["board"]["past"] is True
    value: float = frame["board"]["kpis"]["received_today"]["value"]
    return value


@pytest.fixture
def late(own_wall: Wall) -> Wall:
    """A wall of a district in which applications of yesterday became known today."""
    with own_wall.connect() as connection:
        connection.execute(  # its centre did not begin today: before it began nothing was known
            "insert into event (part, pos, appended_at, case_id, eid, at, body)"
            " values (0, 1, %(at)s, 1, 1, %(at)s, '')",
            {"at": yesterday() - timedelta(days=30)},
        )
        receive(connection, 3980, LATE, at=yesterday() - timedelta(hours=1))
    return own_wall


def test_what_became_known_later_was_not_shown_then(late: Wall) -> None:
    shown, known = (received_on(late, yesterday(), way) for way in ("then", "now"))
    assert known == shown + LATE


@pytest.mark.parametrize(
    ("at", "status", "why"),
    [("yesterday", 400, "moment"), ("0001-01-01T00:00", 400, "moment"), ("2025-03-01T10:00", 404, "units")],
)
def test_a_moment_that_cannot_be_shown_is_refused_with_the_reason(wall: Wall, at: str, status: int, why: str) -> None:
    answer = asked(wall, at)
    assert (answer.status_code, answer.json()) == (status, {"why": why})


def test_the_past_is_told_in_the_units_of_its_day(wall: Wall) -> None:
    found = asked(wall, "2024-06-03T10:00").json()
    assert len(found["frames"][0]["board"]["units"]) == 15
    assert asked(wall, "2026-03-03T10:00").json()["area"] != found["area"]


@pytest.mark.browser
@pytest.mark.parametrize(("language", "sign"), [("vi", "KHÔNG PHẢI SỐ LIỆU TRỰC TIẾP"), ("en", "NOT LIVE")])
def test_a_wall_of_the_past_is_marked_asks_for_no_feed_and_is_complete(
    late: Wall, visit: Callable[[int, int], Visit], language: str, sign: str
) -> None:
    seen = visit(1366, 768)
    page = seen.page
    theme = {"vi": "dark", "en": "light"}[language]
    page.goto(f"{late.url}/wall/?at={yesterday():%Y-%m-%dT%H:%M}&known=then&lang={language}&theme={theme}")
    page.wait_for_selector("#wall[data-freshness=past]")
    for width, height in ((1366, 768), (1920, 1080), (3840, 2160)):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("() => document.fonts.ready.then(() => null)")
        assert sign in page.inner_text(".past-sign")
        assert page.inner_text("#clock") == "10:00"
        assert cut_texts(page) == []
        assert texts_on_each_other(page) == []
        assert overlaps(page, ".panel, .header, .past-sign") == []
        assert outside(page) == []
        assert not scrolls(page)
    assert serious(page) == []
    assert seen.complaints == []
    assert [urlsplit(address).path for address in seen.asked if "/feed/" in address] == []


@pytest.mark.browser
def test_the_bar_leads_through_the_day_and_tells_what_became_known_since(
    late: Wall, visit: Callable[[int, int], Visit]
) -> None:
    page = visit(1920, 1080).page
    page.goto(f"{late.url}/wall/?at={yesterday():%Y-%m-%dT%H:%M}&known=then")
    page.wait_for_selector("#wall[data-freshness=past]")
    shown = written(page.inner_text("#overview-value-received_today"))
    page.click("text=Nay biết")
    page.wait_for_selector(f"#overview-value-received_today:text-is('{shown + LATE}')")
    page.click("text=So sánh")
    row = page.locator(".past-differences tbody tr").filter(has_text="Tiếp nhận hôm nay").first
    row.wait_for()
    assert [written(text) for text in row.locator("td").all_inner_texts()] == [shown, shown + LATE]
    page.focus(".past-slider")
    page.keyboard.press("Home")
    page.wait_for_selector("#clock:text-is('00:00')")
    assert "at=" in page.url
    assert "T00%3A00" in page.url
    page.click(".past-live")
    page.wait_for_selector("#wall[data-freshness=live]")
    page.click("#look-back")
    page.wait_for_selector("#wall[data-freshness=past]")


@pytest.mark.browser
def test_the_moment_that_is_named_is_that_of_the_figures_until_another_one_is_read(
    late: Wall, visit: Callable[[int, int], Visit]
) -> None:
    page = visit(1366, 768).page
    page.goto(f"{late.url}/wall/?at=2090-01-01T00:00&known=now")
    page.wait_for_selector("#wall[data-freshness=past][data-age=new]")
    assert "2090" not in page.inner_text(".past-sign") + page.inner_text("#date") + page.inner_text(".past-bar")
    page.goto(f"{late.url}/wall/?at={yesterday():%Y-%m-%dT%H:%M}&known=then")
    page.wait_for_selector("#wall[data-freshness=past][data-age=new]")
    page.route("**/wall/past?*", lambda _: None)  # never answered
    page.focus(".past-slider")
    page.keyboard.press("Home")
    page.wait_for_selector("#wall[data-age=very-old]")
    assert page.inner_text(".past-time") == "00:00"
    assert page.inner_text("#clock") == "10:00"
    assert "10:00" in page.inner_text(".past-sign")


def written(text: str) -> int:
    return int(text.replace(".", ""))
