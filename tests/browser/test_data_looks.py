"""The pages about data at three sizes and in both languages: complete, legible, and from this house alone."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.page_looks import cut_texts, sideways, sticking_out, texts_on_each_other
from tests.browser.sources import EVENING, LONG, MORNING
from tests.servers.browser import Visit
from tests.servers.still_dashboard import StillDashboard

pytestmark = pytest.mark.browser

SIZES = [(1366, 768), (1920, 1080), (3840, 2160)]
READY = {"/data/": "#sources .source-own", "/data/quality": "#endpoints tbody tr"}
NAMES = {
    "live": "onestop.moc-chau", "late": "documents.moc-chau", "silent": "endpoints.moc-chau", "never": LONG,
}  # fmt: skip


def opened(page: Page, still: StillDashboard, path: str = "/data/", language: str = "vi") -> Page:
    page.goto(f"{still.url}{path}?lang={language}")
    page.wait_for_selector("main[data-freshness=live]")
    page.wait_for_selector(READY[path])
    page.evaluate("() => document.fonts.ready.then(() => null)")
    return page


@pytest.mark.parametrize("path", READY)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_is_cut_overlaps_or_comes_from_elsewhere(
    still: StillDashboard, visit: Callable[[int, int], Visit], path: str, language: str
) -> None:
    still.at(MORNING)
    seen = visit(*SIZES[0])
    page = opened(seen.page, still, path, language)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert cut_texts(page) == [], width
        assert sticking_out(page) == [], width
        assert texts_on_each_other(page) == [], width
        assert sideways(page) <= 0, width
    assert seen.complaints == []
    assert {urlsplit(address).netloc for address in seen.asked if not address.startswith("data:")} == {
        urlsplit(still.url).netloc
    }


def test_each_state_has_its_own_shape_words_and_colour(
    still: StillDashboard, visit: Callable[[int, int], Visit]
) -> None:
    still.at(MORNING)
    page = opened(visit(1920, 1080).page, still)
    looks = {}
    for state, source in NAMES.items():
        row = page.locator(f'[data-source="{source}"]')
        assert row.get_attribute("data-state") == state
        looks[state] = look(page, source)
    still.at(EVENING)
    with still.connect() as connection:
        connection.execute(
            "update source_state set heard_at = %s, complete_until = %s where source = 'onestop.moc-chau'",
            [EVENING, EVENING],
        )
        page.wait_for_selector('[data-source="onestop.moc-chau"][data-state=closed]', timeout=15_000)
        looks["closed"] = look(page, "onestop.moc-chau")
        at = MORNING - timedelta(seconds=5)
        connection.execute(
            "update source_state set heard_at = %s, complete_until = %s where source = 'onestop.moc-chau'", [at, at]
        )
    still.at(MORNING)
    assert {state: words for state, (words, _, _) in looks.items()} == {
        "live": "Trực tiếp", "late": "Trễ", "silent": "Im lặng", "never": "Chưa từng gửi", "closed": "Ngoài giờ",
    }  # fmt: skip
    assert len({shape for _, shape, _ in looks.values()}) == 5, "told apart without colour"
    assert looks["silent"][2] != looks["live"][2] != looks["late"][2]


def look(page: Page, source: str) -> tuple[str, str, str]:
    """Words, shape and colour of a source's state."""
    row = page.locator(f'[data-source="{source}"]')
    shape, colour = row.locator(".mark").evaluate(
        "e => { const s = getComputedStyle(e);"
        " return [`${s.clipPath} ${s.borderRadius} ${s.borderTopWidth}`, `${s.backgroundColor} ${s.borderColor}`]; }"
    )
    return row.locator(".source-state").inner_text(), shape, colour


def test_the_lighter_a_cell_the_worse_the_line(still: StillDashboard, visit: Callable[[int, int], Visit]) -> None:
    page = opened(visit(1366, 768).page, still, "/data/quality")
    lightness = page.evaluate("""() => import('/data/assets/data/shades.js').then(({pixelsOf, mosOf}) => {
        const pixels = pixelsOf(getComputedStyle(document.body));
        const linear = (part) => part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4;
        return [...pixels.keys()].filter((byte) => byte >= 2 && mosOf(byte) <= 4.5).map((byte) => {
          const p = pixels[byte];
          return 0.2126 * linear(p & 255) + 0.7152 * linear(p >> 8 & 255) + 0.0722 * linear(p >> 16 & 255);
        });
      })""")
    assert len(lightness) == 176
    assert lightness == sorted(lightness, reverse=True)
