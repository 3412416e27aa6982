"""`ioc ingest` and `ioc source` as a person at a terminal meets them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ingest.log.postgres import PostgresLog
from ingest.store.sources import PostgresSourceBook
from tests.building.sheets import SMALL, a_row, a_workbook
from tests.onestop_records import AGENCY, SOURCE, UNIT, a_body, a_record
from tests.servers.door import all_records
from tests.servers.processes import free_port

Ioc = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def ioc(ingest_database: str, tmp_path: Path) -> Ioc:
    """The command line in a home of its own, with the database of the test."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("IOC_")}
    environment |= {"IOC_HOME": str(tmp_path / "home"), "IOC_DATABASE_URL": ingest_database}

    def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "ioc", *map(str, arguments)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)

    return run


def add(ioc: Ioc) -> "subprocess.CompletedProcess[str]":
    return ioc("source", "add", SOURCE.id, "--kind", "onestop-sync", "--agency", f"{AGENCY}={UNIT}")


def test_a_source_is_added_listed_and_revoked(ioc: Ioc, book: PostgresSourceBook) -> None:
    added = add(ioc)
    assert added.returncode == 0
    token = added.stdout.strip()
    found = book.by_token(token)
    assert found is not None
    assert (found.id, found.agencies) == (SOURCE.id, {AGENCY: UNIT})
    (listed,) = json.loads(ioc("source", "list", "--format", "json").stdout)
    assert (listed["id"], listed["agencies"], listed["active"]) == (SOURCE.id, {AGENCY: UNIT}, True)
    table = ioc("source", "list")
    assert SOURCE.id in table.stdout
    assert token not in table.stdout
    assert ioc("source", "revoke", SOURCE.id).returncode == 0
    again = ioc("source", "revoke", SOURCE.id)
    assert (again.returncode, again.stdout) == (1, "")
    assert "nothing to revoke" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--kind", "onestop-sync"], "--agency"),
        (["--kind", "onestop-sync", "--agency", "H52.17.18"], "CODE=UNIT"),
        (["--kind", "onestop-sync", "--agency", "H52.17.18=99999"], "99999"),
        (["--kind", "onestop-sync", "--agency", "H52=03980", "--agency", "H52=03985"], "twice"),
        (["--kind", "telepathy", "--agency", "H52=03980"], "telepathy"),
        (["--agency", "H52=03980"], "--kind"),
    ],
)
def test_a_source_that_was_told_wrongly_is_a_wrong_call(ioc: Ioc, arguments: list[str], said: str) -> None:
    called = ioc("source", "add", "x", *arguments)
    assert (called.returncode, called.stdout) == (2, "")
    assert said in called.stderr


def test_a_file_is_taken_in(ioc: Ioc, ingest_database: str, tmp_path: Path) -> None:
    add(ioc)
    good, bad = tmp_path / "good.json", tmp_path / "bad.jsonl"
    good.write_bytes(a_body(a_record(1), a_record(2)))
    taken = ioc("ingest", "file", "onestop-sync", good, "--source", SOURCE.id)
    assert (taken.returncode, taken.stdout) == (0, "")
    assert "2 records accepted" in taken.stderr
    bad.write_bytes(a_body(a_record(3), a_record(4, NgayTra="20240230000000")))
    taken = ioc("ingest", "file", "onestop-sync", good, bad, "--source", SOURCE.id)
    assert taken.returncode == 1
    assert "taken before" in taken.stderr
    assert "1 refused" in taken.stderr
    assert "data[1].NgayTra" in (tmp_path / "bad.jsonl.refused.jsonl").read_text()
    with closing(PostgresLog(ingest_database)) as log:
        assert len([record for record in all_records(log) if record.key.startswith(AGENCY)]) == 3


def test_a_dry_run_shows_the_first_rows_and_changes_nothing(ioc: Ioc, ingest_database: str, tmp_path: Path) -> None:
    add(ioc)
    table, mapping = tmp_path / "t.xlsx", tmp_path / "m.toml"
    table.write_bytes(a_workbook(a_row(1), a_row(2), a_row(3, status="?")))
    mapping.write_text(SMALL, encoding="utf-8")
    call = ("ingest", "file", "spreadsheet", table, "--source", SOURCE.id, "--mapping", mapping)
    shown = ioc(*call, "--dry-run", "--rows", 1, "--format", "json")
    assert shown.returncode == 1, "a row would be refused"
    (told,) = json.loads(shown.stdout)["files"]
    assert [record["data"]["unit"] for record in told["records"]] == [UNIT]
    assert [refusal["field"] for refusal in told["refusals"]] == ["E4 (Trạng thái)"]
    assert sorted(path.name for path in tmp_path.glob("t.*")) == ["t.xlsx"]
    with closing(PostgresLog(ingest_database)) as log:
        assert not [record for record in all_records(log) if record.key.startswith(AGENCY)]
    taken = ioc(*call)
    assert taken.returncode == 1
    assert "2 records accepted, 1 refused: see" in taken.stderr
    assert (tmp_path / "t.xlsx.errors.xlsx").exists()


def test_a_file_of_nobody_is_not_taken(ioc: Ioc, tmp_path: Path) -> None:
    path = tmp_path / "body.json"
    path.write_bytes(a_body(a_record(1)))
    taken = ioc("ingest", "file", "onestop-sync", path, "--source", "nobody")
    assert (taken.returncode, taken.stdout) == (1, "")
    assert "nobody is not registered" in taken.stderr
    add(ioc)
    ioc("source", "revoke", SOURCE.id)
    assert "is revoked" in ioc("ingest", "file", "onestop-sync", path, "--source", SOURCE.id).stderr


def test_files_called_for_wrongly_are_a_wrong_call(ioc: Ioc, tmp_path: Path) -> None:
    there = tmp_path / "there.json"
    there.touch()
    for arguments in (
        ["onestop-sync", there],
        ["onestop-sync", tmp_path / "gone.json", "--source", "x"],
        ["telegram", there, "--source", "x"],
        ["onestop-sync", "--source", "x"],
    ):
        assert ioc("ingest", "file", *arguments).returncode == 2


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "", "example.invalid"])  # noqa: S104 - is refused
def test_the_door_does_not_open_to_the_network_unasked(ioc: Ioc, host: str) -> None:
    called = ioc("ingest", "serve", "--host", host, "--port", free_port())
    assert called.returncode == 2
    assert "--open-to-network" in called.stderr
