"""What is known of each source: its promise, when it was heard of, and what became of everything it sent."""

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest

from ingest.contracts.declared import SOURCES_SOURCE
from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from ingest.registration import Source
from stream.first_rules import first_rules
from stream.quarantine import Quarantine
from stream.rebuild import compare, rebuild
from stream.sources import SourceHealth, Tally, read_source_health
from stream.sources.standing import read_standings
from stream.store.migrate import migrate, migrations_of
from stream.store.queries import query
from tests.building.applying import apply_all, opener
from tests.building.events import SOURCE, an_application, heartbeat
from tests.building.moments import LOCAL
from tests.building.sources import a_source, declared, work_round_the_clock

MC = Source(SOURCE, "onestop-sync", {"H52.17.18": "03980", "H52.17.19": "03979"}, cadence=600)


def known(connection: psycopg.Connection, now: datetime | None = None) -> dict[str, SourceHealth]:
    return {each.source: each for each in read_source_health(connection, now or datetime.now(UTC))}


def some_of_everything() -> list[Entry]:
    """Applied, twice told, unknown to any class, unreadable, and of a source whose name no column takes."""
    one = an_application("A-1").received("2026-01-05 09:00")
    wrong = one.sync()._replace(body=one.sync().body.replace(b'"status":2', b'"status":11'))
    nul = one.sync()._replace(body=one.sync().body.replace(SOURCE.encode(), b"mc\\u0000"))
    return [
        one.sync(), one.sync(), one.settled("2026-01-06 09:00").sync(), wrong, nul, heartbeat("2026-01-06 10:00"),
        heartbeat("2026-01-06 10:00"), Entry("A-1", b"{"), declared(MC),
    ]  # fmt: skip


def test_the_sums_over_all_sources_are_what_the_partitions_tally(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    log.append(some_of_everything())
    work_round_the_clock(log)
    apply_all(log, database, batch=2)
    found = known(stream)
    assert found[SOURCE].total == Tally(received=6, applied=3, duplicates=2, quarantined=1)
    assert found["mc\ufffd"].total == Tally(received=1, quarantined=1)
    assert found[""].total == Tally(received=1, quarantined=1)
    assert found[SOURCES_SOURCE].total == Tally(received=1, applied=1)
    sums = stream.execute(
        "select sum(next_pos - first_pos), sum(applied), sum(duplicates), sum(quarantined) from part_offset"
    ).fetchone()
    tallies = [each.total for each in found.values()]
    assert sums == tuple(
        sum(getattr(each, name) for each in tallies) for name in ("received", "applied", "duplicates", "quarantined")
    )
    assert len(Quarantine(stream).list()) == 3


def test_what_is_heard_of_a_source_is_a_sign_of_life_whatever_becomes_of_it(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    log.append(some_of_everything()[:2])
    apply_all(log, database)
    first = known(stream)[SOURCE]
    log.append(some_of_everything()[1:2])
    apply_all(log, database)
    second = known(stream)[SOURCE]
    assert first.heard_at is not None
    assert second.heard_at is not None
    assert second.heard_at > first.heard_at
    assert second.last_known_at == first.last_known_at, "a duplicate is no new event"
    assert (second.last_event_at, second.heartbeat_at) == (datetime(2026, 1, 5, 2, tzinfo=UTC), None)


def test_a_clock_that_is_ahead_hides_no_later_lag(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    log.append([heartbeat("2126-01-06 10:00"), _at(1, "2126-01-05 09:00")])
    apply_all(log, database)
    ahead = known(stream)[SOURCE]
    assert ahead.last_event_at is not None
    assert ahead.complete_until is not None
    assert ahead.heartbeat_at is not None
    assert max(ahead.last_event_at, ahead.complete_until, ahead.heartbeat_at) <= datetime.now(UTC)


def test_a_heartbeat_of_a_clock_that_is_a_little_ahead_counts_once(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    beat = heartbeat(f"{datetime.now(LOCAL) + timedelta(minutes=30):%Y-%m-%d %H:%M}")
    for _ in range(3):
        log.append([beat])
        apply_all(log, database)
    assert known(stream)[SOURCE].total == Tally(received=3, applied=1, duplicates=2)


def test_the_promise_that_holds_is_the_newest_and_holds_since_its_cadence_does(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    for promised in (a_source("mc", 1_800), a_source("mc", 600), a_source("mc", 600, unit="03979")):
        log.append([declared(promised)])
    apply_all(log, database)
    [stands] = read_standings(stream, datetime.now(UTC))
    assert (stands.cadence, stands.units, stands.streams, stands.kind) == (600, ("03979",), ("onestop",), "events")
    rows = stream.execute("select known_at, cadence from source_promise order by pos").fetchall()
    assert [cadence for _, cadence in rows] == [1_800, 600, 600]
    assert stands.since == rows[1][0]
    log.append([declared(a_source("mc", 600), active=False)])
    log.append([declared(a_source("mc", 600))])
    apply_all(log, database)
    [again] = read_standings(stream, datetime.now(UTC))
    assert (again.since,) == stream.execute("select max(known_at) from source_promise").fetchone()


def test_a_revoked_source_is_told_as_such_and_keeps_nobody_waiting(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    work_round_the_clock(log)
    log.append([declared(a_source("mc", 10))])
    log.append([declared(a_source("mc", 10), active=False)])
    apply_all(log, database)
    later = datetime.now(UTC) + timedelta(hours=1)
    assert not known(stream, later)["mc"].active
    assert [each.fails for each in read_standings(stream, later)] == [False]


def test_a_source_is_held_to_the_calendar_that_was_adopted_last(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    night = datetime(2026, 11, 22, 16, tzinfo=UTC)  # Sunday, 23:00 local
    log.append([declared(a_source("mc"))])
    apply_all(log, database)
    stream.execute("insert into source_state (source, heard_at) values ('mc', %s)", [night - timedelta(seconds=601)])
    stream.execute("update source_promise set known_at = %s", [night - timedelta(days=9)])
    assert known(stream, night)["mc"].state == "closed"
    work_round_the_clock(log)
    apply_all(log, database)
    assert known(stream, night)["mc"].state == "silent"
    assert known(stream, night - timedelta(seconds=1))["mc"].state == "live"


def test_today_and_the_lateness_of_the_last_week_are_of_local_days(stream: psycopg.Connection) -> None:
    now = datetime(2026, 3, 16, 17, 30, tzinfo=UTC)  # half past midnight on the 17th, local
    for day, applied, late in [(date(2026, 3, 17), 3, 2), (date(2026, 3, 11), 5, 4), (date(2026, 3, 10), 7, 6)]:
        stream.execute(
            "insert into source_day values ('mc', %s, %s, 1, 2, %s)", [day, applied, [0, 0, late, 0, 0, 0, 0, 1]]
        )
    found = known(stream, now)["mc"]
    assert found.total == Tally(received=24, applied=15, duplicates=3, quarantined=6)
    assert found.today == Tally(received=6, applied=3, duplicates=1, quarantined=2)
    assert found.lateness == (0, 0, 6, 0, 0, 0, 0, 2)


def test_lateness_is_how_long_after_their_own_time_events_are_taken(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    just_now = datetime.now(UTC)
    for number, ago in enumerate((5, 30, 3_000, 90_000, 5_000_000)):
        when = (just_now - timedelta(seconds=ago)).astimezone(LOCAL).strftime("%Y-%m-%d %H:%M:%S")
        log.append([_at(number, when)])
    apply_all(log, database)
    assert known(stream)[SOURCE].lateness == (1, 1, 0, 1, 0, 0, 1, 1)


def _at(number: int, when: str) -> Entry:
    return an_application(f"A-{number}").received(when).sync()


def test_what_was_applied_before_sources_were_told_apart_is_summed_up_under_no_name(empty_database: str) -> None:
    every = migrations_of("stream.store")
    with opener(empty_database)() as connection:
        migrate(connection, "stream", [each for each in every if each.name < "0008"])
        connection.execute(
            "insert into part_offset (part, next_pos, applied, duplicates, quarantined)"
            " values (0, 9, 6, 2, 1), (1, 1, 1, 0, 0)"
        )
        migrate(connection, "stream", every)
        assert known(connection)[""].total == Tally(received=10, applied=7, duplicates=2, quarantined=1)
        cut: dict[str, list[int]] = {"parts": [0, 1], "ends": [9, 1]}
        [digest] = [row[2] for row in connection.execute(query("rebuild_digest"), cut) if row[0] == "source_day"]
    assert digest is None, "a rebuild tells apart what this could not: there is nothing to compare"


@pytest.mark.parametrize(
    ("damage", "table"),
    [
        ("update source_day set duplicates = duplicates + 1, applied = applied - 1", "source_day"),
        ("update source_promise set cadence = 60", "source_promise"),
    ],
)
def test_promises_and_tallies_are_made_again_from_the_log_alone(
    log: PostgresLog, database: str, stream: psycopg.Connection, damage: str, table: str
) -> None:
    log.append(some_of_everything())
    apply_all(log, database, batch=3)

    def compared() -> dict[str, bool | None]:
        cut = rebuild(log, lambda schema: opener(database, schema)(), first_rules(), lambda _: None)
        return {each.table: each.equal for each in compare(lambda schema: opener(database, schema)(), cut)}

    if table == "source_day":
        whole = compared()
        assert (whole["source_day"], whole["source_promise"]) == (True, True)
    stream.execute(damage.encode())
    assert compared()[table] is False
