"""The map in full: the figure is chosen at a desk and goes by in turn on a display; a unit leads to its own scene."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.axe import serious
from tests.browser.fed import opened
from tests.browser.scene_frames import assert_well_laid_out, with_values
from tests.browser.test_wall_map import collisions
from tests.servers.browser import Visit
from tests.servers.wall import Wall

pytestmark = pytest.mark.browser


def usual(kpi: str) -> float:
    return 0.873 if kpi.endswith("_rate") else 12


def extreme(kpi: str) -> float:
    return 1.0 if kpi.endswith("_rate") else 987_654


def empty(_: str) -> None:
    return None


def test_nothing_is_cut_or_lies_on_something_else_whatever_is_chosen(
    wall: Wall, visit: Callable[[int, int], Visit]
) -> None:
    for query in ("?lang=vi&measure=on_time_rate", "?lang=en&theme=light&measure=received_month"):
        fed = opened(wall, visit, f"map{query}", scene="map")
        for value_of in (usual, extreme, empty):
            with_values(fed.frame, value_of)
            fed.send()
            assert_well_laid_out(fed.page, ".rank-row, .choice, .tile")
            assert collisions(fed.page) == []
        assert serious(fed.page) == []


def test_the_figure_is_chosen_by_pointer_keyboard_or_address(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    fed = opened(wall, visit, "map?measure=on_time_rate", scene="map")
    page = fed.page
    page.click("#map-choose-early_rate")
    page.click("#map-choose-on_time_rate")
    assert page.locator(".map-ring").count() == 0, "another figure is no change"
    for place, figures in enumerate(fed.board["units"].values()):
        figures |= {"on_time_rate": 0.9 + place / 100, "due_soon": place}
    fed.send()
    assert page.get_attribute("#map-choose-on_time_rate", "aria-pressed") == "true"
    assert page.inner_text("#map-map-title") == "Tỷ lệ giải quyết đúng và trước hạn trong tháng"
    assert page.inner_text("#map-rank-value-0") == "90,0\u00a0%", "where more is better the least comes first"
    assert page.inner_text("#map-legend-text-0") == "từ 99\u00a0%"
    page.click("#map-choose-due_soon")
    assert page.inner_text("#map-rank-value-0") == "7"
    assert page.url.endswith("measure=due_soon")
    assert page.get_attribute("#map-tile-chosen", "href").startswith("/kpi/due_soon?")  # type: ignore[union-attr]  # it has one
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("measure=on_time_rate")
    assert page.locator("[aria-pressed=true]").count() == 1
    page.click(".map-unit[data-unit='04000']")
    page.wait_for_url("**/wall/unit/04000?*")


def test_on_a_display_another_figure_is_shown_at_each_showing(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    def as_display(route: Any) -> None:
        answer = route.fetch()
        shown = answer.text().replace('\\"display\\":null', '\\"display\\":{\\"id\\":1,\\"name\\":\\"a\\"}')
        route.fulfill(response=answer, body=shown)

    seen = visit(1920, 1080)
    page = seen.page
    page.route("**/_dash-layout", as_display)
    page.goto(f"{wall.url}/wall/map")
    page.wait_for_selector(".map-unit")
    assert page.locator(".map-link, .map-tip").count() == 0
    titles = []
    for _ in range(3):
        titles.append(page.inner_text("#map-map-title"))
        page.evaluate("""() => new Promise((done) => {
          const scene = document.getElementById("scene-map");
          scene.dataset.shown = "no";
          requestAnimationFrame(() => { scene.dataset.shown = "yes"; requestAnimationFrame(() => done(null)); });
        })""")
    assert len(set(titles)) == 3
