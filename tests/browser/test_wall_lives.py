"""The wall over time: it shows what happens, says when it can't, and comes back by itself."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.browser.district import OVERDUE, receive, truncate
from tests.servers.browser import Visit
from tests.servers.wall import Wall

pytestmark = pytest.mark.browser


def opened(visit: Callable[[int, int], Visit], wall: Wall) -> Page:
    page = visit(1920, 1080).page
    page.goto(f"{wall.url}/wall/")
    page.wait_for_selector("#wall[data-freshness=live]")
    return page


def test_what_is_applied_appears_in_its_tile(own_wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    page = opened(visit, own_wall)
    before = int(page.inner_text("#overview-value-received_today"))
    with own_wall.connect() as connection:
        receive(connection, 3980, 7)
    own_wall.hint()
    page.wait_for_selector(f"#overview-value-received_today:text-is('{before + 7}')", timeout=4_000)
    painted = page.evaluate("() => window.__ioc.painted.at(-1)")
    assert painted["painted_at"] >= painted["received_at"] >= painted["now"] - 1_000
    assert painted["known_until"] <= painted["now"]


def test_the_worst_unit_leads_and_every_unit_is_listed(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    page = opened(visit, wall)
    values = [int(text) for text in page.locator(".rank-value").all_inner_texts()]
    assert values == sorted(OVERDUE.values(), reverse=True) + [0] * (8 - len(OVERDUE))
    assert page.inner_text("#overview-rank-name-0") == "Phường Mộc Châu"
    assert page.inner_text("#overview-value-overdue_now") == str(sum(OVERDUE.values()))
    drawn = page.locator(".map-figure").all_text_contents()
    assert sorted(int(text) for text in drawn) == sorted(values)


def test_a_dead_server_is_seen_within_15_seconds_and_its_return_too(
    own_wall: Wall, visit: Callable[[int, int], Visit]
) -> None:
    page = opened(visit, own_wall)
    own_wall.stop()
    page.wait_for_selector("#freshness[data-state=lost]", timeout=15_000)
    assert page.inner_text("#freshness-state") == "Mất kết nối"
    ages = [int(re.findall(r"\d+", page.inner_text("#freshness-age"))[0]) for _ in range(3) if _tick(page)]
    assert all(later > earlier for earlier, later in pairwise(ages))
    own_wall.start()
    page.wait_for_selector("#freshness[data-state=live]", timeout=30_000)


def test_a_feed_that_was_refused_is_opened_again(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    """An answer that is no stream, as a proxy gives while the server is away, leaves EventSource closed for ever."""
    page = visit(1920, 1080).page
    page.route("**/feed/wall?*", lambda route: route.fulfill(status=502), times=1)
    page.goto(f"{wall.url}/wall/")
    page.wait_for_function("() => window.__ioc && window.__ioc.painted.length >= 2", timeout=20_000)


def test_units_and_kpis_without_data_say_so_and_show_no_nought(
    own_wall: Wall, visit: Callable[[int, int], Visit]
) -> None:
    with own_wall.connect() as connection:
        truncate(connection, "rollup_day, rollup_month, rollup_unit_day, rollup_unit_month, ledger, event")
    page = visit(1920, 1080).page
    page.goto(f"{own_wall.url}/wall/")
    page.wait_for_selector("#overview-tile-overdue_now[data-standing=unknown]", timeout=10_000)
    assert page.inner_text("#overview-value-overdue_now") == "–"
    assert page.inner_text("#overview-note-overdue_now") == "Chưa có dữ liệu"
    assert page.inner_text("#overview-rank-note") == "Chưa có dữ liệu"
    assert page.inner_text("#overview-ticker-note") == "Không có cập nhật gần đây"
    assert set(page.locator(".map-figure").all_text_contents()) == {"–"}


def test_old_figures_are_called_late_while_the_database_is_away(
    own_wall: Wall, visit: Callable[[int, int], Visit]
) -> None:
    with own_wall.connect() as connection:
        connection.execute("alter table rollup_unit_day rename to rollup_unit_day_away")
        page = visit(1920, 1080).page
        page.goto(f"{own_wall.url}/wall/")
        page.wait_for_selector("#freshness[data-state=late]", timeout=30_000)
        assert page.inner_text("#freshness-state") == "Dữ liệu trễ"
        connection.execute("alter table rollup_unit_day_away rename to rollup_unit_day")
        page.wait_for_selector("#freshness[data-state=live]", timeout=15_000)


def _tick(page: Page) -> bool:
    """Wait for the age to be counted up once."""
    before = page.inner_text("#freshness-age")
    page.wait_for_function("(before) => document.getElementById('freshness-age').textContent !== before", arg=before)
    return True
