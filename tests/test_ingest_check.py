"""`ioc ingest check` as a vendor meets it: no home, no database, a word on every record."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ioc.__main__ import cli
from tests.building.sheets import SMALL, a_csv, a_row, a_workbook
from tests.onestop_records import a_body, a_progress, a_record, an_evaluation


def check(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["ingest", "check", *map(str, arguments)])


def told(result: Result) -> dict[str, Any]:
    (found,) = json.loads(result.stdout)["files"]
    return dict(found)


def test_a_vendor_needs_neither_a_home_nor_a_database(tmp_path: Path) -> None:
    path = tmp_path / "body.json"
    path.write_bytes(a_body(a_record(1), a_record(2)))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("IOC_")}
    command = [sys.executable, "-m", "ioc", "ingest", "check", "onestop-sync", str(path)]
    called = subprocess.run(
        command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert called.returncode == 0, called.stderr
    assert "2 understood, 0 refused" in called.stdout
    assert list(tmp_path.iterdir()) == [path], "nothing is written anywhere"


def test_every_record_is_told_with_its_type_its_case_and_its_moments(tmp_path: Path) -> None:
    path = tmp_path / "body.json"
    path.write_bytes(a_body(a_record(1), a_record(2, NgayTra="x"), a_record(3)))
    result = check("onestop-sync", path, "--format", "json")
    assert result.exit_code == 1
    found = told(result)
    assert (found["understood"], found["refused"]) == (2, 1)
    first = found["records"][0]
    assert (first["type"], first["case"]) == ("vn.ioc.onestop.application.recorded", a_record(1)["MaHoSo"])
    assert first["moments"]["received_at"] == "2024-07-12T02:01:02+00:00"
    (refusal,) = found["refusals"]
    assert (refusal["index"], refusal["field"]) == (1, "data[1].NgayTra")
    assert refusal["reason"]
    assert refusal["reason_vi"]


def test_agencies_that_will_be_registered_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "body.json"
    path.write_bytes(a_body(a_record(1)))
    assert told(check("onestop-sync", path, "--format", "json"))["records"][0]["data"]["unit"] == "00000"
    named = check("onestop-sync", path, "--agency", "H52.17.18=03980", "--format", "json")
    assert told(named)["records"][0]["data"]["unit"] == "03980"
    other = check("onestop-sync", path, "--agency", "H52.17.99=03980", "--format", "json")
    assert other.exit_code == 1
    assert told(other)["refusals"][0]["field"] == "MaDinhDanhDV"


def test_events_are_checked_against_the_units_that_stand_in_them(tmp_path: Path) -> None:
    path = tmp_path / "events.json"
    path.write_text(json.dumps([a_progress(), an_evaluation(), an_evaluation(verdict=9)]))
    result = check("events", path, "--format", "json")
    found = told(result)
    assert [record["type"] for record in found["records"]] == [a_progress()["type"], an_evaluation()["type"]]
    assert found["refusals"][0]["field"] == "data.verdict"
    assert check("events", path, "--source", "another").exit_code == 1


def test_a_table_is_told_row_by_row(tmp_path: Path) -> None:
    table, mapping = tmp_path / "t.xlsx", tmp_path / "m.toml"
    table.write_bytes(a_workbook(a_row(1), a_row(2, status="?")))
    mapping.write_text(SMALL, encoding="utf-8")
    result = check("spreadsheet", table, "--mapping", mapping)
    assert result.exit_code == 1
    assert "E3 (Trạng thái)" in result.stdout
    shown = told(check("spreadsheet", table, "--mapping", mapping, "--format", "json", "--rows", 0))
    assert (shown["understood"], shown["records"]) == (1, [])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["telepathy", "FILE"], "spreadsheet"),
        (["onestop-sync", "gone.json"], "gone.json"),
        (["onestop-sync"], "PATHS"),
        (["onestop-sync", "FILE", "--agency", "H52"], "CODE=UNIT"),
        (["onestop-sync", "FILE", "--agency", "H52=1"], "CODE=UNIT"),
        (["onestop-sync", "FILE", "--mapping", "x"], "takes no --mapping"),
        (["spreadsheet", "FILE"], "needs --mapping: a file, or one of applications"),
        (["spreadsheet", "FILE", "--mapping", "gone.toml"], "shipped are applications"),
        (["spreadsheet", "FILE", "--mapping", "FILE"], "event: has to be one of"),
    ],
)
def test_a_wrong_call_says_what_would_be_right(tmp_path: Path, arguments: list[str], said: str) -> None:
    path = tmp_path / "there"
    path.write_text("# nothing\n")
    result = check(*[str(path) if each == "FILE" else each for each in arguments])
    assert result.exit_code == 2
    assert said in result.stderr


def test_what_is_refused_of_a_table_is_never_quoted(tmp_path: Path) -> None:
    table, mapping = tmp_path / "t.csv", tmp_path / "m.toml"
    table.write_bytes(a_csv(a_row(1, status="LÒ THỊ MỶ"), a_row(2, procedure=None)))
    mapping.write_text(SMALL, encoding="utf-8")
    result = check("spreadsheet", table, "--mapping", mapping)
    assert "LÒ" not in result.output
    assert "2 refused" in result.output
