"""The scene of one unit: its own figures, where it lies, what it was merged from, its neighbours, its latest cases."""

from collections.abc import Callable

import httpx
import pytest

from tests.browser.axe import serious
from tests.browser.fed import opened
from tests.browser.scene_frames import assert_well_laid_out, with_values
from tests.browser.test_scene_map import empty, extreme, usual
from tests.servers.browser import Visit
from tests.servers.wall import Wall

pytestmark = pytest.mark.browser


def test_nothing_is_cut_or_lies_on_something_else_in_any_unit(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    for path in ("unit/04000?lang=vi", "unit/03982?lang=en&theme=light"):
        fed = opened(wall, visit, path, scene="unit")
        for value_of in (usual, extreme, empty):
            with_values(fed.frame, value_of)
            for figures in fed.frame["more"]["trends"].values():
                for kpi, figure in figures.items():
                    figure["before"] = value_of(kpi)
            fed.send()
            assert_well_laid_out(fed.page, ".tile, .neighbour, .event")
        assert serious(fed.page) == []


def test_a_unit_shows_its_own_figures_and_leads_to_their_passports(
    wall: Wall, visit: Callable[[int, int], Visit]
) -> None:
    fed = opened(wall, visit, "unit/03980", scene="unit")
    page = fed.page
    fed.board["units"]["03980"] |= {"overdue_now": 23, "on_time_rate": 0.9}
    fed.board["states"] = {"03980": {"due_soon": "frozen"}}
    fed.send()
    assert page.inner_text("#unit-title") == "Phường Mộc Châu"
    assert page.inner_text("#unit-made").startswith("Gồm: một phần Thị trấn Mộc Châu, Xã Chiềng Hắc")
    assert page.inner_text("#unit-value-overdue_now") == "23"
    assert page.get_attribute("#unit-tile-overdue_now", "data-standing") == "bad"
    assert page.get_attribute("#unit-tile-overdue_now", "href") == "/kpi/overdue_now?lang=vi&theme=dark&unit=03980"
    assert page.get_attribute("#unit-tile-due_soon", "data-state") == "frozen"
    assert page.inner_text("#unit-before-being_handled").startswith("Tuần trước ")
    assert "polyline" in (page.get_attribute("#unit-trend-being_handled", "src") or "")


def test_a_unit_is_found_on_the_map_and_leads_to_its_neighbours(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    fed = opened(wall, visit, "unit/03980", scene="unit")
    page = fed.page
    here = page.locator(".map-unit[data-here=yes]")
    assert here.evaluate_all("all => all.map((e) => e.dataset.unit)") == ["03980"]
    fills = page.locator(".map-unit").evaluate_all("all => all.map((e) => getComputedStyle(e).fill)")
    assert len(set(fills)) == 2
    assert page.locator(".neighbour:visible").count() == 4
    page.click(".neighbour-name >> text=Xã Lóng Sập")
    page.wait_for_url("**/wall/unit/04045?*")


def test_a_unit_that_does_not_exist_has_no_page(wall: Wall) -> None:
    assert httpx.get(f"{wall.url}/wall/unit/99999").status_code == 404
