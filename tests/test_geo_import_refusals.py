"""What is no survey of these units is refused in a sentence that says what to mend, feature by feature."""

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pandas as pd
import pyogrio
import pytest
from shapely import affinity
from shapely.geometry import LineString, Point, Polygon

from geo.errors import SurveyError, UnitsUnknownError
from geo.survey import files
from geo.survey.importing import Order, import_survey
from geo.survey.reading import Fields
from geo.units import units_on
from tests.building.surveys import TODAY, VN2000, Change, a_survey, replaced, with_codes, zipped

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
CODES = [unit.code for unit in units_on(TODAY)]


def refusal(path: Path, fields: Fields | None = None, **order: Any) -> str:
    with pytest.raises(SurveyError) as refused:
        import_survey(path, Order(fields or Fields("ma", "ten"), **({"valid_from": TODAY} | order)), NOW)
    assert not refused.value.retriable
    assert "ioc-survey-" not in str(refused.value)
    return str(refused.value)


def test_units_that_are_missing_twice_or_strange_are_all_named_at_once(tmp_path: Path) -> None:
    codes = [CODES[0], CODES[0], "04012", None, "Tân Yên", *CODES[5:]]
    assert refusal(a_survey(tmp_path / "ranh.gpkg", change=with_codes(codes)), Fields("ma")).split("; ") == [
        "feature 2 is Phường Mộc Sơn (03979), as is feature 1",
        "feature 3 has the code 04012, which no unit of the area bears on that day",
        "feature 4 has no code",
        "feature 5 has the code 'Tân Yên', which is not five digits",
        "Phường Mộc Châu (03980) has no feature",
        "Phường Thảo Nguyên (03982) has no feature",
        "Xã Chiềng Sơn (03985) has no feature",
        "Xã Tân Yên (03997) has no feature",
    ]


def test_a_code_of_a_strange_kind_is_named(tmp_path: Path) -> None:
    path = a_survey(tmp_path / "ranh.geojson")
    path.write_text(path.read_text().replace('"03979"', '["03979", {"a": 1}]', 1).replace('"03980"', "true", 1))
    said = refusal(path)
    assert "feature 1 has the code ['03979', {'a': 1}], which is not five digits" in said
    assert "feature 2 has the code True, which is not five digits" in said


def test_a_long_list_of_problems_is_cut_short(tmp_path: Path) -> None:
    path = a_survey(tmp_path / "ranh.gpkg", change=with_codes([10_000 + place for place in range(len(CODES))]))
    lines = refusal(path, Fields("ma")).split("; ")
    assert len(lines) == 13
    assert lines[-1] == "and 4 more"


def test_a_file_of_another_generation_is_known_by_its_names(tmp_path: Path) -> None:
    names = [unit.name for unit in units_on(TODAY)]
    names[CODES.index("04033")] = "Xã Phiêng Luông"
    said = refusal(a_survey(tmp_path / "ranh.gpkg", change=lambda frame: frame.assign(ten=names)))
    assert said == (
        "feature 7 is called Xã Phiêng Luông, which 04033 was at another time: on that day it is Phường Vân Sơn"
    )


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        (Point(104.6, 20.8), "feature 3 is a Point: boundaries are polygons"),
        (LineString([(104.6, 20.8), (104.7, 20.9)]), "feature 3 is a LineString: boundaries are polygons"),
        (Polygon(), "feature 3 has no geometry"),
        (None, "feature 3 has no geometry"),
        (Polygon([(104.6, 20.8), (104.6, 20.8), (104.6, 20.8)]), "the boundary of 03982 encloses nothing"),
    ],
)
def test_what_encloses_nothing_is_no_boundary(tmp_path: Path, geometry: Any, said: str) -> None:
    assert said in refusal(a_survey(tmp_path / "ranh.geojson", change=replaced(2, geometry)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda frame: frame.set_geometry(frame.geometry.map(_swapped)), "or longitude and latitude are swapped"),
        (replaced(4, lambda p: affinity.translate(p, 1.5)), "Xã Tân Yên (03997) lies elsewhere"),
        (replaced(4, lambda p: p.buffer(0.05)), "overlap by"),
        (lambda frame: frame.iloc[:0], "the survey has 0 features"),
        (lambda frame: frame.rename(columns={"ma": "MA_XA"}), "the features have no field ma: they have MA_XA, ten"),
        (lambda frame: frame.rename(columns={"ten": "TEN_XA"}), "the features have no field ten: they have ma, TEN_XA"),
    ],
)
def test_a_wrong_map_is_refused(tmp_path: Path, change: Change, said: str) -> None:
    assert said in refusal(a_survey(tmp_path / "ranh.gpkg", change=change))


def _swapped(polygon: Polygon) -> Polygon:
    return Polygon([(y, x) for x, y in polygon.exterior.coords])


@pytest.mark.parametrize("suffix", [".gpkg", ".shp"])
def test_a_file_that_does_not_say_where_it_is_needs_crs(tmp_path: Path, suffix: str) -> None:
    path = a_survey(tmp_path / f"ranh{suffix}", change=lambda frame: frame.set_crs(None, allow_override=True))
    assert "give --crs" in refusal(path)
    assert import_survey(path, Order(Fields("ma", crs="EPSG:4326"), TODAY), NOW).surveyed.crs == "EPSG:4326"


def test_crs_never_contradicts_the_file_and_has_to_be_one(tmp_path: Path) -> None:
    path = a_survey(tmp_path / "ranh.gpkg", crs=VN2000)
    assert "leave --crs out" in refusal(path, Fields("ma", crs="EPSG:4326"))
    assert "is no coordinate system" in refusal(path, Fields("ma", crs="VN-somewhere"))


def test_metres_that_are_called_degrees_lie_outside_the_world(tmp_path: Path) -> None:
    path = a_survey(tmp_path / "ranh.geojson", crs=VN2000)
    path.write_text(path.read_text().replace("urn:ogc:def:crs:EPSG::3405", "urn:ogc:def:crs:OGC:1.3:CRS84"))
    assert "feature 1 lies outside the world" in refusal(path)


def test_one_of_several_layers_has_to_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "ranh.gpkg"
    for layer in ("xa", "huyen"):
        a_survey(path, layer=layer)
    assert "2 layers (xa, huyen): choose one with --layer" in refusal(path)
    assert "no layer tinh: it has xa, huyen" in refusal(path, Fields("ma", layer="tinh"))
    assert import_survey(path, Order(Fields("ma", layer="xa"), TODAY), NOW).remarks == ()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.geojson", b"", "a.geojson is empty"),
        ("a.gpkg", b" \n", "a.gpkg is empty"),
        ("a.geojson", b"<html>", "the file is no JSON"),
        ("a.geojson", b"\xff\xfe{}", "the file is no JSON"),
        ("a.geojson", b"[" * 200_000, "the file is no JSON"),
        ("a.geojson", b"[1]", "no GeoJSON FeatureCollection"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": [7]}', "feature 1 is no Feature"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": []}', "the features have no field ma"),
        ("a.gpkg", b"<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>", "called a GeoPackage and is none"),
        ("a.gpkg", b"SQLite format 3\0" + b"x" * 4096, "the GeoPackage can't be read"),
        ("a.shp", b"<OGRVRTDataSource/>", "called a Shapefile and is none"),
        ("a.zip", b"PK\x03\x04nonsense", "can't be unpacked"),
        ("a.kml", b"<kml/>", "a.kml is no survey"),
        ("a.vrt", b"<OGRVRTDataSource/>", "a.vrt is no survey"),
    ],
)
def test_what_only_looks_like_a_survey_is_refused(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert said in refusal(tmp_path / name)


@pytest.mark.parametrize(
    "name", ["/vsicurl/http://127.0.0.1/a.geojson", "PG:dbname=x.gpkg", "a\0.geojson", "/dev/zero"]
)
def test_a_name_that_opens_something_else_is_no_file(name: str) -> None:
    said = refusal(Path(name))
    assert "is no file" in said or "can't be read" in said or "is no survey" in said


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.geojson")
    assert "is no file" in refusal(tmp_path / "a.geojson")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 1024**2)
    with (tmp_path / "a.geojson").open("wb") as file:
        file.truncate(1024**2 + 1)
    assert "larger than 1 MiB" in refusal(tmp_path / "a.geojson")


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 1024**2)
    with ZipFile(tmp_path / "a.zip", "w", ZIP_DEFLATED) as archive:
        archive.writestr("a.geojson", b"0" * (8 * 1024**2))
    assert (tmp_path / "a.zip").stat().st_size < 20_000
    assert "larger than 1 MiB" in refusal(tmp_path / "a.zip")


def test_names_inside_an_archive_lead_nowhere(tmp_path: Path) -> None:
    path = zipped(a_survey(tmp_path / "ranh.shp"), folder="../out")
    assert import_survey(path, Order(Fields("ma"), TODAY), NOW).remarks == ()
    assert not (tmp_path.parent / "out").exists()


def test_an_archive_holds_exactly_one_survey(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.geojson").write_text("{}")
    with ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.write(tmp_path / "a.geojson", "a.geojson")
        archive.write(tmp_path / "b.geojson", "b.geojson")
    assert "holds 2 surveys" in refusal(tmp_path / "two.zip")
    with ZipFile(tmp_path / "none.zip", "w") as archive:
        archive.writestr("readme.txt", "none")
    assert "holds 0 surveys" in refusal(tmp_path / "none.zip")


def test_a_shapefile_is_more_than_one_file(tmp_path: Path) -> None:
    path = a_survey(tmp_path / "ranh.shp")
    path.with_suffix(".dbf").unlink()
    assert "lacks its companions .dbf" in refusal(path)


def test_a_link_in_a_geojson_is_not_followed(tmp_path: Path) -> None:
    path = a_survey(tmp_path / "ranh.geojson")
    document = json.loads(path.read_text())
    document["crs"] = {"type": "link", "properties": {"href": "http://127.0.0.1:9/crs"}}
    path.write_text(json.dumps(document))
    assert "crs is not given by its name" in refusal(path)


def test_tables_without_geometry_are_no_survey(tmp_path: Path) -> None:
    pyogrio.write_dataframe(pd.DataFrame({"ma": CODES}), tmp_path / "a.gpkg", driver="GPKG", layer="xa")
    assert "no layer with geometry" in refusal(tmp_path / "a.gpkg")


def test_boundaries_hold_no_longer_than_their_units(tmp_path: Path) -> None:
    path = a_survey(tmp_path / "huyen.geojson", day=date(2024, 6, 1))
    assert "were in force to 2025-01-31" in refusal(path, valid_from=date(2020, 1, 1), valid_to=date(2025, 2, 1))
    assert "before they begin" in refusal(path, valid_from=date(2020, 1, 2), valid_to=date(2020, 1, 1))
    with pytest.raises(UnitsUnknownError):
        import_survey(path, Order(Fields("ma"), date(2025, 3, 1)), NOW)


@pytest.mark.parametrize("tolerance_m", [-1.0, 1001.0, float("nan"), float("inf")])
def test_a_tolerance_is_a_length(tmp_path: Path, tolerance_m: float) -> None:
    assert "a tolerance is from 0 to 1000 metres" in refusal(tmp_path / "none", tolerance_m=tolerance_m)
