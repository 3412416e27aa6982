"""Every accepted event counts exactly once, in whatever order and however often it arrives."""

from random import Random

import psycopg

from ingest.log.postgres import PostgresLog
from stream.core.application import fold
from stream.core.entries import entries
from stream.core.ledger import SINCE_EVER, STEPS, Measure
from stream.core.ledger import Entry as LedgerEntry
from stream.core.timeline import unpack
from stream.first_rules import first_rules
from tests.building.applying import a_worker, applied, apply_all
from tests.building.events import an_application, heartbeat
from tests.building.lives import some_lives
from tests.servers.processes import wait_until


def figures(stream: psycopg.Connection) -> list[tuple[int, int, object, int]]:
    """All sums by measure, unit and day that are not nothing."""
    return stream.execute(
        "select measure, unit, day, n from rollup_unit_day where n <> 0 order by measure, unit, day"
    ).fetchall()


def test_an_event_sent_five_times_counts_once(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    event = an_application().received("2026-01-05 09:00").sync()
    log.append([event] * 3)
    apply_all(log, database)
    log.append([event] * 2)
    apply_all(log, database)
    assert stream.execute("select sum(applied), sum(duplicates) from part_offset").fetchone() == (1, 4)
    received = "select sum(n) from rollup_unit_day where measure = %s"
    assert stream.execute(received, [Measure.RECEIVED]).fetchone() == (1,)


def test_random_order_gives_the_same_figures_as_order(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    lives = some_lives(200)
    log.append(lives)
    apply_all(log, database)
    in_order = figures(stream)
    stream.execute("truncate event, cases, ledger, rollup_day, rollup_month, rollup_unit_day, rollup_unit_month")
    stream.execute("delete from part_offset")
    stream.execute("truncate ingest.entry")
    stream.execute("update ingest.head set next_pos = 0")
    shuffled = lives * 2
    Random(11).shuffle(shuffled)
    log.append(shuffled)
    apply_all(log, database, batch=37)
    assert figures(stream) == in_order
    assert len(in_order) > 50


def test_the_sum_of_a_cases_postings_is_its_entries(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    lives = some_lives(150)
    Random(3).shuffle(lives)
    log.append(lives)
    apply_all(log, database, batch=50)
    for case, packed in stream.execute("select id, timeline from cases").fetchall():
        posted = stream.execute(
            "select measure, extract(epoch from at)::bigint, unit, field, channel, level, traits, procedure, sum(n)"
            " from ledger where case_id = %s group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(n) <> 0",
            [case],
        ).fetchall()
        assert all(row[8] == 1 for row in posted)
        expected = entries(fold(unpack(packed), first_rules()), first_rules())
        assert {LedgerEntry(*row[:8]) for row in posted} == expected


def test_the_roll_ups_are_the_sums_of_the_ledger(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    log.append(some_lives(150))
    apply_all(log, database, batch=64)
    local_day = "(at at time zone 'Asia/Ho_Chi_Minh')::date"
    steps = ", ".join(str(int(step)) for step in sorted(SINCE_EVER))
    levels = ", ".join(str(int(step)) for step in sorted(STEPS))
    for table, keys, condition in [
        ("rollup_day", f"measure, unit, {local_day}, field, level, channel, traits", "true"),
        ("rollup_month", f"measure, unit, {_first('month')}, field, level, channel, traits", "true"),
        ("rollup_year", f"measure, unit, {_first('year')}, field, level, channel", f"measure in ({steps})"),
        ("rollup_procedure_month", f"unit, procedure, {_first('month')}, channel, traits", "procedure <> 0"),
        ("rollup_channel_day", f"measure, unit, {local_day}, channel", f"measure not in ({levels})"),
        ("rollup_unit_day", f"measure, unit, {local_day}", "true"),
        ("rollup_unit_month", f"measure, unit, {_first('month')}", "true"),
    ]:
        names = keys.replace(local_day, "day").replace(_first("month"), "day").replace(_first("year"), "day")
        difference = stream.execute(
            f"with expected as (select {keys}, sum(n) as n from ledger where {condition} group by {keys}),"
            f" stored as (select {names}, n from {table})"
            " (select * from expected where n <> 0 except select * from stored)"
            " union all (select * from stored where n <> 0 except select * from expected)"
        ).fetchall()
        assert difference == []


def _first(grain: str) -> str:
    return f"date_trunc('{grain}', (at at time zone 'Asia/Ho_Chi_Minh'))::date"


def test_a_heartbeat_is_applied_once(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    log.append([heartbeat("2026-01-05 09:00"), heartbeat("2026-01-05 09:01"), heartbeat("2026-01-05 09:00")])
    apply_all(log, database)
    assert stream.execute("select sum(applied), sum(duplicates) from part_offset").fetchone() == (2, 1)
    beat = stream.execute("select heartbeat_at from source_state").fetchone()
    assert beat is not None
    assert beat[0].isoformat() == "2026-01-05T02:01:00+00:00"


def test_two_workers_share_the_partitions_and_a_third_takes_over(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    lives = some_lives(300)
    half = len(lives) // 2
    with a_worker(log, database, batch=20), a_worker(log, database, batch=20):
        log.append(lives[:half])
        wait_until(lambda: applied(log, database), what="the first half being applied")
        log.append(lives[half:])
    apply_all(log, database)
    received = stream.execute("select sum(n) from rollup_unit_day where measure = 1").fetchone()
    assert received == (300,)
    assert stream.execute("select sum(applied) from part_offset").fetchone() == (len(lives),)


def test_a_lost_connection_loses_nothing(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    lives = some_lives(300)
    with a_worker(log, database, batch=10):
        for start in range(0, len(lives), 100):
            log.append(lives[start : start + 100])
            stream.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid() and query like '%part_offset%'"
            )
        wait_until(lambda: applied(log, database), what="everything being applied")
    assert stream.execute("select sum(applied) from part_offset").fetchone() == (len(lives),)
    assert stream.execute("select sum(n) from rollup_unit_day where measure = 1").fetchone() == (300,)
