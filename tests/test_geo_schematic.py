"""The schematic covers the area without gaps or overlaps, and is drawn from the facts alone."""

import json
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
import shapely
from click.testing import CliRunner
from shapely.geometry import Point, box, shape

from geo.boundaries import SCHEMATICS, boundaries_on, to_text
from geo.schematic import schematic
from geo.units import Unit, units_on
from ioc.commands.geo import geo

DAYS = sorted(SCHEMATICS.values())


def polygons(day: date) -> list[tuple[Unit, Any]]:
    features = boundaries_on(day)["features"]
    return [(unit, shape(feature["geometry"])) for unit, feature in zip(units_on(day), features, strict=True)]


@pytest.mark.parametrize(("name", "day"), SCHEMATICS.items())
def test_what_is_committed_is_what_is_drawn(name: str, day: date) -> None:
    assert to_text(schematic(units_on(day))) == (files("geo") / "data" / name).read_text(encoding="utf-8")


def test_the_order_of_the_units_does_not_matter() -> None:
    assert schematic(reversed(units_on(DAYS[1]))) == boundaries_on(DAYS[1])


@pytest.mark.parametrize("day", DAYS)
def test_each_unit_is_one_valid_polygon_around_its_centre(day: date) -> None:
    for unit, polygon in polygons(day):
        assert polygon.geom_type == "Polygon"
        assert polygon.is_valid, unit.title
        assert not polygon.interiors, unit.title
        assert polygon.contains(Point(unit.lon, unit.lat)), unit.title


@pytest.mark.parametrize("day", DAYS)
def test_the_units_neither_overlap_nor_leave_gaps(day: date) -> None:
    shapes = [polygon for _, polygon in polygons(day)]
    whole = shapely.union_all(shapes)
    assert shapely.coverage_is_valid(shapes)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors


@pytest.mark.parametrize("day", DAYS)
def test_each_unit_lies_about_where_its_bounds_say(day: date) -> None:
    for unit, polygon in polygons(day):
        bounds = box(unit.west, unit.south, unit.east, unit.north)
        assert polygon.intersection(bounds).area / polygon.area > 0.88, unit.title
        both = box(*polygon.bounds).intersection(bounds).area / box(*polygon.bounds).union(bounds).area
        assert both > 0.6, unit.title


@pytest.mark.parametrize("day", DAYS)
def test_rings_turn_clockwise_or_the_browser_fills_the_world(day: date) -> None:
    for unit, polygon in polygons(day):
        assert not polygon.exterior.is_ccw, unit.title


@pytest.mark.parametrize("day", DAYS)
def test_a_label_stands_inside_its_unit(day: date) -> None:
    for feature, (unit, polygon) in zip(boundaries_on(day)["features"], polygons(day), strict=True):
        assert polygon.contains(Point(feature["properties"]["label"])), unit.title
        assert feature["properties"]["room"] > 0.5


def test_a_day_of_the_old_district_gets_the_old_polygons() -> None:
    assert len(boundaries_on(date(2020, 1, 1))["features"]) == 15
    assert len(boundaries_on(date(2026, 1, 1))["features"]) == 8


def test_the_command_prints_geojson() -> None:
    result = CliRunner().invoke(geo, ["schematic", "--on", "2026-03-01"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == boundaries_on(date(2026, 3, 1))
