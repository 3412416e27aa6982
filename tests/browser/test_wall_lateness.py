"""A source that does not report: the wall says so in every figure that waits for it, and still fits."""

from collections.abc import Callable

import pytest

from tests.browser.looks import cut_texts, outside, texts_on_each_other
from tests.servers.browser import Visit
from tests.servers.wall import Wall

pytestmark = pytest.mark.browser

LATE = "Số liệu trễ"


def test_each_figure_that_waits_for_a_source_says_that_it_is_late(
    own_wall: Wall, visit: Callable[[int, int], Visit]
) -> None:
    with own_wall.connect() as connection:
        connection.execute(
            "insert into source_promise"
            " values (0, 1, now(), 'van-son', 'events', '{onestop}', '{03982}', 600, true),"
            " (0, 2, now(), 'papers', 'edxml', '{documents}', '{03980}', 600, true)"
        )  # neither was ever heard of, whatever the hour is
    page = visit(1920, 1080).page
    page.goto(f"{own_wall.url}/wall/")
    page.wait_for_selector("#freshness[data-state=quiet]")
    page.wait_for_selector("#overview-tile-overdue_now[data-state=late]")
    page.evaluate("() => document.fonts.ready.then(() => null)")
    assert {page.inner_text(f"#overview-note-{kpi}") for kpi in ("overdue_now", "due_soon", "online_rate")} == {LATE}
    assert page.locator(".rank-row[data-state=late] .rank-name").all_inner_texts() == ["Phường Thảo Nguyên"]
    assert page.locator(".map-label[data-state=late]").get_attribute("data-unit") == "03982"
    assert page.locator(".map-mark[data-kind=late]").count() == 1
    assert page.is_visible("#overview-legend-late")
    assert cut_texts(page) == []
    assert texts_on_each_other(page) == []
    assert outside(page) == []
    with own_wall.connect() as connection:
        connection.execute("update source_promise set streams = '{conference}'")
    own_wall.hint()
    page.wait_for_selector("#overview-tile-overdue_now[data-state=live]", timeout=10_000)
    page.wait_for_selector("#freshness[data-state=quiet]")
    assert page.locator("[data-state=late]").count() == 0
