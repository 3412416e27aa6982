"""The archive's pages at desk sizes, in both languages and themes: nothing is cut, overlaps or comes from elsewhere."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.archive_desk import MONTH, SIZES, Opens, filled, opened
from tests.browser.axe import serious
from tests.browser.page_looks import cut_texts, sideways, sticking_out, texts_on_each_other
from tests.building.archived import Archive
from tests.servers.wall import Wall

pytestmark = pytest.mark.browser
UNWRITTEN = ("undefined", "NaN", "{n}", "null", "[object")


@pytest.fixture(scope="module")
def archive(wall: Wall) -> Iterator[Archive]:
    """For tests that only look."""
    with filled(wall) as archive:
        yield archive


_UNFOLD = """() => {
  for (const box of document.querySelectorAll("#slots, .archive-scroll")) {
    box.style.contain = "none";
    box.style.maxHeight = "none";
  }
}"""


def check(page: Page, *, before: bool = False) -> None:
    """At each size, with all that can be scrolled to unfolded. `before`: a dialog lies before the page."""
    page.evaluate(_UNFOLD)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert [text for text in cut_texts(page) if text] == [], width
        assert sticking_out(page) == [], width
        assert before or texts_on_each_other(page) == [], width
        assert sideways(page) <= 0, width
    assert [word for word in UNWRITTEN if word in page.inner_text("main")] == []
    assert serious(page) == []


@pytest.mark.parametrize(("lang", "theme"), [("vi", "dark"), ("en", "light")])
def test_the_archive_at_every_size(wall: Wall, archive: Archive, visit: Opens, lang: str, theme: str) -> None:
    assert archive.sealed
    seen = opened(visit, wall, f"/archive/?lang={lang}&theme={theme}", "administrator")
    page = seen.page
    check(page)
    page.click("[data-key=run]")
    check(page, before=True)
    page.fill("#run-period", "2026-11")
    page.select_option("#run-kind", "statutory-month")
    page.check("[name=dry][value=no]")
    page.click(".archive-form [type=submit]")
    page.wait_for_selector("#run-says")
    check(page, before=True)
    assert seen.complaints == []
    assert {urlsplit(address).netloc for address in seen.asked if not address.startswith("data:")} == {
        urlsplit(wall.url).netloc
    }


@pytest.mark.parametrize(("lang", "theme", "version"), [("vi", "light", 3), ("en", "dark", 1)])
def test_a_snapshot_at_every_size(
    wall: Wall, archive: Archive, visit: Opens, lang: str, theme: str, version: int
) -> None:
    assert archive.sealed
    seen = opened(visit, wall, f"{MONTH}?version={version}&lang={lang}&theme={theme}", "administrator")
    page = seen.page
    page.wait_for_selector(".form-table")
    page.click("[data-key=check]")
    page.wait_for_selector(".check-verdict")
    page.select_option("#compare-section", "form-ii06a")
    page.wait_for_selector("[data-path='form/area/total/subtotal/13']")
    check(page)
    page.click("[data-key=receipt-folder]")
    page.wait_for_function("() => document.querySelector('.receipt-body')?.textContent.includes('accepted')")
    check(page, before=True)
    assert seen.complaints == []


def test_a_slot_that_is_not_sealed_has_a_page_that_says_why(wall: Wall, archive: Archive, visit: Opens) -> None:
    assert archive.sealed
    seen = opened(visit, wall, "/archive/index-quarter/2026-Q3?lang=vi")
    assert "Lỗi, sẽ thử lại" in seen.page.inner_text("#marks")
    assert "SealError" in seen.page.inner_text("#marks")
    check(seen.page)
    assert seen.complaints == []
