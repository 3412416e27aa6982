"""The picture of a day of lines: what it shows, by mouse, by keys, and day by day."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.servers.browser import Visit
from tests.servers.still_dashboard import StillDashboard

pytestmark = pytest.mark.browser

_CELL = """([row, minute, rows]) => {
  const canvas = document.getElementById("cells");
  const x = Math.floor((minute + 0.5) / 1440 * canvas.width), y = Math.floor((row + 0.4) / rows * canvas.height);
  return [...canvas.getContext("2d").getImageData(x, y, 1, 1).data];
}"""


def opened(visit: Callable[[int, int], Visit], still: StillDashboard, day: str = "", width: int = 1920) -> Page:
    page = visit(width, 1080).page
    page.goto(f"{still.url}/data/quality{day}")
    page.wait_for_selector("#quality[data-freshness=live]")
    page.wait_for_function("() => performance.getEntriesByName('picture-painted').length > 0")
    return page


def rows(page: Page) -> list[str]:
    return page.locator("#labels .label-name").all_inner_texts()


def test_good_bad_unknown_and_missing_minutes_look_apart(
    still: StillDashboard, visit: Callable[[int, int], Visit]
) -> None:
    page = opened(visit, still)
    names = rows(page)
    assert sorted(names) == [f"phong-hop-{number:02d}" for number in range(12)]

    def cell(name: str, minute: int) -> tuple[int, ...]:
        return tuple(page.evaluate(_CELL, [names.index(name), minute, len(names)]))

    good, bad, unknown = (cell(name, 500) for name in ("phong-hop-00", "phong-hop-01", "phong-hop-03"))
    assert len({good, bad, unknown}) == 3
    assert {good[3], bad[3], unknown[3]} == {255}
    assert cell("phong-hop-02", 430)[3] == 0, "the pattern below shows through"
    assert sum(bad[:3]) > sum(good[:3])
    assert float(page.locator("#future").evaluate("e => parseFloat(e.style.left)")) == pytest.approx(41.7, abs=0.3)
    assert "12 thiết bị" in page.inner_text("#drawn")


def test_a_minute_tells_everything_by_mouse_and_by_keys(
    still: StillDashboard, visit: Callable[[int, int], Visit]
) -> None:
    page = opened(visit, still, width=1366)
    names = rows(page)
    box = page.locator("#cells").bounding_box()
    assert box is not None
    row = names.index("phong-hop-01")
    page.mouse.move(box["x"] + box["width"] * 480.5 / 1440, box["y"] + box["height"] * (row + 0.5) / len(names))
    page.wait_for_selector("#minute .minute-where:has-text('phong-hop-01 · Phường Mộc Châu')")
    told = page.inner_text("#minute").replace("\n", " ")
    assert "08:00" in told
    assert "2,31 thấp nhất 1,05" in told
    assert "0,1\u00a0% cao nhất 5,2\u00a0%" in told
    assert "45\u00a0ms" in told
    assert page.locator("#minute").evaluate("e => e.scrollWidth <= e.clientWidth"), "on one line, whole"
    page.mouse.move(0, 0)
    page.focus("#cells")
    for _ in range(names.index("phong-hop-03")):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#minute .minute-where:has-text('phong-hop-03')")
    told = page.inner_text("#minute").replace("\n", " ")
    assert "01:01" in told
    assert "MOS ước tính không đo" in told


def test_a_day_without_samples_says_so_and_the_way_back_is_today(
    still: StillDashboard, visit: Callable[[int, int], Visit]
) -> None:
    page = opened(visit, still)
    page.click("#day-before")
    page.wait_for_selector("#drawn:has-text('Ngày này không có mẫu đo nào')")
    assert page.url.endswith("?day=2026-03-02")
    assert page.input_value("#day") == "2026-03-02"
    page.reload()
    page.wait_for_selector("#drawn:has-text('Thứ Hai, 2 tháng 3, 2026')")
    page.click("#day-today")
    page.wait_for_selector("#drawn:has-text('12 thiết bị')")
    assert page.locator("#day-after").is_disabled()


def test_no_bad_minute_is_lost_on_a_narrow_display(still: StillDashboard, visit: Callable[[int, int], Visit]) -> None:
    page = opened(visit, still)
    found = page.evaluate("""() => import('/data/assets/data/picture.js').then(({drawCells}) => {
      const cells = new Uint8Array(1440).fill(170);
      cells[701] = 20; cells[702] = 0; cells[1001] = 1; cells[1300] = 0;
      const pixels = Uint32Array.from({length: 256}, (_, byte) => 0xff000000 + byte);
      const canvas = document.createElement("canvas");
      drawCells(canvas, {cells, endpoints: [{}]}, pixels, {width: 360, height: 1, gap: 0});
      const drawn = [...canvas.getContext("2d").getImageData(0, 0, 360, 1).data].filter((_, at) => at % 4 === 0);
      return [drawn[175], new Set(drawn).size, drawn[250], drawn[325]];
    })""")
    assert found == [20, 2, 170, 170]


def test_endpoints_with_an_alarm_stand_first(still: StillDashboard, visit: Callable[[int, int], Visit]) -> None:
    page = opened(visit, still)
    page.wait_for_selector("#endpoints tbody tr")
    first, second = (page.locator("#endpoints tbody tr").nth(place) for place in range(2))
    assert (first.get_attribute("data-endpoint"), first.get_attribute("data-standing")) == ("phong-hop-01", "bad")
    assert "Đường truyền kém" in first.inner_text()
    assert (second.get_attribute("data-endpoint"), second.get_attribute("data-standing")) == ("phong-hop-02", "warn")
    assert "Mất kết nối" in second.inner_text()
