"""The board as of a moment that is over: as it was shown then, and as it is known now."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ingest.contracts.rules import CalendarAdopted, Decision
from ingest.log.postgres import PostgresLog
from stream.core.ledger import Measure
from stream.core.moment import Moment, datetime_of, moment_of
from stream.kpi.catalogue import load_catalogue
from stream.live import BOARD_KPIS, Board, board_json, read_board, read_unit_trends
from tests.building.applying import apply_all
from tests.building.events import an_application
from tests.building.lives import some_lives
from tests.ledgers import Posted, fill
from tests.test_kpi_reading import MOMENTS, ledgers

NOW = datetime(2026, 3, 17, 3, 0, tzinfo=UTC)  # Tuesday, 10:00 local
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
UNITS = ("03979", "04033")
WALL = load_catalogue().only(BOARD_KPIS)
SEVERAL = load_catalogue().only([*BOARD_KPIS, "same_day_rate", "apologies_owed", "received_online", "index_reception"])


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        yield connection


def told(found: Board) -> Mapping[str, object]:
    """Everything that a board says in figures."""
    message: dict[str, Any] = json.loads(board_json(found))
    figures = {
        kpi: {name: tile[name] for name in ("value", "num", "den", "before", "before_day", "standing", "trend")}
        for kpi, tile in message["kpis"].items()
    }
    return {"kpis": figures, "units": message["units"], "elsewhere": message["elsewhere"]}


@settings(
    deadline=None,
    max_examples=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ledgers(), st.sampled_from(MOMENTS[8:]))
def test_a_board_read_live_is_the_board_as_known_then_whatever_came_later(
    connection: psycopg.Connection, posted: list[Posted], moment: Moment
) -> None:
    then = datetime_of(moment)
    fill(connection, [row for row in posted if row.known <= moment])
    live = told(read_board(connection, SEVERAL, then, UNITS))
    of_units = read_unit_trends(connection, SEVERAL, then, UNITS)
    fill(connection, posted)
    assert told(read_board(connection, SEVERAL, then, UNITS, known_at=then)) == live
    assert read_unit_trends(connection, SEVERAL, then, UNITS, known_at=then) == of_units


def test_what_a_worker_applies_later_changes_no_board_of_before(log: PostgresLog, database: str) -> None:
    """Late events, corrections and duplicates, sent after the board was read."""
    at = datetime(2026, 1, 28, 3, 0, tzinfo=UTC)
    units = ("03980", "04033", "03985")
    lives = some_lives(60)
    log.append(lives[::2])
    apply_all(log, database)
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        live = told(read_board(connection, WALL, at, units))
        [(known_at,)] = connection.execute("select clock_timestamp()").fetchall()
        log.append([*lives[1::2], *lives[:20], an_application("H52-99999").received("2025-12-01 09:00").sync()])
        apply_all(log, database)
        assert told(read_board(connection, WALL, at, units)) != live
        assert told(read_board(connection, WALL, at, units, known_at=known_at)) == live


def happened(measure: Measure, when: datetime, known: datetime | None = None, unit: int = 3979) -> Posted:
    return Posted(measure, unit, moment_of(when), moment_of(known or when))


def test_a_unit_that_was_heard_of_later_was_no_data_then_and_not_zero(connection: psycopg.Connection) -> None:
    rows = [happened(Measure.RECEIVED, NOW - 20 * DAY)]
    fill(connection, [*rows, happened(Measure.RECEIVED, NOW - 25 * DAY, NOW + HOUR, unit=4033)])
    now, then = (read_board(connection, WALL, NOW, UNITS, known_at=known) for known in (None, NOW))
    assert [board.by_unit["04033"]["received_today"].value for board in (now, then)] == [0, None]
    assert [board.tiles[0].trend[4:11] for board in (now, then)] == [
        (None, 1, 0, 0, 0, 0, 1), (None, None, None, None, None, None, 1),
    ]  # fmt: skip


def test_as_known_then_nothing_is_told_that_was_not_kept(connection: psycopg.Connection) -> None:
    fill(connection, [happened(Measure.RECEIVED, NOW - HOUR)])
    connection.execute("insert into source_state (source, heard_at) values ('mc', %s)", [NOW])
    connection.execute("insert into part_offset (part, next_pos, applied, halted) values (0, 1, 1, 'poison')")
    message: dict[str, Any] = json.loads(board_json(read_board(connection, WALL, NOW, UNITS, known_at=NOW)))
    assert (message["past"], message["known_at"]) == (True, "2026-03-17T03:00:00Z")
    not_kept = ("state", "latest", "sources", "tallies", "positions", "halted", "known_until")
    assert {message[name] for name in not_kept} == {None}
    assert {(tile["state"], tile["restated"]) for tile in message["kpis"].values()} == {(None, None)}
    assert (message["states"], message["late"]) == ({}, {})
    assert message["kpis"]["received_today"]["value"] == 1


def test_a_moment_that_is_over_has_its_figures_as_known_now_and_no_signs_of_the_present(
    connection: psycopg.Connection,
) -> None:
    fill(connection, [happened(Measure.RECEIVED, NOW - HOUR, NOW + DAY)])
    connection.execute("insert into part_offset (part, next_pos, applied) values (0, 1, 1)")
    connection.execute("insert into event values (0, 0, %s, null, 0, %s, '')", [NOW + DAY, NOW - HOUR])
    message: dict[str, Any] = json.loads(board_json(read_board(connection, WALL, NOW, UNITS)))
    assert (message["past"], message["known_at"], message["kpis"]["received_today"]["value"]) == (True, None, 1)
    assert (message["state"], message["latest"], message["sources"]) == (None, None, None)
    assert message["positions"] == {"0": 1}  # of what the figures are made
    of_now: dict[str, Any] = json.loads(board_json(read_board(connection, WALL, NOW + DAY, UNITS)))
    assert (of_now["past"], of_now["sources"]) == (False, [])


def test_before_a_centre_began_nothing_was_known(connection: psycopg.Connection) -> None:
    fill(connection, [happened(Measure.RECEIVED, NOW - DAY)])
    connection.execute("insert into part_offset (part, next_pos, applied) values (0, 1, 1)")
    connection.execute("insert into event values (0, 0, %s, null, 0, %s, '')", [NOW, NOW])
    values = [
        {tile.figure.value for tile in read_board(connection, WALL, NOW, UNITS, known_at=known_at).tiles}
        for known_at in (NOW - timedelta(seconds=1), NOW)
    ]
    assert values[0] == {None}
    assert values[1] != {None}
    of_unit = read_unit_trends(connection, WALL, NOW, UNITS, known_at=NOW - timedelta(seconds=1)).by_unit["03979"]
    assert {value for each in of_unit.values() for value in (each.before, *each.trend)} == {None}


def test_a_figure_of_samples_as_known_then_has_no_value_and_says_why(connection: psycopg.Connection) -> None:
    catalogue = load_catalogue().only(["line_mos_today", "meetings_now"])
    message: dict[str, Any] = json.loads(board_json(read_board(connection, catalogue, NOW, UNITS, known_at=NOW)))
    unknown = {kpi: tile["unknown"] for kpi, tile in message["kpis"].items()}
    assert unknown == {"meetings_now": None, "line_mos_today": "not_as_known"}
    assert (message["kpis"]["line_mos_today"]["value"], message["units"]["03979"]["line_mos_today"]) == (None, None)
    live: dict[str, Any] = json.loads(board_json(read_board(connection, catalogue, NOW, UNITS)))
    assert live["kpis"]["line_mos_today"]["unknown"] is None


def test_a_calendar_adopted_later_changes_no_comparison_of_before(connection: psycopg.Connection) -> None:
    swapped = CalendarAdopted(
        version="swapped", week=(((0, 86_400),),) * 7, decisions=(Decision(name="d", days_off=(date(2026, 3, 10),)),)
    )
    connection.execute(
        "insert into rule (kind, version, digest, content) values ('calendar', 'swapped', 'd', %s)",
        [msgspec.json.encode(swapped)],
    )
    connection.execute("insert into part_rule select 0, 1, %s, id from rule", [NOW + HOUR])
    adopted, then = (read_board(connection, WALL, NOW, UNITS, known_at=known) for known in (None, NOW))
    assert str(then.before_day) == "2026-03-10"
    assert str(adopted.before_day) == "2026-03-03"


def test_a_figure_whose_past_was_changed_today_is_restated(connection: psycopg.Connection) -> None:
    midnight = NOW - 10 * HOUR
    rows = [happened(Measure.RECEIVED, NOW - 20 * DAY), happened(Measure.RECEIVED, NOW - HOUR)]
    late = [happened(Measure.RECEIVED, NOW - days * DAY, midnight + HOUR) for days in (3, 5, 5, 40)]
    known_yesterday = happened(Measure.RECEIVED, NOW - 4 * DAY, midnight - HOUR)
    connection.execute("insert into source_state (source, heard_at) values ('mc', %s)", [NOW])
    fill(connection, [*rows, known_yesterday])
    before: dict[str, Any] = json.loads(board_json(read_board(connection, WALL, NOW, UNITS)))
    assert (before["state"], before["kpis"]["received_today"]["restated"]) == ("live", None)
    fill(connection, [*rows, known_yesterday, *late])
    found = read_board(connection, WALL, NOW, UNITS)
    message: dict[str, Any] = json.loads(board_json(found))
    assert message["state"] == "restated"
    assert (message["kpis"]["received_today"]["state"], message["kpis"]["received_today"]["restated"]) == (
        "restated", {"days": 2},
    )  # fmt: skip
    assert (message["kpis"]["being_handled"]["state"], message["kpis"]["being_handled"]["restated"]) == ("live", None)
    again = read_board(connection, WALL, NOW + timedelta(seconds=5), UNITS, earlier=found)
    assert (again.state, again.tiles[0].restated) == ("restated", 2)


def test_a_level_that_rose_before_all_of_its_days_is_restated_on_each_of_them(connection: psycopg.Connection) -> None:
    known = happened(Measure.OPEN_IN, NOW - 50 * DAY)
    fill(connection, [known, happened(Measure.OPEN_IN, NOW - 40 * DAY, NOW - HOUR)])
    tiles = {tile.figure.kpi: tile for tile in read_board(connection, WALL, NOW, UNITS).tiles}
    assert (tiles["being_handled"].restated, tiles["being_handled"].trend) == (30, (2,) * 30)
    assert tiles["received_today"].restated == 0


def test_the_history_that_a_new_centre_begins_with_is_no_restatement(connection: psycopg.Connection) -> None:
    fill(connection, [happened(Measure.RECEIVED, NOW - 5 * DAY, NOW - HOUR)])
    connection.execute("insert into part_offset (part, next_pos, applied) values (0, 1, 1)")
    for appended, restated in [(NOW - HOUR, 0), (NOW - DAY, 1)]:
        connection.execute("delete from event")
        connection.execute("insert into event values (0, 0, %s, null, 0, %s, '')", [appended, NOW])
        assert read_board(connection, WALL, NOW, UNITS).tiles[0].restated == restated


@pytest.mark.parametrize(("known", "restated"), [(timedelta(0), 0), (timedelta(seconds=1), 1)])
def test_what_was_known_when_the_day_began_restates_nothing(
    connection: psycopg.Connection, known: timedelta, restated: int
) -> None:
    midnight = NOW - 10 * HOUR
    evening = happened(Measure.OPEN_IN, midnight - HOUR, midnight + known)
    fill(connection, [happened(Measure.OPEN_IN, NOW - 40 * DAY), evening])
    found = {tile.figure.kpi: tile.restated for tile in read_board(connection, WALL, NOW, UNITS).tiles}
    assert (found["being_handled"], found["received_today"]) == (restated, 0)
