"""`ioc geo import` and `ioc geo list`: what is kept in the home, and what a running wall sees of it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dashboard.text import words_in
from dashboard.wall.area import area_on
from dashboard.wall.map import map_panel
from dashboard.wall.scene import Place
from geo.boundaries import boundaries_on
from ioc.boundaries import store, stored, watched
from ioc.commands.geo import geo
from ioc.errors import IocError
from stream.kpi.catalogue import load_catalogue
from tests.building.surveys import a_survey

TODAY = date(2025, 7, 1)


def ioc_geo(home: Path, *arguments: object) -> Result:
    return CliRunner().invoke(geo, [*map(str, arguments), "--home", str(home)])


def imported(home: Path, path: Path, *options: object) -> dict[str, Any]:
    result = ioc_geo(home, "import", path, "--code-field", "ma", "--valid-from", "2025-07-01", *options)
    assert result.exit_code == 0, result.output
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def listed(home: Path, *options: object) -> list[dict[str, Any]]:
    result = ioc_geo(home, "list", "--format", "json", *options)
    assert result.exit_code == 0, result.output
    boundaries: list[dict[str, Any]] = json.loads(result.stdout)["boundaries"]
    return boundaries


def test_an_import_is_kept_in_the_home_with_its_provenance_and_used_from_then_on(tmp_path: Path) -> None:
    home = tmp_path / "home"
    path = a_survey(tmp_path / "ranh.gpkg")
    report = imported(home, path, "--source", "Sở NN&MT", "--name-field", "ten", "--tolerance", 30)
    assert Path(report["stored"]).parent == home / "boundaries"
    assert (report["source"], report["tolerance_m"]) == ("Sở NN&MT", 30.0)
    (only,) = listed(home)
    assert only["in_use"]
    assert only["sha256"] == report["sha256"]
    assert len(report["sha256"]) == 64
    (kept,) = stored(home).values()
    assert boundaries_on(TODAY, [kept]) is kept.features
    assert "Sở NN&MT" in ioc_geo(home, "list").stdout


def test_no_area_of_a_unit_is_printed(tmp_path: Path) -> None:
    report = imported(tmp_path / "home", a_survey(tmp_path / "ranh.geojson"))
    assert {name for name in report if "km2" in name} == {"overlaps_km2", "gaps_km2"}
    (kept,) = stored(tmp_path / "home").values()
    assert {key for each in kept.features["features"] for key in each["properties"]} == {
        "code",
        "name",
        "kind",
        "title",
        "label",
        "room",
    }


def test_what_is_refused_changes_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (tmp_path / "empty.geojson").touch()
    options = ["--code-field", "ma", "--valid-from", "2025-07-01"]
    result = ioc_geo(home, "import", tmp_path / "empty.geojson", *options)
    assert result.exit_code == 1
    assert isinstance(result.exception, IocError)
    assert str(result.exception) == "empty.geojson was not imported: empty.geojson is empty"
    assert not home.exists()
    missing = ioc_geo(home, "import", tmp_path / "none.geojson", *options)
    assert missing.exit_code == 2


def test_the_same_file_again_takes_its_own_place_and_another_one_is_kept_beside_it(tmp_path: Path) -> None:
    home, first, second = tmp_path / "home", a_survey(tmp_path / "a.geojson"), a_survey(tmp_path / "b.gpkg")
    imported(home, first)
    imported(home, first, "--tolerance", 60)
    assert len(listed(home)) == 1
    imported(home, second)
    assert [each["in_use"] for each in sorted(listed(home), key=lambda each: each["imported_at"])] == [False, True]
    assert not any(each["in_use"] for each in listed(home, "--on", "2024-06-01"))
    assert sorted(path.suffix for path in (home / "boundaries").iterdir()) == [".geojson", ".geojson"]


def test_a_home_without_boundaries_has_none(tmp_path: Path) -> None:
    assert listed(tmp_path / "home") == []
    assert watched(tmp_path / "home")() == ()


def test_a_running_wall_sees_an_import_and_its_withdrawal(tmp_path: Path) -> None:
    now = watched(tmp_path)
    before = area_on(TODAY, now())
    report = imported(tmp_path, a_survey(tmp_path / "ranh.geojson"))
    after = area_on(TODAY, now())
    assert (before.is_schematic, after.is_schematic) == (True, False)
    assert before.codes == after.codes
    assert before.edition != after.edition
    assert area_on(TODAY, now()) is after
    Path(report["stored"]).unlink()
    assert area_on(TODAY, now()) is before


def test_spoilt_boundaries_are_passed_over_and_the_wall_goes_on(tmp_path: Path) -> None:
    Path(imported(tmp_path, a_survey(tmp_path / "ranh.geojson"))["stored"]).write_text("{")
    (tmp_path / "boundaries" / "latin.geojson").write_bytes(b"\xff")
    assert stored(tmp_path) == {}
    assert area_on(TODAY, watched(tmp_path)()).is_schematic


def test_only_the_schematic_says_that_it_is_one(tmp_path: Path) -> None:
    imported(tmp_path, a_survey(tmp_path / "ranh.geojson"))
    words = words_in("vi")
    areas = [area_on(TODAY, known) for known in ((), watched(tmp_path)())]
    panels = [str(map_panel(Place("map", words, load_catalogue(), area), "")) for area in areas]
    assert [words["wall.schematic"] in panel for panel in panels] == [True, False]


def test_a_home_that_can_not_be_written_to_is_named(tmp_path: Path) -> None:
    imported(tmp_path, a_survey(tmp_path / "ranh.geojson"))
    (kept,) = stored(tmp_path).values()
    (tmp_path / "file").touch()
    with pytest.raises(IocError, match="can't be kept in"):
        store(tmp_path / "file", kept)
