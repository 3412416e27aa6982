"""The map of the wall: what the page is told to draw it, how its shades are chosen, and who can tell them apart."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any, Literal

import pytest

from dashboard.text import words_in
from dashboard.wall.area import area_on
from dashboard.wall.map import Sheet, map_facts
from dashboard.wall.scene import Place
from stream.kpi.catalogue import load_catalogue
from tests.building.colours import EYES, Eyes, contrast, lightness, tokens
from tests.servers.browser import Visit
from tests.servers.wall import Wall

TODAY = date(2026, 1, 5)
STEPS = range(5)
PLACE = Place("map", words_in("vi"), load_catalogue(), area_on(TODAY))
SHEET = Sheet(620, 540)


def facts(day: date = TODAY) -> dict[str, dict[str, Any]]:
    found = map_facts(replace(PLACE, area=area_on(day)), "", ["overdue_now"], SHEET)
    return {unit["code"]: unit for unit in found["units"]}


@pytest.mark.parametrize(("day", "units"), [(TODAY, 8), (date(2024, 6, 1), 15)])
def test_the_page_is_told_of_every_unit_of_the_day(day: date, units: int) -> None:
    assert tuple(facts(day)) == area_on(day).codes
    assert len(facts(day)) == units
    assert all(unit["path"].startswith("M") and unit["neighbours"] for unit in facts(day).values())


def test_a_unit_says_what_it_was_merged_from() -> None:
    moc_chau = facts()["03980"]
    assert [(part["title"], part["whole"]) for part in moc_chau["made_of"]] == [
        ("Thị trấn Mộc Châu", False),
        ("Xã Chiềng Hắc", True),
        ("Xã Mường Sang", True),
    ]
    assert moc_chau["began"] == "01/07/2025"
    assert facts()["03985"]["made_of"] == []  # Chiềng Sơn is as it was


def test_the_map_is_drawn_once_for_all_pages() -> None:
    assert facts()["03980"]["path"] is facts()["03980"]["path"]


Shading = Callable[[dict[str, Any], Sequence[float | None]], Any]


@pytest.fixture
def shading(wall: Wall, visit: Callable[[int, int], Visit]) -> Shading:
    page = visit(800, 600).page
    page.goto(f"{wall.url}/health")

    def found(rule: dict[str, Any], values: Sequence[float | None]) -> Any:
        return page.evaluate(
            "([rule, values]) => import('/wall/assets/wall/shades.js').then(({shading}) => {"
            " const {colours, stepOf, steps} = shading(rule, values);"
            " return [colours, values.map(stepOf), steps]; })",
            [rule, list(values)],
        )

    return found


COUNT = {"unit": "count", "direction": "lower_is_better", "target": 0, "warn": 10}
RATE = {"unit": "percent", "direction": "higher_is_better", "target": 0.9, "warn": 0.8}


@pytest.mark.browser
def test_more_is_never_paler_and_none_is_apart_from_unknown(shading: Shading) -> None:
    colours, steps, ends = shading(COUNT, [None, 0, 1, 2, 3, 9, 10, 11, 400, 9_999])
    assert colours == "shade"
    assert steps[:2] == [None, 0]
    assert steps[2:] == sorted(steps[2:])
    assert steps[2] == 1
    assert steps[-1] == 4
    assert [most for _, most in ends] == [0, 2_500, 5_000, 7_500, 10_000]


@pytest.mark.browser
def test_a_single_overdue_application_is_no_blaze_and_a_change_moves_no_other_unit(shading: Shading) -> None:
    assert shading(COUNT, [1, None])[1] == [1, None]
    assert shading(COUNT, [1, 3, 6, 9])[1] == shading(COUNT, [1, 3, 6, 8])[1] == [1, 2, 3, 4]


@pytest.mark.browser
def test_a_share_is_shaded_by_how_far_it_is_from_its_target(shading: Shading) -> None:
    colours, steps, ends = shading(RATE, [1, 0.9, 0.87, 0.82, 0.75, 0.2, None])
    assert colours == "shade"
    assert steps == [0, 0, 1, 2, 3, 4, None]
    assert ends[0] == [0.9, None]
    assert ends[-1][0] is None
    less = {**RATE, "direction": "lower_is_better", "target": 0.1, "warn": 0.2}
    assert shading(less, [0.0, 0.1, 0.13, 0.18, 0.25, 0.9])[1] == [0, 0, 1, 2, 3, 4]


@pytest.mark.browser
def test_what_is_no_better_or_worse_is_drawn_without_alarm(shading: Shading) -> None:
    neutral = {"direction": "neutral", "target": None, "warn": None}
    assert shading({**neutral, "unit": "count"}, [3, 700])[0] == "tint"
    assert shading({**neutral, "unit": "percent"}, [0, 0.19, 0.5, 1])[:2] == ["tint", [0, 0, 2, 4]]


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("colours", ["shade", "tint"])
def test_every_eye_sees_each_step_apart_from_the_next(
    theme: Literal["dark", "light"], eyes: Eyes, colours: str
) -> None:
    found = [lightness(tokens(theme)[f"{colours}-{step}"], eyes) for step in STEPS]
    rising = found if theme == "dark" else found[::-1]
    assert all(after - before >= 7 for before, after in pairwise(rising)), found


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("colours", ["shade", "tint"])
def test_labels_can_be_read_on_every_step(theme: Literal["dark", "light"], colours: str) -> None:
    found = tokens(theme)
    for step in STEPS:
        assert contrast(found[f"{colours}-ink-{step}"], found[f"{colours}-{step}"]) >= 4.5, step


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_no_data_is_no_step_but_a_pattern_of_its_own(theme: Literal["dark", "light"]) -> None:
    found = tokens(theme)
    steps = {found[f"{colours}-{step}"] for colours in ("shade", "tint") for step in STEPS}
    assert found["map-none"] not in steps
    assert contrast(found["line"], found["map-none"]) >= 1.5
