"""The map on the wall: labels that can be read, marks, what a unit is at a desk, a pulse where something changed."""

from collections.abc import Callable
from itertools import combinations

import pytest
from playwright.sync_api import Page

from tests.browser.fed import Fed, opened
from tests.servers.browser import Visit
from tests.servers.wall import Wall

pytestmark = pytest.mark.browser

Box = tuple[float, float, float, float]

_LABELS = """() => [...document.querySelectorAll(".map-label")].map((label) =>
  [...label.querySelectorAll("text, .map-mark:not([data-kind=none])")].map((part) => {
    const { left, top, right, bottom } = part.getBoundingClientRect();
    const room = part.tagName === "text" ? 0.22 * (bottom - top) : 0; // above and below the letters of a line
    return [left, top + room, right, bottom - room];
  }))"""


def are_apart(one: Box, other: Box) -> bool:
    """Whether two boxes lie on each other by no more than a hair."""
    beside = min(one[2], other[2]) - max(one[0], other[0])
    above = min(one[3], other[3]) - max(one[1], other[1])
    return min(beside, above) <= 1


def collisions(page: Page) -> list[tuple[int, int]]:
    """Labels of which a part lies on a part of another."""
    labels = page.evaluate(_LABELS)
    return [
        (a, b)
        for a, b in combinations(range(len(labels)), 2)
        if not all(are_apart(one, other) for one in labels[a] for other in labels[b])
    ]


def settle(fed: Fed, value_of: Callable[[int], float | None], kpi: str = "overdue_now") -> None:
    for place, figures in enumerate(fed.board["units"].values()):
        figures[kpi] = value_of(place)
    fed.send()


@pytest.mark.parametrize(("path", "scene", "kpi"), [("", "overview", "overdue_now"), ("map", "map", "overdue_now")])
def test_labels_never_lie_on_each_other_whatever_the_figures_are(
    wall: Wall, visit: Callable[[int, int], Visit], path: str, scene: str, kpi: str
) -> None:
    fed = opened(wall, visit, path, scene=scene)
    for width, height in ((1366, 768), (1920, 1080), (3840, 2160)):
        fed.page.set_viewport_size({"width": width, "height": height})
        for value in (0, 8_888, 12_345):
            settle(fed, lambda _, value=value: value, kpi)  # type: ignore[misc]  # the value of this turn
            assert collisions(fed.page) == [], (width, value)
            assert fed.page.locator(f"#scene-{scene} .map-figure").first.text_content() == f"{value:,}".replace(
                ",", "."
            )
        smallest = min(
            fed.page.locator(".map-name").evaluate_all("all => all.map((e) => e.getBoundingClientRect().height)")
        )
        assert smallest >= 20 * width / 1920, "smaller than five metres allow on a 55-inch display"


def test_no_data_is_hatched_and_nought_is_not(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    fed = opened(wall, visit)
    settle(fed, lambda place: None if place == 0 else 0)
    fills = fed.page.locator(".map-unit").evaluate_all("all => all.map((e) => getComputedStyle(e).fill)")
    assert "no-data" in fills[0]
    assert len(set(fills[1:])) == 1
    assert "no-data" not in fills[1]
    assert fed.page.locator(".map-figure").all_text_contents()[:2] == ["–", "0"]
    assert fed.page.is_visible("#overview-legend-unknown")
    settle(fed, lambda _: 0)
    assert not fed.page.is_visible("#overview-legend-unknown")


def test_a_breach_bears_a_mark_and_what_can_not_be_relied_on_another(
    wall: Wall, visit: Callable[[int, int], Visit]
) -> None:
    fed = opened(wall, visit)
    _, second, third, *_ = fed.board["units"]
    fed.board["states"] = {second: {"overdue_now": "partial"}, third: {"overdue_now": "frozen"}}
    settle(fed, lambda place: 40 if place < 3 else 1)
    kinds = fed.page.locator(".map-mark").evaluate_all("all => all.map((e) => e.dataset.kind)")
    assert kinds[:4] == ["bad", "partial", "frozen", "none"]
    shapes = fed.page.locator(".map-mark").evaluate_all(
        "all => all.map((e) => e.getAttribute('d').replace(/[-\\d. ]+/g, ''))"
    )
    assert len(set(shapes[:3])) == 3
    assert collisions(fed.page) == []


def test_at_a_desk_a_unit_says_what_it_is_and_leads_to_its_own_scene(
    wall: Wall, visit: Callable[[int, int], Visit]
) -> None:
    fed = opened(wall, visit, "?lang=vi&theme=light")
    page = fed.page
    settle(fed, lambda _: 40)
    assert not page.is_visible(".map-tip")
    page.focus(".map-link:has([data-unit='03980'])")
    said = page.locator(".map-tip p").all_inner_texts()
    assert said[0] == "Phường Mộc Châu"
    assert said[1] == "Quá hạn: 40"
    assert said[2] == "Chưa đạt mục tiêu · Trực tiếp"
    assert said[3].startswith("Giáp: Phường Mộc Sơn, ")
    assert said[4] == "Gồm: một phần Thị trấn Mộc Châu, Xã Chiềng Hắc, Xã Mường Sang (từ 01/07/2025)"
    settle(fed, lambda _: 41)
    assert page.locator(".map-tip-figure").inner_text() == "Quá hạn: 41"
    page.focus("#overview-tile-overdue_now")
    assert not page.is_visible(".map-tip")
    page.hover(".map-unit[data-unit='03985']")
    assert page.locator(".map-tip p").first.inner_text() == "Xã Chiềng Sơn"
    page.focus(".map-link:has([data-unit='03980'])")
    page.keyboard.press("Enter")
    page.wait_for_url("**/wall/unit/03980?lang=vi&theme=light")


_RINGS = "() => [...document.querySelectorAll('.map-ring')].map((ring) => ring.getAnimations().length)"


def test_a_change_pulses_once_where_it_happened_and_adds_nothing_to_the_page(
    wall: Wall, visit: Callable[[int, int], Visit]
) -> None:
    fed = opened(wall, visit)
    settle(fed, lambda _: 2)
    assert len(fed.page.evaluate(_RINGS)) <= 8
    fed = opened(wall, visit)
    assert fed.page.evaluate(_RINGS) == [], "what was there at first is no change"
    figures = fed.board["units"]["04000"]
    for value in (31, 32, 33, 34):
        figures["overdue_now"] = value
        fed.send()
        assert fed.page.evaluate(_RINGS) == [1]
    [timing] = fed.page.evaluate(
        "() => document.querySelector('.map-ring').getAnimations().map((a) => a.effect.getComputedTiming())"
    )
    assert timing["iterations"] == 1
    assert timing["endTime"] <= 1_500
    ring = fed.page.locator(".map-ring").bounding_box()
    unit = fed.page.locator(".map-unit[data-unit='04000']").bounding_box()
    assert ring is not None
    assert unit is not None
    assert unit["x"] < ring["x"] + ring["width"] / 2 < unit["x"] + unit["width"]
    assert unit["y"] < ring["y"] + ring["height"] / 2 < unit["y"] + unit["height"]


def test_whoever_asks_for_little_motion_sees_no_pulse(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    fed = opened(wall, visit, still=True)
    settle(fed, lambda _: 77)
    assert fed.page.evaluate(_RINGS) == []


def test_a_frame_that_says_the_same_touches_nothing_of_the_map(wall: Wall, visit: Callable[[int, int], Visit]) -> None:
    fed = opened(wall, visit)
    fed.page.evaluate("""() => {
      window.touched = 0;
      new MutationObserver((all) => { window.touched += all.length; }).observe(
        document.querySelector(".map-sheet"),
        { attributes: true, childList: true, characterData: true, subtree: true });
    }""")
    fed.send()
    fed.send()
    assert fed.page.evaluate("() => window.touched") == 0
    fed.board["units"]["04000"]["overdue_now"] = 91
    fed.send()
    assert 0 < fed.page.evaluate("() => window.touched") < 40
