"""`ioc bench board`, small: a history whose figures can be counted another way, and one document."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ioc.bench.district import UNITS, History, fill, office_moment
from stream.kpi.catalogue import load_catalogue
from stream.live import BOARD_KPIS, read_board

HISTORY = History(applications=3_000, years=1, until=office_moment(datetime(2026, 11, 22, tzinfo=UTC)))


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        yield connection


def count(connection: psycopg.Connection, condition: str) -> int:
    row = connection.execute(
        f"select count(*) from application where {condition}".encode(), {"now": HISTORY.until}
    ).fetchone()
    assert row is not None
    return int(row[0])


def test_a_sunday_measures_the_friday_before() -> None:
    assert HISTORY.until == datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_the_board_counts_the_applications_that_were_made_up(connection: psycopg.Connection) -> None:
    rows = fill(connection, HISTORY)
    found = read_board(connection, load_catalogue().only(BOARD_KPIS), HISTORY.until, UNITS)
    values = {tile.figure.kpi: tile.figure.value for tile in found.tiles}
    month = HISTORY.until.replace(day=1, hour=0) - timedelta(hours=7)
    this_month = f"ended >= '{month}' and outcome"
    assert values["being_handled"] == count(connection, "ended is null")
    assert values["overdue_now"] == count(connection, "ended is null and over <= %(now)s")
    assert values["due_soon"] == count(connection, "ended is null and near <= %(now)s and over > %(now)s")
    assert values["received_month"] == count(connection, f"received >= '{month}'")
    assert values["settled_early"] == count(connection, f"{this_month} = 2") > 0
    assert values["settled_on_date"] == count(connection, f"{this_month} = 3") > 0
    assert values["settled_late"] == count(connection, f"{this_month} = 4")
    assert (found.elsewhere, len(found.latest or ()), len(found.by_unit)) == ((), 12, 15)
    assert rows["ledger"] > 7 * HISTORY.applications


def test_the_ledger_has_its_indexes_again(connection: psycopg.Connection) -> None:
    indexes = "select indexdef from pg_indexes where tablename = 'ledger' order by 1"
    before = connection.execute(indexes).fetchall()
    fill(connection, HISTORY)
    assert connection.execute(indexes).fetchall() == before != []


def test_a_small_run_answers_one_document_and_leaves_nothing(tmp_path: Path) -> None:
    told = measured(tmp_path, "board", "--years", "1")
    assert (told["units"], told["kpis"], told["reads"]) == (15, 12, 2)
    assert 0 < told["full_ms"]["p50"] <= told["full_ms"]["max"]
    assert told["ordinary_ms"]["max"] > 0
    assert set(told["as_known_days_ago_ms"]) == {"10", "365"}
    assert told["board_bytes"] > 1_000
    assert list((tmp_path / "bench").iterdir()) == []


def test_reports_and_the_index_are_measured_over_the_same_history(tmp_path: Path) -> None:
    told = measured(tmp_path, "history", "--years", "2")
    assert 300 < told["ii06a"]["received"] < 700, "a quarter of 2,000, and what was carried over"
    times = [told["board"]["full_ms"], *(each for name, each in told["ii06a"].items() if name.endswith("_ms"))]
    assert all(0 < each["p50"] <= each["max"] for each in [*times, *told["index"].values()])


def measured(home: Path, name: str, *more: str) -> dict[str, Any]:
    """The document of a small run."""
    small = ["--applications", "2000", "--reads", "2", *more]
    done = subprocess.run(
        [sys.executable, "-m", "ioc", "--home", str(home), "bench", name, *small],
        capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document
