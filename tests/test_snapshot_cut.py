"""Until when everything is applied, to the last record that is still on its way; and how far the log was known."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import psycopg
import pytest

from ingest.log.postgres import PostgresLog
from ingest.log.postgres_queries import query as log_query
from ingest.log.protocol import Entry, partition_of
from stream.index.official import OfficialScore, read_official, take_official
from stream.quarantine import Quarantine
from stream.snapshot.content.cut import KAFKA_MARGIN, read_cut, settled_until, stragglers
from stream.snapshot.content.document import Position
from stream.snapshot.content.quarantined import read_quarantine
from tests.building.applying import a_worker, applied, apply_all, opener
from tests.building.events import an_application
from tests.building.lives import some_lives
from tests.building.snapshots_wanted import now_of
from tests.servers.processes import wait_until

MILLISECOND = timedelta(milliseconds=1)


@pytest.fixture
def other(database: str) -> Iterator[psycopg.Connection]:
    """A second connection like the stream's."""
    with opener(database)() as connection:
        yield connection


def received(code: str) -> Entry:
    return an_application(code).received("2026-01-05 09:00", due="2026-01-12 17:00").sync()


def appended_at(connection: psycopg.Connection, entry: Entry) -> datetime:
    [(at,)] = connection.execute("select max(appended_at) from ingest.entry where key = %s", [entry.key]).fetchall()
    found: datetime = at
    return found


def settled(connection: psycopg.Connection) -> datetime:
    found = settled_until(connection)
    assert found is not None
    return found


@contextmanager
def being_appended(url: str, entry: Entry) -> Iterator[psycopg.Connection]:
    """An append of which the moment is taken, and which is not in the log yet."""
    part = partition_of(entry.key, 4)
    given = {"parts": [part], "keys": [entry.key], "bodies": [entry.body], "touched": [part]}
    with psycopg.connect(url, options="-c search_path=ingest,public") as connection:
        connection.execute(log_query("append"), given)
        yield connection


def test_where_no_worker_ever_was_nobody_can_say(log: PostgresLog, stream: psycopg.Connection) -> None:
    log.append([received("A-1")])
    assert settled_until(stream) is None


def test_once_all_is_applied_it_goes_on_by_itself(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    log.append(some_lives(5))
    apply_all(log, database)
    before = now_of(stream)
    assert before <= settled(stream) <= now_of(stream)
    later = settled(stream)  # nobody does anything, and no worker is there
    assert later > before


def test_it_stands_still_before_the_first_record_that_is_not_applied(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    log.append(some_lives(5))
    apply_all(log, database)
    first, second = received("B-1"), received("B-2")
    log.append([first])
    log.append([second])
    assert settled(stream) == settled(stream) == appended_at(stream, first) - MILLISECOND
    apply_all(log, database)
    assert settled(stream) > appended_at(stream, second)


def test_what_is_being_appended_is_waited_for(
    log: PostgresLog, database: str, stream: psycopg.Connection, other: psycopg.Connection
) -> None:
    """The moment is taken when the record is made, and nobody sees the record before it is committed."""
    log.append(some_lives(5))
    apply_all(log, database)
    entry = received("B-1")
    with ThreadPoolExecutor(1) as thread:
        with being_appended(database, entry) as appending:
            taken = now_of(other)
            asked = thread.submit(settled, stream)
            wait_until(lambda: _waits(other), what="the question waiting for the one who appends")
            assert not asked.done()
            appending.commit()
        assert asked.result(10) < appended_at(stream, entry) < taken


def test_what_was_being_appended_and_never_came_holds_nobody(
    log: PostgresLog, database: str, stream: psycopg.Connection, other: psycopg.Connection
) -> None:
    log.append(some_lives(5))
    apply_all(log, database)
    with ThreadPoolExecutor(1) as thread:
        with being_appended(database, received("B-1")) as appending:
            before = now_of(other)
            asked = thread.submit(settled, stream)
            wait_until(lambda: _waits(other), what="the question waiting for the one who appends")
            appending.rollback()
        assert asked.result(10) >= before


def test_an_append_that_hangs_is_not_waited_for_and_nobody_can_say(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    log.append(some_lives(5))
    apply_all(log, database)
    with being_appended(database, received("B-1")) as appending:
        assert settled_until(stream) is None
        appending.rollback()
    assert settled_until(stream) is not None


def test_official_scores_that_are_being_taken_in_are_waited_for(
    log: PostgresLog, database: str, stream: psycopg.Connection, other: psycopg.Connection
) -> None:
    """They count from when that began, and nobody sees them before they are committed."""
    apply_all(log, database)
    january = date(2026, 1, 1), date(2026, 1, 31)
    score = OfficialScore("moc-chau", *january, "total", 80, "dichvucong.gov.vn", date(2026, 2, 5))
    with ThreadPoolExecutor(1) as thread, psycopg.connect(database) as taking:
        with taking.transaction():
            take_official(taking, b"digest", "a.csv", [score])
            asked = thread.submit(settled, stream)
            wait_until(lambda: _waits(other), what="the question waiting for the one who takes scores in")
        until = asked.result(10)
    assert read_official(stream, *january, until)


def test_whoever_appends_is_not_held_up(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    apply_all(log, database)
    for number in range(20):
        settled_until(stream)
        log.append([received(f"A-{number}")])
    assert sum(log.end_positions().values()) == 20


def test_while_events_come_all_that_it_promises_is_applied(
    log: PostgresLog, database: str, stream: psycopg.Connection, other: psycopg.Connection
) -> None:
    """By many threads, beside a worker: at no moment is something missing that had come by the moment promised."""
    lives = some_lives(300)
    apply_all(log, database)
    promises = 0
    with a_worker(log, database, 20), ThreadPoolExecutor(4) as threads:
        sending = [threads.submit(lambda part: [log.append([each]) for each in part], lives[n::4]) for n in range(4)]
        while not (all(each.done() for each in sending) and applied(log, database)):
            until = settled_until(stream)
            if until is None:
                continue
            [(known,)] = stream.execute("select count(*) from event where appended_at <= %s", [until]).fetchall()
            [(there,)] = other.execute("select count(*) from ingest.entry where appended_at <= %s", [until]).fetchall()
            assert known == there  # every one of these events counts
            promises += 1
        assert [each.exception() for each in sending] == [None] * 4
    assert promises > 20


def test_a_partition_that_is_halted_holds_it(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    log.append(some_lives(5))
    apply_all(log, database)
    entry = received("B-1")
    stream.execute("update part_offset set halted = 'poison' where part = %s", [partition_of(entry.key, 4)])
    log.append([entry, received("B-9")])
    with a_worker(log, database):
        wait_until(lambda: _reached(stream) > appended_at(stream, entry), what="the worker telling how far it is")
        assert settled(stream) < appended_at(stream, entry)


def test_where_the_log_is_elsewhere_the_worker_s_word_counts_with_a_margin(stream: psycopg.Connection) -> None:
    at = now_of(stream)
    assert settled_until(stream) is None
    stream.execute("insert into part_offset (part, reached_at) select n, %s from generate_series(0, 3) n", [at])
    assert settled_until(stream) == at - KAFKA_MARGIN
    stream.execute("update part_offset set reached_at = null where part = 2")
    assert settled_until(stream) is None
    stream.execute("update part_offset set reached_at = %s, halted = 'poison' where part = 2", [at])
    assert settled_until(stream) is None


def test_the_cut_is_the_same_whenever_it_is_read(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    poison = Entry("B-1", b"{")
    log.append([*some_lives(20), poison])
    apply_all(log, database)
    known_at = now_of(stream)
    cut = read_cut(stream, known_at)
    assert {each.part: each.next for each in cut} == log.end_positions()
    log.append(some_lives(20)[:30])  # known already: they are told nowhere
    apply_all(log, database)
    log.append([*some_lives(40), Entry("B-2", b"{"), poison])
    apply_all(log, database)
    assert read_cut(stream, known_at) == cut
    assert stragglers(stream, cut, known_at) == 0
    assert {each.part: each.next for each in read_cut(stream, now_of(stream))} == log.end_positions()


def test_before_anything_came_the_cut_is_at_the_beginning(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    before = now_of(stream)
    log.append(some_lives(5))
    apply_all(log, database)
    assert read_cut(stream, before) == tuple(Position(part=part, next=0) for part in range(4))


def test_stragglers_are_told(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    """What a clock that was set back, or a broker's other clock, brings behind a cut that was read."""
    log.append(some_lives(5))
    apply_all(log, database)
    known_at = now_of(stream)
    cut = read_cut(stream, known_at)
    late = [received("B-1"), Entry("B-2", b"{")]
    log.append([*late, received("B-3")])
    stream.execute(
        "update ingest.entry set appended_at = %s where key = any(%s)", [known_at - MILLISECOND, [e.key for e in late]]
    )
    apply_all(log, database)
    assert stragglers(stream, cut, known_at) == 2


def test_quarantine_is_told_as_it_was_known(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    bad = received("B-1")
    log.append([Entry("A-1", b"{"), Entry("A-2", b"{"), bad._replace(body=bad.body.replace(b'us":2', b'us":11'))])
    apply_all(log, database)
    first = now_of(stream)
    quarantine = Quarantine(stream)
    [place] = [each for each in quarantine.list() if each.key == "B-1"]
    quarantine.replay(log, place.part, place.pos, bad.body)
    apply_all(log, database)
    second = now_of(stream)
    log.append([Entry("A-3", b"{")])
    apply_all(log, database)
    third = now_of(stream)
    found = [
        [(each.records, each.waiting) for each in read_quarantine(stream, read_cut(stream, at), at)]
        for at in (first, second, third)
    ]
    assert found == [[(2, 2), (1, 1)], [(2, 2), (1, 0)], [(3, 3), (1, 0)]]


def test_no_reason_quotes_what_a_record_says(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    bad = received("B-1")
    log.append([bad._replace(body=bad.body.replace(b'us":2', b'us":%d' % n), key=f"B-{n}") for n in (11, 12, 777)])
    apply_all(log, database)
    at = now_of(stream)
    [found] = read_quarantine(stream, read_cut(stream, at), at)
    assert (found.reason, found.records) == ("Invalid enum value …", 3)


def _waits(connection: psycopg.Connection) -> bool:
    [(waiting,)] = connection.execute("select count(*) from pg_locks where not granted").fetchall()
    return bool(waiting)


def _reached(connection: psycopg.Connection) -> datetime:
    [(reached,)] = connection.execute("select coalesce(min(reached_at), 'epoch') from part_offset").fetchall()
    found: datetime = reached
    return found
