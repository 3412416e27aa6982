"""The scene of the conferences: complete and legible on a full, an empty and an overfull day; the worst comes first."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page
from psycopg import Connection

from tests.browser.fed import opened as opened_by_hand
from tests.browser.looks import cut_texts, outside, overlaps, scrolls, smallest_text, texts_on_each_other
from tests.browser.meetings import clear, settle_calm, settle_crowd, settle_morning
from tests.browser.sources import MORNING
from tests.servers.browser import Visit
from tests.servers.still_dashboard import StillDashboard
from tests.servers.wall import Wall

pytestmark = pytest.mark.browser

SIZES = [(1366, 768), (1920, 1080)]  # test_wall_looks.py looks at every scene at 4K
BOXES = ".panel, .header, .footer"
ROWS = ".site, .meeting, .line, .scene-conference .fitted-rest, .count"


def opened(page: Page, busy: StillDashboard, settle: Callable[[Connection], None], query: str = "") -> Page:
    """The scene on tables that were filled so; the server reads them anew for who comes."""
    busy.at(MORNING)
    with busy.connect() as connection:
        settle(connection)
        [(number,)] = connection.execute("select count(*) from cases where kind = 7").fetchall()
    page.goto(f"{busy.url}/wall/conference?{query}")
    page.wait_for_selector(".site" if number else "#conference-sites .calm", timeout=20_000)
    page.evaluate("() => document.fonts.ready.then(() => null)")
    return page


@pytest.fixture(scope="module")
def morning(busy: StillDashboard, chromium: Browser) -> Iterator[Page]:
    """The scene at ten on a busy morning, for tests that only look."""
    page = chromium.new_page(viewport={"width": 1920, "height": 1080})
    yield opened(page, busy, settle_morning)
    page.close()


def test_the_worst_site_leads_and_is_told_by_shape_and_word(morning: Page) -> None:
    told = morning.locator(".site").evaluate_all(  # all in one moment: the next frame may put them in another order
        "(rows) => rows.slice(0, 5).map((row) =>"
        " [row.dataset.site, row.dataset.shape, row.querySelector('.site-state').innerText])"
    )
    assert told == [
        ["phong-hop-04", "bad", "Rời cuộc họp"], ["phong-hop-02", "bad", "Mất kết nối"],
        ["phong-hop-01", "bad", "Đường truyền kém"], ["phong-hop-05", "warn", "Vừa rời cuộc họp"],
        ["phong-hop-00", "on", "Đang họp"],
    ]  # fmt: skip
    assert morning.locator(".site >> nth=0").locator(".site-since").inner_text() == "đã 5 phút"
    rest = 12 - morning.locator(".site").count()
    assert morning.inner_text("#conference-sites .fitted-rest").startswith(f"và {rest} điểm cầu khác: ")
    assert morning.locator("#to-conference[data-breach=yes]").count() == 1


def test_a_meeting_that_should_be_on_leads_and_what_is_on_ends_at_now(morning: Page) -> None:
    first, second = morning.locator(".meeting").all()[:2]
    assert first.locator("p").all_inner_texts() == ["09:45 phong-hop-1", "Chưa bắt đầu · muộn 15 phút"]
    assert second.locator("p").all_inner_texts() == ["09:30 chuyen-de", "Đang họp · 8/12 điểm cầu"]
    ends = [second.locator(each).evaluate("e => e.getBoundingClientRect().right") for each in (".bar-held", ".now")]
    assert ends[0] == pytest.approx(ends[1], abs=6)
    hour = morning.locator(".hour", has_text="10h").evaluate("e => e.getBoundingClientRect().left")
    assert ends[1] == pytest.approx(hour, abs=6), "the line of now stands where the clock does"


def test_a_line_tells_its_estimate_by_the_hour_and_what_its_alarm_was_about(morning: Page) -> None:
    assert morning.locator(".line .line-state").all_inner_texts()[:3] == ["Mất gói", "Rung", "Tốt"]
    assert morning.locator(".line >> nth=0").locator(".cell-figure").all_inner_texts() == ["3,0", "3,0", "3,0", "2,3"]
    assert "ước tính" in morning.inner_text(".panel-lines .panel-note")
    assert "ước tính" in morning.inner_text("#conference-tile-line_mos_today .tile-name")
    shapes = morning.locator(".line >> nth=1").locator(".cell").evaluate_all("all => all.map((e) => e.dataset.shape)")
    assert shapes == ["warn", "warn", "warn", "well"]


@pytest.mark.parametrize(
    ("settle", "query"),
    [(settle_morning, "lang=vi"), (settle_crowd, "lang=en&theme=light"), (settle_calm, "lang=en"), (clear, "lang=vi")],
)
def test_nothing_is_cut_overlaps_or_leaves_the_display(
    busy: StillDashboard, visit: Callable[[int, int], Visit], settle: Callable[[Connection], None], query: str
) -> None:
    seen = visit(*SIZES[0])
    page = opened(seen.page, busy, settle, query)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert cut_texts(page) == [], width
        assert texts_on_each_other(page) == [], width
        assert overlaps(page, BOXES) == [], width
        assert overlaps(page, ROWS) == [], width
        assert outside(page) == [], width
        assert not scrolls(page), width
    assert smallest_text(page) >= 20
    assert seen.complaints == []
    if settle is settle_calm:
        assert page.inner_text("#conference-day .calm") == "No meeting today"
        assert page.locator("#scene-conference :is([data-shape=bad], [data-shape=warn])").count() == 0
        assert page.locator("#to-conference[data-breach=no]").count() == 1


def test_who_is_connected_and_what_is_on_is_marked_where_nothing_is_heard_of_it(
    wall: Wall, visit: Callable[[int, int], Visit]
) -> None:
    fed = opened_by_hand(wall, visit, "conference", scene="conference")
    words = {"frozen": "Tạm ngừng tính", "late": "Số liệu trễ", "live": ""}
    for state, said in words.items():
        for figure in fed.board["kpis"].values():
            figure |= {"state": state}
        fed.send()
        assert fed.page.inner_text("#conference-standing-sites") == said
        for panel in ("sites", "day", "lines"):  # the mark at least
            assert fed.page.is_visible(f"#conference-standing-{panel}") == (said != "")
        assert cut_texts(fed.page) == []
        assert texts_on_each_other(fed.page) == []
