"""The scene of the map and that of one unit: what they are made of, at a desk and on a display, and what they read."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from dash import html
from dash.development.base_component import Component

from dashboard.text import words_in
from dashboard.wall.area import area_on
from dashboard.wall.scene import Hung, Place, Scene, When
from dashboard.wall.scenes.map import MAP, MEASURES
from dashboard.wall.scenes.overview import OVERVIEW
from dashboard.wall.scenes.unit import EVENTS, UNIT
from stream.kpi.catalogue import load_catalogue
from stream.live import read_board
from tests.browser.district import settle_in

AREA = area_on(date(2026, 1, 5))
DESK = Place("map", words_in("vi"), load_catalogue(), AREA, unit="03980")
DISPLAY = replace(DESK, display=Hung(1, "phòng họp"))
SCENES = [OVERVIEW, MAP, UNIT]


def parts(component: Component) -> Iterator[Component]:
    yield component
    children = getattr(component, "children", None)
    for child in children if isinstance(children, list) else [children]:
        if isinstance(child, Component):
            yield from parts(child)


def laid_out(scene: Scene, place: Place) -> list[Component]:
    return list(parts(scene.layout(replace(place, scene=scene.name))))


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_on_a_display_nothing_leads_anywhere_and_at_a_desk_every_tile_does(scene: Scene) -> None:
    on_display, at_desk = (laid_out(scene, place) for place in (DISPLAY, DESK))
    assert [part for part in on_display if isinstance(part, html.A | html.Button)] == []
    tiles = [part for part in at_desk if "tile" in str(getattr(part, "className", "")).split()]
    assert tiles
    assert all(isinstance(part, html.A) for part in tiles)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
@pytest.mark.parametrize("place", [DESK, DISPLAY], ids=["desk", "display"])
def test_no_id_stands_twice_and_each_bears_its_scene(scene: Scene, place: Place) -> None:
    ids = [name for part in laid_out(scene, place) if (name := getattr(part, "id", None))]
    assert len(ids) == len(set(ids))
    assert all(str(name).startswith(f"{scene.name}-") for name in ids)


def test_every_figure_that_can_be_chosen_has_a_button_and_a_rule() -> None:
    buttons = [part.children for part in laid_out(MAP, DESK) if isinstance(part, html.Button)]
    rules = MAP.facts(DESK)["map"]["measures"]
    assert buttons == [rule["short"] for rule in rules]
    assert [rule["id"] for rule in rules] == list(MEASURES)
    assert all(rule["streams"] == ["onestop"] for rule in rules)


@pytest.fixture
def district(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        settle_in(connection, datetime.now(UTC))
        yield connection


def test_every_figure_that_can_be_chosen_is_known_of_every_unit(district: psycopg.Connection) -> None:
    board = read_board(district, load_catalogue().only(MAP.kpis), datetime.now(UTC), AREA.codes)
    assert {kpi for figures in board.by_unit.values() for kpi, each in figures.items() if each.value is None} == set()
    assert all(set(MEASURES) <= set(figures) for figures in board.by_unit.values())


def test_one_frame_has_the_trends_and_the_latest_cases_of_every_unit(district: psycopg.Connection) -> None:
    now = datetime.now(UTC)
    more = UNIT.more(district, When(now), AREA)
    assert set(more["trends"]) == set(more["latest"]) == set(AREA.codes)
    trend = more["trends"]["03980"]["being_handled"]
    assert len(trend["trend"]) == 30
    assert trend["before"] is not None
    assert all(each.unit == code for code, latest in more["latest"].items() for each in latest)
    assert sum(map(len, more["latest"].values())) > 0
    assert max(map(len, more["latest"].values())) <= EVENTS


def test_what_was_not_known_then_is_not_told_of_then(district: psycopg.Connection) -> None:
    then = datetime.now(UTC) - timedelta(days=400)
    more = UNIT.more(district, When(then, known_at=then), AREA)
    assert more["latest"] is UNIT.more(district, When(then), AREA)["latest"] is None
    trends = more["trends"]
    assert {each["before"] for figures in trends.values() for each in figures.values()} == {None}
    assert {value for figures in trends.values() for each in figures.values() for value in each["trend"]} == {None}
