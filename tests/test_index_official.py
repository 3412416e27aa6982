"""Official scores: kept with their history, shown beside what the centre computes, never mixed with it."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result

from ioc.commands.index import index
from stream.index.official import OfficialScore, Taken, list_official, read_official, take_official
from stream.index.read import read_index
from stream.kpi.period import parse_period
from stream.store.reading import snapshot
from tests.index_ledgers import application
from tests.ledgers import fill

JUNE = parse_period("2026-06", "index")
PORTAL = "dichvucong.gov.vn"


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        yield connection


@pytest.fixture
def known(database: str, connection: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    fill(connection, application("06-02", channel=2, ended="06-03") + application("06-03", unit=3979))


def score(points: float, published: str = "2026-07-05", item: str = "total", place: str = "03980") -> OfficialScore:
    return OfficialScore(place, JUNE.first, JUNE.last, item, points, PORTAL, date.fromisoformat(published))


def take(connection: psycopg.Connection, *scores: OfficialScore, file: str = "a.csv") -> Taken:
    return take_official(connection, sha256(file.encode()).digest(), file, scores)


def current(connection: psycopg.Connection, known_at: datetime | None = None) -> dict[tuple[str, str], float]:
    found = read_official(connection, JUNE.first, JUNE.last, known_at)
    return {key: each.points for key, each in found.items()}


def test_a_file_taken_twice_changes_nothing(connection: psycopg.Connection) -> None:
    assert take(connection, score(80), score(19, item="progress")) == Taken(2, 0)
    before = list_official(connection)
    assert take(connection, score(80), score(19, item="progress")) == Taken(0, 2)
    assert list_official(connection) == before


def test_the_same_scores_in_another_file_are_known_already(connection: psycopg.Connection) -> None:
    take(connection, score(80))
    assert take(connection, score(80), score(19, item="progress"), file="b.csv") == Taken(1, 1)


def test_what_was_published_later_holds_whatever_came_in_first(connection: psycopg.Connection) -> None:
    take(connection, score(82, "2026-07-09"), file="b.csv")
    take(connection, score(80, "2026-07-05"), file="a.csv")
    assert current(connection) == {("03980", "total"): 82}
    listed = [(each.points, each.holds, each.name) for each in list_official(connection)]
    assert listed == [(82, True, "b.csv"), (80, False, "a.csv")]


def test_an_old_file_once_more_does_not_bring_back_what_it_said(connection: psycopg.Connection) -> None:
    for number, points in enumerate((80, 82, 80)):
        take(connection, score(points), file=f"{number % 2}.csv")
    assert current(connection) == {("03980", "total"): 82}


def test_what_was_not_known_then_does_not_count_then(connection: psycopg.Connection) -> None:
    take(connection, score(80))
    assert current(connection, datetime(2026, 1, 1, tzinfo=UTC)) == {}
    assert current(connection, datetime.now(UTC)) == {("03980", "total"): 80}


def test_official_scores_never_change_what_the_centre_computes(connection: psycopg.Connection) -> None:
    fill(connection, application("06-02", channel=2, ended="06-03"))
    windows = JUNE.windows(datetime(2026, 7, 20, tzinfo=UTC))
    with snapshot(connection):
        before = read_index(connection, windows)
    take(connection, score(12), score(3, item="progress"), score(0, item="filed"), score(1, place="moc-chau"))
    with snapshot(connection):
        assert read_index(connection, windows) == before


def test_official_scores_are_no_part_of_what_a_rebuild_replaces(connection: psycopg.Connection) -> None:
    take(connection, score(80))
    connection.execute("drop schema stream cascade")
    assert current(connection) == {("03980", "total"): 80}


# --- the command -------------------------------------------------------------------------------------------------


def run(*arguments: str) -> Result:
    return CliRunner().invoke(index, list(arguments))


def shown(*arguments: str) -> dict[str, Any]:
    result = run("show", *arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def imported(folder: Path, text: str, name: str = "scores.csv") -> Result:
    path = folder / name
    path.write_text("unit,period,group,component,points,source,published on\n" + text)
    return run("official", "import", str(path))


def in_2025(folder: Path) -> Result:
    return imported(
        folder,
        f"moc-chau,2025-09,total,,71.5,{PORTAL},2025-10-05\n"
        f"03980,2025-09,progress,on_time,18,{PORTAL},2025-10-05\n"
        f"03980,2025-Q3,total,,60,{PORTAL},2025-10-05\n",
    )


@pytest.mark.usefixtures("known")
def test_own_and_official_stand_in_two_columns_each_with_its_source(tmp_path: Path) -> None:
    result = in_2025(tmp_path)
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"file": "scores.csv", "new": 3, "known": 0})
    document = shown("--period", "2025-09")
    area, *units = document["scores"]
    assert document["own_source"]["en"] == "computed by this centre from its ledger"
    assert area["points"] is None  # nothing is known of that time
    assert area["official"] == {"points": 71.5, "source": PORTAL, "published_on": "2025-10-05"}
    of_unit = next(each for each in units if each["unit"] == "03980")
    [on_time] = next(group for group in of_unit["groups"] if group["id"] == "progress")["components"]
    assert (on_time["points"], on_time["official"]["points"], of_unit["official"]) == (None, 18, None)
    table = run("show", "--period", "2025-09").output
    assert "71.5" in table
    assert "no data" in table


@pytest.mark.usefixtures("known")
def test_the_index_of_a_period_comes_with_every_ratio() -> None:
    document = shown("--period", "2026-06", "--unit", "03980", "--as-of", "2026-07-20T08:00")
    [score] = document["scores"]
    assert document["period"] == {"name": "2026-06", "from": "2026-06-01", "to": "2026-06-30"}
    assert document["until"] == "2026-07-01T00:00:00+07:00"
    online = next(group for group in score["groups"] if group["id"] == "online")
    assert (online["points"], online["known"], online["max"]) == (6, 6, 12)
    filed = next(each for each in online["components"] if each["id"] == "filed")
    assert filed["ratio"] == {"kpi": "online_rate", "value": 1.0, "numerator": 1, "denominator": 1}
    assert (filed["points"], filed["max"], filed["certainty"], filed["official"]) == (6, 6, "B", None)


@pytest.mark.usefixtures("known")
def test_all_units_of_the_day_are_there_also_those_nobody_heard_of() -> None:
    scores = shown("--from", "2026-06-01", "--to", "2026-06-30", "--as-of", "2026-07-20T08:00")["scores"]
    assert [score["unit"] for score in scores] == [
        None, "03979", "03980", "03982", "03985", "03997", "04000", "04033", "04045",
    ]  # fmt: skip
    assert [score["points"] is None for score in scores] == [False, False, False, True, True, True, True, True, True]


@pytest.mark.usefixtures("known")
def test_wrong_rows_are_told_in_both_languages_and_nothing_is_taken(tmp_path: Path) -> None:
    result = imported(
        tmp_path, f"03980,2025-09,,,80,{PORTAL},2025-10-05\n03980,2025-09,speed,,80,{PORTAL},2025-10-05\n"
    )
    assert result.exit_code == 1
    assert "row 3: the index has no group 'speed' / dòng 3: không có nhóm 'speed'" in result.stderr
    assert json.loads(run("official", "list", "--format", "json").stdout) == {"scores": []}


@pytest.mark.usefixtures("known")
def test_the_list_has_the_history(tmp_path: Path) -> None:
    in_2025(tmp_path)
    imported(tmp_path, f"moc-chau,2025-09,total,,73,{PORTAL},2025-11-05\n", "later.csv")
    listed = json.loads(run("official", "list", "--format", "json").stdout)["scores"]
    totals = [(each["points"], each["holds"], each["file"]) for each in listed if each["place"] == "moc-chau"]
    assert totals == [(73, True, "later.csv"), (71.5, False, "scores.csv")]
    assert shown("--period", "2025-09")["scores"][0]["official"]["points"] == 73
    assert "replaced" in run("official", "list").output


@pytest.mark.parametrize(
    "arguments",
    [
        ("--unit", "3980"),
        ("--period", "2026-13"),
        ("--period", "2026-06", "--from", "2026-06-01"),
        ("--from", "2026-06-02", "--to", "2026-06-01"),
        ("--as-of", "2026-06-01"),
        ("--format", "csv"),
    ],
)
def test_a_wrong_call_is_status_2(arguments: tuple[str, ...]) -> None:
    assert run("show", *arguments).exit_code == 2
