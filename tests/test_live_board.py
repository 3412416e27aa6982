"""The board of a small ledger: every number on it can be worked out by hand."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from stream.core.ledger import Measure
from stream.core.moment import moment_of
from stream.kpi.catalogue import catalogue_of, load_catalogue
from stream.live import BOARD_KPIS, Board, board_json, read_board
from stream.live.board import Cut, Happened, Tallies
from tests.ledgers import Posted, fill

NOW = datetime(2026, 3, 17, 3, 0, tzinfo=UTC)  # Tuesday, 10:00 local
WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)
UNITS = ("03979", "03980")
WALL = load_catalogue().only(BOARD_KPIS)


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        yield connection


def happened(measure: Measure, when: datetime, unit: int = 3980, channel: int = 1) -> Posted:
    return Posted(measure, unit, moment_of(when), moment_of(when), channel=channel)


def small_ledger() -> list[Posted]:
    return [
        happened(Measure.RECEIVED, NOW - 40 * timedelta(days=1)),
        happened(Measure.OPEN_IN, NOW - 40 * timedelta(days=1)),
        happened(Measure.OVERDUE_IN, NOW - 33 * timedelta(days=1)),
        happened(Measure.RECEIVED, NOW - WEEK - HOUR),
        happened(Measure.RECEIVED, NOW - WEEK + HOUR),
        happened(Measure.OVERDUE_OUT, NOW - WEEK + HOUR),
        happened(Measure.SETTLED_LATE, NOW - WEEK + HOUR),
        happened(Measure.OPEN_OUT, NOW - WEEK + HOUR),
        happened(Measure.RECEIVED, NOW - 2 * HOUR, 3979, channel=2),
        happened(Measure.OPEN_IN, NOW - 2 * HOUR, 3979),
        happened(Measure.RECEIVED, NOW, 4033, channel=2),
        happened(Measure.OPEN_IN, NOW, 4033),
        happened(Measure.OVERDUE_IN, NOW + timedelta(hours=14), 3979),  # tonight: not yet
        happened(Measure.OVERDUE_IN, NOW + timedelta(days=9), 4033),
    ]


def board(connection: psycopg.Connection, now: datetime = NOW) -> Board:
    return read_board(connection, WALL, now, UNITS)


def cut(found: Board) -> Cut:
    assert found.cut is not None
    return found.cut


def latest(found: Board) -> tuple[Happened, ...]:
    assert found.latest is not None
    return found.latest


def values(found: Board) -> dict[str, float | None]:
    return {tile.figure.kpi: tile.figure.value for tile in found.tiles}


def test_the_tiles_count_what_happened_until_now(connection: psycopg.Connection) -> None:
    fill(connection, small_ledger())
    assert values(board(connection)) == {
        "received_today": 2, "received_month": 4, "being_handled": 2, "overdue_now": 0, "due_soon": 0,
        "settled_month": 1, "settled_early": 0, "settled_on_date": 0, "settled_late": 1,
        "on_time_rate": 0, "early_rate": 0, "online_rate": 0.5,
    }  # fmt: skip


def test_the_clock_alone_makes_an_application_overdue(connection: psycopg.Connection) -> None:
    fill(connection, small_ledger())
    midnight = NOW + timedelta(hours=14)
    assert values(board(connection, midnight - timedelta(seconds=1)))["overdue_now"] == 0
    assert values(board(connection, midnight))["overdue_now"] == 1


def test_before_is_the_same_time_of_day_on_the_working_day_a_week_ago(connection: psycopg.Connection) -> None:
    fill(connection, small_ledger())
    before = {tile.figure.kpi: tile.before for tile in board(connection).tiles}
    assert (before["received_today"], before["overdue_now"], before["being_handled"]) == (1, 1, 1)
    assert before["on_time_rate"] is None


def test_a_trend_has_thirty_complete_days(connection: psycopg.Connection) -> None:
    fill(connection, small_ledger())
    trend = {tile.figure.kpi: tile.trend for tile in board(connection).tiles}
    assert trend["received_today"] == (0,) * 23 + (2,) + (0,) * 6
    assert trend["overdue_now"] == (1,) * 23 + (0,) * 7
    assert trend["on_time_rate"] == (None,) * 23 + (0,) + (None,) * 6


def test_units_are_counted_by_themselves_and_the_area_counts_those_elsewhere_too(
    connection: psycopg.Connection,
) -> None:
    fill(connection, small_ledger())
    found = board(connection)
    assert {unit: figures["being_handled"].value for unit, figures in found.by_unit.items()} == {"03979": 1, "03980": 0}
    assert found.elsewhere == ("04033",)


def test_an_empty_database_has_no_data_and_is_late(connection: psycopg.Connection) -> None:
    found = board(connection)
    assert set(values(found).values()) == {None}
    assert {figure.value for figures in found.by_unit.values() for figure in figures.values()} == {None}
    assert (found.state, cut(found).known_until, found.latest, found.elsewhere) == ("late", None, (), ())
    assert cut(found).tallies == Tallies(0, 0, 0, 0)


def test_the_cut_the_tallies_and_the_latest_cases_are_those_of_the_log(connection: psycopg.Connection) -> None:
    add_events(connection, part=0, cases=20, heartbeats=3)
    add_events(connection, part=3, cases=2, heartbeats=0)
    connection.execute("update part_offset set next_pos = next_pos + 2, duplicates = 1, quarantined = 1 where part = 3")
    found = board(connection)
    assert cut(found).positions == {0: 23, 3: 4}
    assert cut(found).tallies == Tallies(received=27, applied=25, duplicates=1, quarantined=1)
    assert cut(found).known_until == NOW - timedelta(minutes=60 - 22)
    assert [each.case for each in latest(found)] == [f"0-{number}" for number in range(19, 7, -1)]
    newest = latest(found)[0]
    assert (newest.unit, newest.status, newest.at) == ("03980", 4, NOW - HOUR)
    assert newest.known_at == NOW - timedelta(minutes=60 - 19)


def test_a_case_touched_twice_stands_once_among_the_latest(connection: psycopg.Connection) -> None:
    add_events(connection, part=0, cases=3, heartbeats=0)
    connection.execute(
        "insert into event select part, pos + 3, appended_at + interval '5 minutes', case_id, eid, at, body from event"
    )
    connection.execute("update part_offset set next_pos = 6, applied = 6")
    assert [each.case for each in latest(board(connection))] == ["0-2", "0-1", "0-0"]


def test_documents_meetings_and_endpoints_are_not_told_in_the_words_of_applications(
    connection: psycopg.Connection,
) -> None:
    add_events(connection, part=0, cases=7, heartbeats=0)
    connection.execute("update cases set kind = split_part(code, '-', 2)::integer + 1")
    assert [each.case for each in latest(board(connection))] == ["0-2", "0-1", "0-0"]


def add_events(connection: psycopg.Connection, part: int, cases: int, heartbeats: int) -> None:
    """Events of as many cases, one a minute, then heartbeats."""
    for pos in range(cases + heartbeats):
        appended = NOW - HOUR + timedelta(minutes=pos)
        case = part * 2**44 + pos if pos < cases else None
        connection.execute(
            "insert into event values (%s, %s, %s, %s, %s, %s, %s)", [part, pos, appended, case, pos, NOW - HOUR, b"{}"]
        )
        if case is not None:
            connection.execute(
                "insert into cases (id, code, unit, field, channel, status, is_open, last_at, timeline)"
                " values (%s, %s, 3980, 1, 1, 4, true, %s, '')",
                [case, f"{part}-{pos}", NOW],
            )
    connection.execute(
        "insert into part_offset (part, next_pos, applied) values (%(part)s, %(next)s, %(next)s)",
        {"part": part, "next": cases + heartbeats},
    )


def test_the_message_keeps_to_its_contract(connection: psycopg.Connection) -> None:
    fill(connection, small_ledger())
    add_events(connection, part=0, cases=1, heartbeats=1)
    connection.execute(
        "insert into source_state (source, last_known_at, heartbeat_at) values ('mc', %s, %s)", [NOW - HOUR, NOW]
    )
    message: dict[str, Any] = json.loads(board_json(board(connection)))
    assert message["v"] == 1
    assert message["now"] == "2026-03-17T03:00:00Z"
    assert message["known_until"] == "2026-03-17T02:01:00Z"
    assert message["state"] == "live"
    assert list(message["kpis"]) == list(BOARD_KPIS)
    assert message["kpis"]["online_rate"] == {
        "value": 0.5, "num": 2, "den": 4, "state": "live", "before": 0, "before_day": "2026-03-10",
        "standing": "good", "trend": [None] * 23 + [0.0] + [None] * 6, "restated": None, "unknown": None,
    }  # fmt: skip
    assert message["units"]["03979"]["received_today"] == 1
    assert message["units"]["03979"]["on_time_rate"] is None
    assert (message["known_at"], message["past"], message["before_day"]) == (None, False, "2026-03-10")
    assert (message["elsewhere"], message["late"], message["states"]) == (["04033"], {}, {})
    assert message["latest"] == [
        {"case": "0-0", "unit": "03980", "status": 4, "at": "2026-03-17T02:00:00Z", "known_at": "2026-03-17T02:00:00Z"}
    ]
    assert message["sources"] == [
        {
            "source": "mc", "last_event_at": None, "last_known_at": "2026-03-17T02:00:00Z",
            "heartbeat_at": "2026-03-17T03:00:00Z", "state": "live", "standing": "live",
            "heard_at": "2026-03-17T03:00:00Z", "cadence": None, "streams": [],
        }
    ]  # fmt: skip
    assert message["tallies"] == {"received": 2, "applied": 2, "duplicates": 0, "quarantined": 0}
    assert (message["positions"], message["halted"], message["behind"]) == ({"0": 2}, [], None)


def test_the_whole_board_takes_few_statements(connection: psycopg.Connection) -> None:
    fill(connection, small_ledger())
    sent: list[str] = []

    class Counting(psycopg.Cursor[Any]):
        def execute(self, *arguments: Any, **options: Any) -> Any:
            sent.append(str(arguments[0]))
            return super().execute(*arguments, **options)

    connection.cursor_factory = Counting
    first = board(connection)
    assert len([each for each in sent if "rollup" in each]) == 3
    assert len(sent) <= 10
    sent.clear()
    read_board(connection, WALL, NOW, UNITS, earlier=first)
    assert len(sent) <= 7


def test_what_is_over_is_read_again_after_a_minute_and_on_a_new_day(connection: psycopg.Connection) -> None:
    fill(connection, small_ledger())
    first = board(connection)
    late = [*small_ledger(), happened(Measure.RECEIVED, NOW - WEEK - HOUR), happened(Measure.RECEIVED, NOW)]
    fill(connection, late)

    def received(found: Board) -> tuple[float | None, float | None, float | None]:
        tile = found.tiles[0]
        return tile.figure.value, tile.before, tile.trend[-7]

    def after(seconds: float) -> Board:
        now = NOW + timedelta(seconds=seconds)
        return read_board(connection, WALL, now, UNITS, earlier=first)

    assert received(after(59)) == (3, 1, 2)
    assert after(59).past_read_at == NOW
    assert received(after(60)) == (3, 2, 3)
    assert received(after(-1)) != received(after(59))
    other = read_board(connection, catalogue_of([load_catalogue()["received_today"]]), NOW, UNITS, earlier=first)
    assert received(other) == (3, 2, 3)


def test_a_board_of_before_midnight_has_nothing_that_holds_after_it(connection: psycopg.Connection) -> None:
    fill(connection, small_ledger())
    midnight = NOW + timedelta(hours=14)
    first = board(connection, midnight - timedelta(seconds=1))
    second = read_board(connection, WALL, midnight, UNITS, earlier=first)
    assert (first.tiles[0].trend[-1], second.tiles[0].trend[-1]) == (0, 2)


def promise(connection: psycopg.Connection, source: str, streams: str, units: str, cadence: int | None = 600) -> None:
    """What a source promised a day before, by the next free place of the log."""
    connection.execute(
        "insert into source_promise select 0, count(*), %s, %s, 'events', %s, %s, %s, true from source_promise",
        [NOW - timedelta(days=1), source, streams, units, cadence],
    )


def heard(connection: psycopg.Connection, source: str, when: datetime) -> None:
    connection.execute("insert into source_state (source, heard_at) values (%s, %s)", [source, when])


def test_a_tile_is_late_where_a_source_of_its_stream_is_silent(connection: psycopg.Connection) -> None:
    fill(connection, small_ledger())
    promise(connection, "one-stop", "{onestop}", "{03979,03980}")
    promise(connection, "papers", "{documents}", "{03979,03980}")
    heard(connection, "one-stop", NOW)
    heard(connection, "papers", NOW - timedelta(minutes=11))
    found = board(connection)
    assert {sign.source: (sign.standing, sign.state) for sign in found.sources or ()} == {
        "one-stop": ("live", "live"),
        "papers": ("silent", "late"),
    }
    assert found.state == "partial"
    assert {tile.figure.state for tile in found.tiles} == {"live"}


def test_a_units_figures_are_late_and_those_of_the_area_partial_where_the_source_that_speaks_for_it_is_silent(
    connection: psycopg.Connection,
) -> None:
    fill(connection, small_ledger())
    promise(connection, "one", "{onestop}", "{03979}")
    promise(connection, "other", "{onestop}", "{03980}")
    heard(connection, "one", NOW)
    heard(connection, "other", NOW - timedelta(minutes=11))
    message = json.loads(board_json(board(connection)))
    assert {each["state"] for each in message["kpis"].values()} == {"partial"}
    assert message["late"] == {"03980": list(BOARD_KPIS)}
    assert message["states"] == {"03980": dict.fromkeys(BOARD_KPIS, "late")}


def test_a_source_that_promised_nothing_keeps_nobody_waiting(connection: psycopg.Connection) -> None:
    promise(connection, "file", "{onestop}", "{03980}", cadence=None)
    heard(connection, "file", NOW - timedelta(days=90))
    heard(connection, "never-declared", NOW - timedelta(days=90))
    found = board(connection)
    assert found.state == "live"
    assert [(sign.standing, sign.state, sign.cadence) for sign in found.sources or ()] == [("live", "live", None)] * 2


def test_a_partition_that_was_stopped_freezes_every_figure(connection: psycopg.Connection) -> None:
    heard(connection, "one", NOW)
    connection.execute("insert into part_offset (part, next_pos, applied, halted) values (0, 1, 1, 'poison')")
    found = board(connection)
    assert found.state == "frozen"
    assert {tile.figure.state for tile in found.tiles} == {"frozen"}
    assert {figure.state for figures in found.by_unit.values() for figure in figures.values()} == {"frozen"}
