"""The scene of the sources: whether all is well is read at a glance, the worst comes first, whatever there is fits."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page
from psycopg import Connection

from tests.browser.looks import cut_texts, outside, overlaps, scrolls, smallest_text, texts_on_each_other
from tests.browser.meetings import clear, settle_calm, settle_crowd, settle_morning
from tests.browser.sources import LONG, MORNING
from tests.servers.browser import Visit
from tests.servers.still_dashboard import StillDashboard

pytestmark = pytest.mark.browser

SIZES = [(1366, 768), (1920, 1080)]  # test_wall_looks.py looks at every scene at 4K
BOXES = ".panel, .header, .footer"
ROWS = ".source, .incident, .scene-health .fitted-rest, .verdict-count, .sum-term, .log-fact"


def opened(page: Page, busy: StillDashboard, settle: Callable[[Connection], None], query: str = "") -> Page:
    """The scene on tables that were filled so; the server reads them anew for who comes."""
    busy.at(MORNING)
    with busy.connect() as connection:
        settle(connection)
        [(sources,)] = connection.execute("select count(distinct source) from source_promise").fetchall()
    page.goto(f"{busy.url}/wall/health?{query}")
    page.wait_for_selector(f".source >> nth={min(sources, 4) - 1}" if sources else "#health-sources .calm")
    page.evaluate("() => document.fonts.ready.then(() => null)")
    return page


@pytest.fixture(scope="module")
def morning(busy: StillDashboard, chromium: Browser) -> Iterator[Page]:
    """The scene on a morning with sources in every state, for tests that only look."""
    page = chromium.new_page(viewport={"width": 1920, "height": 1080})
    yield opened(page, busy, settle_morning)
    page.close()


def test_each_source_is_told_by_its_own_shape_word_and_age_the_worst_first(morning: Page) -> None:
    told = [
        (row.get_attribute("data-source"), row.locator(".source-state").inner_text(), shape(row.locator(".shape")))
        for row in morning.locator(".source").all()
    ]
    assert [(source, word) for source, word, _ in told] == [
        ("endpoints.moc-chau", "Im lặng"), (LONG, "Chưa từng gửi"), ("documents.moc-chau", "Trễ"),
        ("onestop.moc-chau", "Trực tiếp"),
    ]  # fmt: skip
    assert len({each for *_, each in told}) == 4, "told apart without colour"
    assert morning.locator(".source-age").all_inner_texts()[:2] == ["31 phút trước", "chưa nghe lần nào"]
    assert morning.locator(".source-sends").all_inner_texts()[0] == "Hội nghị · hẹn mỗi 10 phút"


def test_the_verdict_names_the_gravest_thing(morning: Page, busy: StillDashboard) -> None:
    assert morning.inner_text(".verdict-title") == "Tạm dừng 1 phân vùng, số liệu đứng"
    assert morning.locator("#to-health[data-breach=yes]").count() == 1
    with busy.connect() as connection:
        connection.execute("update part_offset set halted = null")
    morning.wait_for_selector(".verdict-title:text-is('3 nguồn không gửi đúng hẹn')", timeout=20_000)
    assert morning.locator("#to-health[data-breach=yes]").count() == 1


def shape(mark: Locator) -> str:
    """What an eye that sees no colour sees of it."""
    return str(
        mark.evaluate("""e => {
        const { clipPath, borderRadius, borderTopWidth } = getComputedStyle(e);
        return [clipPath, borderRadius, borderTopWidth].join(" ");
      }""")
    )


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
        assert page.inner_text(".verdict-title") == "All sources are well"
        assert page.locator(".verdict-shape").get_attribute("data-shape") == "well"
        assert page.inner_text("#health-incidents .calm") == "No incident"
        assert page.locator("#to-health[data-breach=no]").count() == 1
    if settle is settle_crowd:
        assert_summed_up(page)


def assert_summed_up(page: Page) -> None:
    """What has no room is told by its states; only what fails has any."""
    rest = page.inner_text("#health-sources .fitted-rest")
    assert rest.startswith(f"and {40 - page.locator('.source').count()} more sources: ")
    assert rest.endswith(" live")
    assert page.locator(".source[data-fails=no]").count() == 0
    assert sum(int(text) for text in page.locator(".verdict-count .count-figure").all_inner_texts()) == 40
    assert page.inner_text("#health-incidents .fitted-rest").startswith("and ")
