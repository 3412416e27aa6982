"""The operators' queue at two sizes, in both languages and themes: complete, legible, usable by everybody."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.axe import serious
from tests.browser.page_looks import cut_texts, sideways, sticking_out, texts_on_each_other
from tests.browser.queue_desk import opened
from tests.servers.browser import Visit
from tests.servers.centre import Centre
from tests.servers.people import sign_in_page

pytestmark = pytest.mark.browser
Opens = Callable[[int, int], Visit]
SIZES = [(1366, 768), (1920, 1080)]
_HIDE_BEYOND = """() => {
  const { top, bottom } = document.querySelector("#grid .rows").parentElement.getBoundingClientRect();
  for (const row of document.querySelectorAll("#grid .row")) {
    const box = row.getBoundingClientRect();
    row.style.visibility = box.top < top || box.bottom > bottom ? "hidden" : "";
  }
}"""


@pytest.mark.parametrize(("language", "theme"), [("vi", "dark"), ("en", "light")])
def test_nothing_is_cut_or_covered_and_axe_has_nothing_against_it(
    shared_centre: Centre, visit: Opens, language: str, theme: str
) -> None:
    seen = visit(*SIZES[0])
    sign_in_page(seen.page, shared_centre)
    page = opened(seen.page, shared_centre, f"lang={language}&theme={theme}")
    page.keyboard.press("x")
    for size in SIZES:
        resized(page, *size)
        assert cut_texts(page) == [], size
        assert sticking_out(page) == [], size
        assert texts_on_each_other(page) == [], size
        assert sideways(page) <= 0, size
    assert serious(page) == []
    for key in ("?", "v"):
        page.keyboard.press(key)
        page.wait_for_selector("dialog[open]")
        assert cut_texts(page) == [], key
        assert serious(page) == [], key
        page.keyboard.press("Escape")
    assert seen.complaints == []
    assert all(address.startswith((shared_centre.url, "data:")) for address in seen.asked), (
        "nothing comes from elsewhere"
    )


def test_where_there_is_little_room_the_least_important_columns_go(shared_centre: Centre, visit: Opens) -> None:
    seen = visit(1024, 768)
    sign_in_page(seen.page, shared_centre)
    page = opened(seen.page, shared_centre)
    heads = page.locator(".head:visible:not(:empty)")
    wide = ["Tình trạng", "Còn lại", "Hẹn trả", "Mã", "Thủ tục, lĩnh vực", "Đơn vị, cách nộp", "Người giữ"]
    assert heads.all_inner_texts() == wide
    assert beyond(page) == 0
    page.set_viewport_size({"width": 900, "height": 768})
    assert heads.all_inner_texts() == [head for head in wide if not head.startswith("Đơn vị")]
    assert beyond(page) == 0
    assert sideways(page) <= 0


def beyond(page: Page) -> int:
    """By how many px the rows are wider than the grid."""
    return int(
        page.evaluate("() => { const row = document.querySelector('.row'); return row.scrollWidth - row.clientWidth; }")
    )


def resized(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))")
    page.evaluate(_HIDE_BEYOND)
