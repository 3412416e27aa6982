"""Every scene at every size, in both languages and themes: complete, legible, and from this house alone."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from dashboard.wall.scenes import SCENES
from tests.browser.axe import serious
from tests.browser.looks import cut_texts, outside, overlaps, scrolls, smallest_text, texts_on_each_other
from tests.servers.browser import Visit
from tests.servers.wall import Wall

pytestmark = pytest.mark.browser

SIZES = [(1366, 768), (1920, 1080), (3840, 2160)]
LANGUAGES = ["vi", "en"]
THEMES = {"vi": "dark", "en": "light"}
DRAWN = ".map-unit"
PATHS = {name: {"overview": "", "unit": "unit/03980"}.get(name, name) for name in SCENES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scene", PATHS)
def test_nothing_is_cut_overlaps_or_leaves_the_display(
    wall: Wall, visit: Callable[[int, int], Visit], scene: str, language: str
) -> None:
    seen = visit(*SIZES[0])
    page = seen.page
    page.goto(f"{wall.url}/wall/{PATHS[scene]}?lang={language}&theme={THEMES[language]}")
    page.wait_for_selector("#wall[data-freshness=live]")
    page.wait_for_selector(f"#scene-{scene}[data-shown=yes]")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("() => document.fonts.ready.then(() => null)")
        settled(page)
        where = f"{scene} in {language} at {width}×{height}"
        assert cut_texts(page) == [], where
        assert texts_on_each_other(page) == [], where
        assert overlaps(page, ".panel, .header, .footer") == [], where
        assert overlaps(page, ".rank-row, .ticker, .split-legend > li, .tile-plain") == [], where
        assert outside(page) == [], where
        assert not scrolls(page), where
        assert smallest_text(page) >= 20 * width / 1920 - 0.1, f"{where}: five metres on a 55-inch display"
    assert [word for word in ("undefined", "NaN", "{n}") if word in page.inner_text("#wall")] == []
    assert serious(page) == []
    assert seen.complaints == []
    assert {urlsplit(address).netloc for address in seen.asked if not address.startswith("data:")} == {
        urlsplit(wall.url).netloc
    }


def settled(page: Page) -> None:
    """Wait until the page was laid out and painted anew."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))")


def test_the_map_is_as_large_at_4k_as_at_1080p(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    sizes = []
    for width, height in SIZES[1:]:
        page = visit(width, height).page
        page.goto(f"{wall.url}/wall/")
        page.wait_for_selector(DRAWN, state="attached")
        page.wait_for_function("() => document.fonts.ready")
        sizes.append(page.locator(".map-name").first.evaluate("e => e.getScreenCTM().a"))
    assert sizes[1] == pytest.approx(2 * sizes[0], rel=0.001)


def test_figures_are_written_as_the_language_writes_them(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    page = visit(1920, 1080).page
    written = {}
    for language in LANGUAGES:
        page.goto(f"{wall.url}/wall/?lang={language}")
        page.wait_for_selector("#overview-tile-received_month[data-standing=none]")
        written[language] = [
            page.inner_text(of) for of in ("#overview-value-received_month", "#overview-tile-on_time_rate .tile-figure")
        ]
        assert page.locator("html").get_attribute("lang") == language
    month, rate = written["vi"]
    assert written["en"] == [month.replace(".", ","), rate.replace(",", ".")]
    assert "." in month
    assert rate.endswith("\u00a0%")


def test_the_language_is_vietnamese_unless_another_is_asked_for(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    page = visit(1920, 1080).page
    page.goto(f"{wall.url}/wall/")
    assert page.inner_text(".brand-title") == "Trung tâm điều hành thông minh Mộc Châu"
    page.click("text=EN")
    page.wait_for_url("**/wall/?lang=en")
    assert page.inner_text(".brand-title") == "Smart operations centre of Mộc Châu"


def test_the_first_paint_has_figures(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    page = visit(1920, 1080).page
    page.add_init_script("""
        const look = () => {
          const figure = document.getElementById("overview-value-being_handled");
          if (figure && getComputedStyle(figure).visibility === "visible") window.firstFigure = figure.textContent;
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);""")
    page.route("**/feed/wall?*", lambda route: route.abort())
    page.goto(f"{wall.url}/wall/")
    page.wait_for_selector(DRAWN, state="attached")
    assert page.evaluate("() => window.firstFigure") not in {"", "–", None}


def test_a_wall_is_printed_whole_on_one_page(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    page = visit(1062, 733).page  # what A4 leaves inside its margins
    page.goto(f"{wall.url}/wall/")
    page.wait_for_selector("#wall[data-freshness=live]")
    page.emulate_media(media="print")
    settled(page)
    assert cut_texts(page) == []
    assert texts_on_each_other(page) == []
    assert outside(page) == []
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1
