"""The worker tells how far it is, whether or not anything comes: a quiet log is no worker that is away."""

import time
from datetime import UTC, datetime, timedelta
from threading import Event

import psycopg
import pytest

from ingest.log.postgres import PostgresLog
from ingest.log.postgres_reader import PostgresReader
from ingest.log.protocol import Record
from stream.apply.reached import TELL_EVERY, Look, Reached
from stream.kpi.catalogue import load_catalogue
from stream.kpi.figure import State
from stream.live import BOARD_KPIS, read_board
from stream.sources.inheriting import FROZEN_AFTER, read_inherited
from stream.store.queries import query
from tests.building.applying import a_worker, applied
from tests.building.lives import some_lives
from tests.servers.processes import wait_until

WALL = load_catalogue().only(BOARD_KPIS)
OLD = Record(0, 1, "key", b"", 1_000_000)
NEW = Record(1, 1, "key", b"", 2_000_000)


def state(connection: psycopg.Connection) -> State | None:
    return read_board(connection, WALL, datetime.now(UTC), ["03980"]).state


def a_reached() -> Reached:
    """One that told its last long ago."""
    reached = Reached()
    reached._told_at -= TELL_EVERY  # instead of waiting for it
    return reached


def test_what_a_look_found_is_told_once_the_next_one_shows_that_it_is_applied() -> None:
    reached, first, second = a_reached(), Look.of(1.0, [NEW, OLD]), Look.of(2.0, [NEW])
    assert reached.settled(first) is None
    assert reached.settled(second) == first
    assert first.oldest == datetime(1970, 1, 1, 0, 16, 40, tzinfo=UTC)


def test_a_look_that_found_nothing_shows_that_all_is_applied() -> None:
    reached, empty = a_reached(), Look.of(2.0, [])
    assert reached.settled(Look.of(1.0, [OLD])) is None
    assert reached.settled(empty) == empty
    assert reached.settled(Look.of(3.0, [])) is None  # it told just now


def test_with_other_partitions_it_begins_anew() -> None:
    reached = a_reached()
    reached.settled(Look.of(1.0, [OLD]))
    reached.begin_anew()
    assert reached.settled(Look.of(2.0, [])) is None


def test_figures_freeze_when_the_worker_goes_and_thaw_when_it_is_back(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    log.append(some_lives(5))
    with a_worker(log, database):
        wait_until(lambda: applied(log, database), what="all being applied")
        wait_until(lambda: _is_told(stream), what="the worker telling how far it is")
        assert state(stream) == "live"
    stream.execute(
        "update part_offset set reached_at = reached_at - make_interval(secs => %s) where part = 0", [FROZEN_AFTER]
    )
    time.sleep(0.01)
    assert state(stream) == "frozen"
    assert read_inherited(stream, datetime.now(UTC)).of_all == "frozen"
    with a_worker(log, database):
        wait_until(lambda: state(stream) == "live", what="the figures being live again")


def test_a_worker_that_does_not_reach_the_log_does_not_take_its_silence_for_rest(
    log: PostgresLog, database: str, stream: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stream.apply.reached.TELL_EVERY", 0.1)
    log.append(some_lives(5))
    with a_worker(log, database):
        wait_until(lambda: applied(log, database), what="all being applied")
        wait_until(lambda: _is_told(stream), what="the worker telling how far it is")
        asked = Event()
        monkeypatch.setattr(PostgresReader, "is_in_touch", lambda _: asked.set())  # as Kafka's where the broker is away
        assert asked.wait(10)
        before = _told(stream)
        asked.clear()
        assert asked.wait(10)
        assert _told(stream) == before


def test_what_lies_in_the_log_for_long_freezes_the_figures_though_a_worker_is_there(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    """A worker that catches up tells the age of what it finds, not that it is there."""
    log.append(some_lives(5))
    with a_worker(log, database):
        wait_until(lambda: applied(log, database), what="all being applied")
    [(epoch,)] = stream.execute("select epoch from part_offset where part = 0").fetchall()
    given = {"parts": [0], "epochs": [epoch], "seconds": 0.0}
    hour_ago = datetime.now(UTC) - timedelta(hours=1)
    stream.execute(query("write_reached"), {**given, "oldest": hour_ago})
    assert stream.execute("select reached_at from part_offset where part = 0").fetchall() == [(hour_ago,)]
    assert state(stream) == "frozen"
    stream.execute(query("write_reached"), {**given, "epochs": [epoch - 1], "oldest": None})
    assert state(stream) == "frozen"  # who lost the partition tells nothing of it


def _told(connection: psycopg.Connection) -> list[tuple[int, datetime]]:
    return connection.execute("select part, reached_at from part_offset order by part").fetchall()


def _is_told(connection: psycopg.Connection) -> bool:
    return not connection.execute("select from part_offset where reached_at is null").fetchall()
