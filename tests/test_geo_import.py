"""Surveyed boundaries, in every format that they come in, become a map that fits together."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import shapely
from shapely import affinity
from shapely.geometry import MultiPolygon, Polygon, shape

from geo.boundaries import boundaries_on
from geo.survey.importing import Imported, Order, import_survey
from geo.survey.reading import Fields
from geo.units import Unit, units_on
from tests.building.surveys import TODAY, VN2000, a_survey, replaced, with_codes, zipped

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SHARED = Path(__file__).parents[2] / "shared" / "data" / "moc_chau_2025.geojson"
AT_HAND = [None, *([SHARED] if SHARED.exists() else [])]
"""What is imported besides what the tests draw: polygons that may lie beside this checkout and are no part of it."""


def take(path: Path, *, tolerance_m: float = 0, name: str | None = "ten", **fields: Any) -> Imported:
    order = Order(Fields("ma", name, **fields), TODAY, tolerance_m=tolerance_m, source="a test")
    return import_survey(path, order, NOW)


def polygons(imported: Imported) -> list[tuple[Unit, Any]]:
    features = imported.surveyed.features["features"]
    return [(unit, shape(feature["geometry"])) for unit, feature in zip(units_on(TODAY), features, strict=True)]


def assert_fits_the_map(imported: Imported) -> None:
    shapes = [polygon for _, polygon in polygons(imported)]
    assert shapely.coverage_is_valid(shapes)
    for (unit, polygon), feature in zip(polygons(imported), imported.surveyed.features["features"], strict=True):
        assert feature["id"] == feature["properties"]["code"] == unit.code
        assert feature["properties"]["title"] == unit.title
        assert polygon.is_valid, unit.title
        assert polygon.contains(shapely.Point(feature["properties"]["label"])), unit.title
        assert feature["properties"]["room"] > 0
        for part in shapely.get_parts(polygon):
            assert not part.exterior.is_ccw, unit.title


def differs(one: Any, other: Any) -> float:
    """The part of two polygons that is not shared."""
    return float(one.symmetric_difference(other).area / one.union(other).area)


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".shp"])
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "zipped"])
@pytest.mark.parametrize("crs", [None, VN2000])
def test_every_format_becomes_the_same_map(tmp_path: Path, suffix: str, packed: bool, crs: str | None) -> None:  # noqa: FBT001 - a parameter of the test
    path = a_survey(tmp_path / f"ranh{suffix}", crs=crs)
    imported = take(zipped(path) if packed else path)
    assert_fits_the_map(imported)
    for (unit, polygon), feature in zip(polygons(imported), boundaries_on(TODAY)["features"], strict=True):
        assert differs(polygon, shape(feature["geometry"])) < 1e-4, unit.title
    assert imported.remarks == ()
    assert imported.coverage.repairs == ()
    assert imported.report["crs"] in ([crs] if crs else ["EPSG:4326", "OGC:CRS84"])
    assert imported.report["overlaps_km2"] < 0.001
    assert imported.report["gaps_km2"] < 0.001


@pytest.mark.parametrize("tolerance_m", [15.0, 60.0, 200.0])
def test_simplified_borders_are_still_shared(tmp_path: Path, tolerance_m: float) -> None:
    path = a_survey(tmp_path / "ranh.geojson")
    exact, simpler = take(path), take(path, tolerance_m=tolerance_m)
    assert_fits_the_map(simpler)
    assert simpler.coverage.points_after < exact.coverage.points_after
    for (unit, was), (_, now) in zip(polygons(exact), polygons(simpler), strict=True):
        assert differs(was, now) < 0.1, unit.title


@pytest.mark.parametrize("at_hand", AT_HAND, ids=lambda path: path.stem if path else "drawn")
@pytest.mark.parametrize("tolerance_m", [0.0, 15.0, 60.0])
def test_a_survey_keeps_its_shape(tmp_path: Path, at_hand: Path | None, tolerance_m: float) -> None:
    path = at_hand or a_survey(tmp_path / "drawn.geojson")
    fields = Fields("code", "name") if at_hand else Fields("ma", "ten")
    imported = import_survey(path, Order(fields, TODAY, tolerance_m=tolerance_m), NOW)
    assert_fits_the_map(imported)
    assert imported.remarks == ()
    assert imported.report["source"] == path.name
    features = json.loads(path.read_text())["features"]
    given = [shape(each["geometry"]) for each in sorted(features, key=lambda each: each["properties"][fields.code])]
    for (unit, polygon), before in zip(polygons(imported), given, strict=True):
        assert differs(polygon, before) < 0.02, unit.title


def test_a_self_crossing_ring_is_repaired_and_reported(tmp_path: Path) -> None:
    def crossed(polygon: Polygon) -> Polygon:
        points = list(polygon.exterior.coords)
        points[3], points[4] = points[4], points[3]
        return Polygon(points)

    imported = take(a_survey(tmp_path / "ranh.gpkg", change=replaced(2, crossed)))
    assert_fits_the_map(imported)
    assert imported.report["repaired"] == [{"code": "03982", "reason": "Self-intersection"}]


def test_a_unit_of_several_parts_keeps_them(tmp_path: Path) -> None:
    def with_an_island(polygon: Polygon) -> MultiPolygon:
        island = affinity.translate(polygon, yoff=-0.2)
        return MultiPolygon([polygon, affinity.scale(island, 0.1, 0.1)])

    imported = take(a_survey(tmp_path / "ranh.shp", change=replaced(3, with_an_island)))
    assert_fits_the_map(imported)
    assert imported.surveyed.features["features"][3]["geometry"]["type"] == "MultiPolygon"


def test_overlaps_and_gaps_are_reported_and_cleaned_away(tmp_path: Path) -> None:
    features = boundaries_on(TODAY)["features"]
    centre = shape(features[2]["geometry"]).centroid
    wider = take(a_survey(tmp_path / "a.geojson", change=replaced(2, lambda p: p.buffer(0.0003))))
    assert wider.report["overlaps_km2"] > 0.1
    assert_fits_the_map(wider)
    narrower = take(a_survey(tmp_path / "b.geojson", change=replaced(2, lambda p: p.difference(centre.buffer(0.0002)))))
    assert narrower.report["gaps_km2"] == pytest.approx(0.0014, rel=0.1)
    assert_fits_the_map(narrower)
    assert not shapely.union_all([polygon for _, polygon in polygons(narrower)]).interiors


def test_a_wide_gap_stays_a_hole_and_is_reported(tmp_path: Path) -> None:
    lake = shape(boundaries_on(TODAY)["features"][2]["geometry"]).centroid.buffer(0.005)
    imported = take(a_survey(tmp_path / "ranh.geojson", change=replaced(2, lambda p: p.difference(lake))))
    assert imported.report["gaps_km2"] > 0.5
    assert len(shapely.union_all([polygon for _, polygon in polygons(imported)]).interiors) == 1


def test_a_third_dimension_is_left_out(tmp_path: Path) -> None:
    imported = take(a_survey(tmp_path / "ranh.gpkg", change=replaced(0, lambda p: shapely.force_3d(p, 850.0))))
    assert_fits_the_map(imported)
    assert not any(polygon.has_z for _, polygon in polygons(imported))


@pytest.mark.parametrize("as_number", [int, float])
def test_a_code_that_a_table_made_a_number_of_is_understood(tmp_path: Path, as_number: type) -> None:
    codes = [as_number(unit.code) for unit in units_on(TODAY)]
    assert_fits_the_map(take(a_survey(tmp_path / "ranh.gpkg", change=with_codes(codes))))


def test_the_order_of_the_features_does_not_matter(tmp_path: Path) -> None:
    turned = take(a_survey(tmp_path / "a.geojson", change=lambda frame: frame.iloc[::-1]))
    assert_fits_the_map(turned)


def test_a_geojson_that_does_not_say_so_is_in_degrees_and_another_system_can_be_given(tmp_path: Path) -> None:
    path = a_survey(tmp_path / "ranh.geojson", crs=VN2000)
    document = json.loads(path.read_text())
    del document["crs"]
    path.write_text(json.dumps(document))
    assert_fits_the_map(take(path, crs=VN2000))


def test_a_name_that_differs_is_remarked_but_spelling_is_not(tmp_path: Path) -> None:
    names = [f" phường  {unit.name.upper()} " if unit.kind == "Phường" else unit.name for unit in units_on(TODAY)]
    names[3] = "Chieng Son"
    imported = take(a_survey(tmp_path / "ranh.gpkg", change=lambda frame: frame.assign(ten=names)))
    assert imported.remarks == ("feature 4 (03985) is called Chieng Son, here Xã Chiềng Sơn",)


def test_units_of_other_areas_are_left_out_on_request(tmp_path: Path) -> None:
    codes = [unit.code for unit in units_on(TODAY)]
    path = a_survey(tmp_path / "son_la.gpkg", change=lambda frame: _twice(frame, [*codes, *["03646"] * 8]))
    order = Order(Fields("ma"), TODAY, ignore_others=True)
    assert_fits_the_map(import_survey(path, order, NOW))


def test_boundaries_hold_as_long_as_the_units_of_their_first_day(tmp_path: Path) -> None:
    old = a_survey(tmp_path / "huyen.geojson", day=date(2024, 6, 1))
    imported = import_survey(old, Order(Fields("ma"), date(2020, 1, 1)), NOW)
    assert (imported.surveyed.valid_from, imported.surveyed.valid_to) == (date(2020, 1, 1), date(2025, 1, 31))
    assert take(a_survey(tmp_path / "xa.geojson")).surveyed.valid_to is None


def _twice(frame: Any, codes: list[str]) -> Any:
    return pd.concat([frame, frame], ignore_index=True).assign(ma=codes)
