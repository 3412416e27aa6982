"""The watcher beside a real worker: silence is told within the cadence and fifteen seconds, once, whatever fails."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event, Thread

import psycopg
import pytest
from click.testing import CliRunner
from structlog.testing import capture_logs

from dashboard.data.state import read_state
from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from ioc.commands.stream import stream as stream_command
from stream.announce import message
from stream.apply.plan import Plan
from stream.first_rules import first_rules
from stream.rebuild import rebuild, replace
from stream.sources import Incident, read_incidents
from stream.sources.inheriting import read_inherited
from stream.sources.watching import Watcher, Watching, look, shipped_watching
from stream.store.reading import snapshot
from tests.building.applying import a_worker, apply_all, opener
from tests.building.events import SOURCE, an_application
from tests.building.moments import LOCAL
from tests.building.sources import a_source, declared, work_round_the_clock
from tests.servers.processes import wait_until

QUICKLY = Watching(closes_after=60, look_every=0.1)
NOW = datetime(2026, 3, 17, 3, 0, tzinfo=UTC)  # Tuesday, 10:00 local


def incidents(connection: psycopg.Connection) -> Sequence[Incident]:
    return read_incidents(connection, datetime(2026, 1, 1, tzinfo=UTC))


def promised(connection: psycopg.Connection, *names: str, cadence: int = 600) -> None:
    """Sources that promised a day ago, and were heard of now."""
    for place, name in enumerate(names):
        connection.execute(
            "insert into source_promise values (0, %s, %s, %s, 'events', '{onestop}', '{03980}', %s, true)",
            [place, NOW - timedelta(days=1), name, cadence],
        )
        heard(connection, name, NOW)


def heard(connection: psycopg.Connection, name: str, when: datetime) -> None:
    connection.execute(
        "insert into source_state (source, heard_at) values (%s, %s)"
        " on conflict (source) do update set heard_at = excluded.heard_at",
        [name, when],
    )


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


@contextmanager
def watching(url: str, clock: Callable[[], datetime], stir: Callable[[], None] = lambda: None) -> Iterator[Thread]:
    """A watcher in a thread, while the block runs."""
    stop = Event()
    watcher = Watcher(opener(url), clock, stir, QUICKLY)
    thread = Thread(target=watcher.run, args=(stop,), name="watcher")
    thread.start()
    try:
        yield thread
    finally:
        stop.set()
        thread.join(timeout=10)
        assert not thread.is_alive(), "the watcher did not stop"


def test_a_source_that_goes_silent_is_told_within_its_cadence_and_fifteen_seconds(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    """In real time: a worker, its watcher, and a source that promised ten seconds."""
    work_round_the_clock(log)
    just_now = f"{datetime.now(LOCAL):%Y-%m-%d %H:%M:%S}"
    log.append([declared(a_source(SOURCE, cadence=10)), an_application().received(just_now).sync()])
    with a_worker(log, database), watching(database, lambda: datetime.now(UTC)):
        wait_until(lambda: _heard_at(stream) is not None, what="the source being heard of")
        last = _heard_at(stream)
        assert last is not None
        wait_until(lambda: any(each.cause == "silent" for each in incidents(stream)), seconds=26, what="an incident")
        seen = datetime.now(UTC)
    [incident] = [each for each in incidents(stream) if each.cause == "silent"]
    assert incident.source == SOURCE
    assert timedelta(seconds=10) < seen - last < timedelta(seconds=25)
    assert last + timedelta(seconds=10) <= incident.began_at <= last + timedelta(seconds=11)


def _heard_at(connection: psycopg.Connection) -> datetime | None:
    row = connection.execute("select heard_at from source_state where source = %s", [SOURCE]).fetchone()
    found: datetime | None = None if row is None else row[0]
    return found


def test_an_incident_goes_through_the_book(stream: psycopg.Connection) -> None:
    promised(stream, "a")
    assert look(stream, after(600), 1_800) == []
    look(stream, after(603), 1_800)
    heard(stream, "a", after(650))
    look(stream, after(651), 1_800)
    heard(stream, "a", after(2_400))
    look(stream, after(2_451), 1_800)
    assert incidents(stream) == (Incident("silent", "a", after(601), after(603), after(651), after(2_451), 0),)
    assert read_incidents(stream, after(3_000)) == ()


def test_all_sources_at_once_are_the_way_in_and_what_was_begun_for_one_of_them_is_it(
    stream: psycopg.Connection,
) -> None:
    promised(stream, "a", "b")
    heard(stream, "b", after(3))
    for seconds in (602, 607):
        look(stream, after(seconds), 1_800)
    assert [(each.cause, each.source, each.seen_at) for each in incidents(stream)] == [("intake", None, after(602))]


def test_a_halted_partition_is_an_incident(stream: psycopg.Connection) -> None:
    stream.execute("insert into part_offset (part, halted) values (3, 'poison')")
    look(stream, NOW, 1_800)
    stream.execute("update part_offset set halted = null")
    look(stream, after(5), 1_800)
    assert [(each.cause, each.source, each.recovered_at) for each in incidents(stream)] == [("halted", None, after(5))]


def test_only_one_of_several_watchers_writes_and_another_follows_it(database: str, stream: psycopg.Connection) -> None:
    promised(stream, "a")
    stirred: list[str] = []
    with watching(database, lambda: after(700), lambda: stirred.append("second")) as _:
        wait_until(lambda: stirred == ["second"], what="the walls being stirred")
        with watching(database, lambda: after(700), lambda: stirred.append("third")):
            heard(stream, "a", after(699))
            wait_until(lambda: len(stirred) == 2, what="the recovery being told")
    assert stirred == ["second", "second"]
    with watching(database, lambda: after(900), lambda: stirred.append("fourth")):
        wait_until(lambda: len(stirred) == 3, what="the next watcher closing it")
    [incident] = incidents(stream)
    assert incident.closed_at == after(900)


def test_a_watcher_goes_on_after_its_connection_was_cut_and_tells_no_one_twice(
    database: str, stream: psycopg.Connection
) -> None:
    promised(stream, "a")
    stirred = Event()
    with capture_logs() as lines, watching(database, lambda: after(700), stirred.set):
        assert stirred.wait(20)
        stirred.clear()
        stream.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
            " and datname = current_database()"
        )
        wait_until(lambda: any(line["event"] == "watcher.again" for line in lines), what="the cut being noticed")
        heard(stream, "a", after(699))
        assert stirred.wait(20)
    assert [(each.recovered_at, each.flaps) for each in incidents(stream)] == [(after(700), 0)]
    assert [line["source"] for line in lines if line["event"] == "incident.opened"] == ["a"]


def test_a_rebuild_takes_the_book_over(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    log.append([declared(a_source("a")), Entry("A-1", b"{")])
    apply_all(log, database)
    stream.execute("update source_promise set known_at = %s", [NOW - timedelta(days=1)])
    heard(stream, "a", NOW)
    look(stream, after(700), 1_800)
    before = incidents(stream)
    assert len(before) == 1
    rebuild(log, partial(_open, database), first_rules(), lambda _: None)
    replace(partial(_open, database))
    assert incidents(stream) == before
    look(stream, after(705), 1_800)
    assert incidents(stream)[-1].seen_at == after(700)


def test_who_looks_at_sources_never_holds_what_a_replacement_waits_for(
    database: str, stream: psycopg.Connection
) -> None:
    promised(stream, "a")
    for looks in (_look, _in_snapshot, _of_the_page):
        with opener(database)() as replacing, opener(database)() as looking:
            thread = Thread(target=looks, args=(looking,))
            with replacing.transaction():
                replacing.execute("lock table part_offset in access exclusive mode")
                thread.start()
                wait_until(partial(_waits, stream, looking.info.backend_pid), what="the look waiting")
                replacing.execute("lock table incident, source_state, source_promise, rule nowait")
            thread.join(timeout=20)
            assert not thread.is_alive()


def _look(connection: psycopg.Connection) -> None:
    look(connection, NOW, 1_800)


def _of_the_page(connection: psycopg.Connection) -> None:
    read_state(connection, NOW)


def _in_snapshot(connection: psycopg.Connection) -> None:
    with snapshot(connection):
        read_inherited(connection, NOW)


def _waits(connection: psycopg.Connection, pid: int) -> bool:
    return connection.execute("select cardinality(pg_blocking_pids(%s)) > 0", [pid]).fetchone() == (True,)


def _open(url: str, schema: str) -> psycopg.Connection:
    return opener(url, schema)()


def test_incidents_are_shown_by_the_command_line(
    database: str, stream: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    now = datetime.now(UTC)
    stream.execute(
        "insert into incident (cause, source, began_at, seen_at) values ('silent', 'a', %s, %s)",
        [now - timedelta(minutes=1), now],
    )
    shown = CliRunner().invoke(stream_command, ["incidents", "--format", "json"])
    assert shown.exit_code == 0, shown.output
    assert [(each["cause"], each["source"]) for each in json.loads(shown.stdout)] == [("silent", "a")]
    assert "silent" in CliRunner().invoke(stream_command, ["incidents", "--days", "0"]).stdout


def test_what_stirs_the_walls_says_that_no_figure_changed() -> None:
    assert json.loads(message(Plan())) == {"units": [], "latest": []}


def test_the_shipped_assumptions_keep_the_promise() -> None:
    shipped = shipped_watching()
    assert shipped.closes_after == 30 * 60
    assert shipped.look_every <= 10, "a look may take a while: fifteen seconds are promised"
