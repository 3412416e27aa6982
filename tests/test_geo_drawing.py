"""The map as drawn: labels that never lie on each other nor leave their unit, borders that meet, neighbours."""

from datetime import date
from functools import cache
from itertools import combinations
from typing import Any

import pytest
import shapely
from shapely import affinity
from shapely.geometry import Point, Polygon, box, mapping, shape

from geo.boundaries import boundaries_on
from geo.drawing import Drawing, draw
from geo.features import FeatureCollection
from geo.labels import Label, Letters
from geo.lettering import in_two_lines, width_of

TODAY = boundaries_on(date(2026, 1, 1))
IN_2024 = boundaries_on(date(2024, 1, 1))
LETTERS = Letters()
SHEETS = [(620.0, 540.0), (1120.0, 810.0)]


def changed(features: FeatureCollection, change: Any) -> FeatureCollection:
    """The same units with other borders, as a survey brings them."""
    moved = [{**each, "geometry": mapping(change(shape(each["geometry"])))} for each in features["features"]]
    return {**features, "features": moved}


MAPS = {
    "today": TODAY,
    "in 2024": IN_2024,
    "a survey that leans": changed(TODAY, lambda each: affinity.skew(each, xs=18, origin=(104.6, 20.8))),
    "a survey that is flat": changed(TODAY, lambda each: affinity.scale(each, yfact=0.55, origin=(104.6, 20.8))),
    "a survey of 2024 that is tall": changed(IN_2024, lambda each: affinity.scale(each, 0.6, 1, origin=(104.6, 20.8))),
}


@cache
def drawn(name: str, sheet: tuple[float, float]) -> Drawing:
    return draw(MAPS[name], sheet, LETTERS)


def box_of(label: Label) -> Polygon:
    half = (label.width / 2, label.height / 2)
    return box(label.x - half[0], label.y - half[1], label.x + half[0], label.y + half[1])


def border_of(path: str) -> Any:
    rings = [
        [tuple(map(float, point.split())) for point in ring.split("L")]
        for ring in path.removeprefix("M").removesuffix("Z").split("ZM")
    ]
    return shapely.build_area(shapely.multilinestrings([shapely.linearrings(ring).coords for ring in rings]))


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("name", MAPS)
def test_no_label_lies_on_another_or_leaves_the_sheet(name: str, sheet: tuple[float, float]) -> None:
    labels = [outline.label for outline in drawn(name, sheet).outlines]
    boxes = [box_of(label) for label in labels]
    assert [(a, b) for a, b in combinations(range(len(boxes)), 2) if boxes[a].intersection(boxes[b]).area > 0] == []
    assert all(box(0, 0, *sheet).buffer(0.1).contains(each) for each in boxes)


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("name", MAPS)
def test_every_label_stands_in_its_unit_or_leads_to_it(name: str, sheet: tuple[float, float]) -> None:
    drawing = drawn(name, sheet)
    for outline in drawing.outlines:
        border, label = border_of(outline.path), outline.label
        if label.anchor is None:
            assert border.buffer(1).contains(Point(label.x, label.y)), outline.code
            if label.width > 0:
                assert box_of(label).intersection(border).area > 0.4 * label.width * label.height, outline.code
        else:
            assert border.contains(Point(label.anchor))
            assert box_of(label).distance(border) < 140


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_unit_of_today_has_its_name_and_the_figure_of_each_can_be_read(sheet: tuple[float, float]) -> None:
    for outline in drawn("today", sheet).outlines:
        name = next(each["properties"]["name"] for each in TODAY["features"] if each["id"] == outline.code)
        assert " ".join(outline.label.lines) == name
        assert outline.label.anchor is None


def test_in_2024_hardly_a_unit_goes_without_its_name() -> None:
    for sheet in SHEETS:
        labels = [outline.label for outline in drawn("in 2024", sheet).outlines]
        assert sum(label.lines == () for label in labels) <= 1
        assert all(label.width > 0 for label in labels)


def test_on_a_sheet_too_small_for_all_labels_some_are_left_out_and_none_collides() -> None:
    labels = [outline.label for outline in draw(IN_2024, (300, 280), LETTERS).outlines]
    assert any(label.width == 0 for label in labels)
    boxes = [box_of(label) for label in labels if label.width > 0]
    assert all(a.intersection(b).area == 0 for a, b in combinations(boxes, 2))


def test_the_same_units_are_laid_out_the_same() -> None:
    assert draw(TODAY, SHEETS[0], LETTERS) == draw(TODAY, SHEETS[0], LETTERS)


@pytest.mark.parametrize("features", [TODAY, IN_2024])
def test_the_map_fills_its_sheet_without_gaps_or_overlaps(features: FeatureCollection) -> None:
    drawing = draw(features, (620, 540), LETTERS)
    borders = [border_of(outline.path) for outline in drawing.outlines]
    whole = shapely.union_all(borders)
    west, north, east, south = whole.bounds
    assert min(east - west - 616, south - north - 536, key=abs) == pytest.approx(0, abs=0.2)
    assert 0 <= west < east <= 620
    assert 0 <= north < south <= 540
    assert sum(each.area for each in borders) == pytest.approx(whole.area, rel=1e-3)


def neighbours(drawing: Drawing) -> dict[str, tuple[str, ...]]:
    return {outline.code: outline.neighbours for outline in drawing.outlines}


def test_neighbours_are_those_with_a_border_and_each_is_the_others() -> None:
    found = neighbours(draw(TODAY, (1120, 810), LETTERS))
    assert all(code in found[other] for code, others in found.items() for other in others)
    assert found["04033"] == ("03979", "03982", "03985", "04000")
    assert all(found.values())


def test_letters_are_as_wide_as_a_browser_says() -> None:
    assert width_of("Mộc Châu", 1000) == pytest.approx(5006, rel=0.005)
    assert width_of("Thị trấn Nông trường Mộc Châu", 1000) == pytest.approx(15542, rel=0.005)


def test_two_lines_are_about_as_wide_as_each_other() -> None:
    assert in_two_lines("Nông trường Mộc Châu") == ("Nông trường", "Mộc Châu")
    assert in_two_lines("Huế") is None
