"""Every sample counts exactly once, however often, in whatever order and in whatever company it comes."""

from datetime import datetime, timedelta
from random import Random

import psycopg

from ingest.contracts.conference import Sample
from ingest.log.postgres import PostgresLog
from tests.building.applying import a_worker, applied, apply_all
from tests.building.conference import SOURCE, samples
from tests.building.events import an_application
from tests.building.lines import NOON, forget, sample, some_samples
from tests.servers.processes import wait_until


def told(stream: psycopg.Connection) -> list[list[tuple[object, ...]]]:
    """All telemetry, without the numbers of endpoints, which may differ."""
    of_endpoints = (
        "select e.code, to_jsonb(t) - 'endpoint' from {} as t join quality_endpoint as e on e.id = t.endpoint"
    )
    reads = [
        *(of_endpoints.format(table) for table in ("quality_sample", "quality_minute", "quality_hour")),
        "select code, unit, told_at from quality_endpoint",
        "select unit, day, to_jsonb(d) from quality_day as d",
    ]
    return [stream.execute(f"{each} order by 1, 2").fetchall() for each in reads]


def tallies(stream: psycopg.Connection) -> tuple[int, int, int]:
    """Applied, duplicates, quarantined."""
    [found] = stream.execute("select sum(applied)::int, sum(duplicates)::int, sum(quarantined)::int from part_offset")
    return found


def test_a_sample_told_twice_is_kept_once_and_its_event_is_a_duplicate(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    event = samples("one", "line-1", [sample(0), sample(1)])
    log.append([event, event])
    apply_all(log, database)
    log.append([event])
    apply_all(log, database)
    assert tallies(stream) == (1, 2, 0)
    assert stream.execute("select samples, minutes from quality_hour").fetchall() == [(2, 1)]


def test_samples_told_again_are_a_sign_of_life_and_no_new_event(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    def known() -> tuple[datetime, datetime, datetime]:
        asked = "select last_event_at, last_known_at, heard_at from source_state where source = %s"
        [found] = stream.execute(asked, [SOURCE]).fetchall()
        return found

    event = samples("one", "line-1", [sample(0), sample(1)])
    log.append([event])
    apply_all(log, database)
    first = known()
    log.append([event])
    apply_all(log, database)
    again = known()
    assert first[0] == sample(1).at
    assert again[:2] == first[:2]
    assert again[2] > first[2]


def test_an_event_with_something_new_is_applied_and_only_the_new_counts(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    log.append([samples("one", "line-1", [sample(0), sample(1)])])
    log.append([samples("two", "line-1", [sample(1), sample(2)])])
    apply_all(log, database, batch=1)
    assert tallies(stream) == (2, 0, 0)
    assert stream.execute("select samples, loss_sum from quality_minute").fetchall() == [(3, 150)]


def test_the_first_told_of_a_moment_holds(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    log.append([samples("one", "line-1", [sample(0, loss=1)]), samples("two", "line-1", [sample(0, loss=9)])])
    apply_all(log, database)
    assert stream.execute("select loss from quality_sample").fetchall() == [(100,)]
    assert tallies(stream) == (1, 1, 0)


def test_any_order_and_any_batches_give_the_same_tables(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    events = some_samples(120)
    log.append(events)
    apply_all(log, database)
    in_order = told(stream)
    forget(stream)
    shuffled = events * 2
    Random(4).shuffle(shuffled)
    log.append(shuffled)
    apply_all(log, database, batch=7)
    assert told(stream) == in_order
    assert tallies(stream)[1] >= len(events)


def test_sums_are_what_their_samples_add_up_to(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    log.append(some_samples(150, seed=2))
    apply_all(log, database, batch=20)
    for table, grain in [("quality_minute", "minute"), ("quality_hour", "hour")]:
        difference = stream.execute(
            "with sample as (select *, case when at >= %s and endpoint in (select id from quality_endpoint where"
            " code = 'line-4') then 4033 else 3980 end as unit from quality_sample),"
            f" expected as (select endpoint, unit, date_trunc('{grain}', at, 'UTC') as since, count(*) as samples,"
            " coalesce(sum(mos), 0) as mos_sum, count(mos) as mos_samples, min(mos) as mos_least,"
            " coalesce(sum(loss), 0) as loss_sum, count(loss) as loss_samples, max(loss) as loss_most,"
            " max(jitter) as jitter_most, max(rtt) as rtt_most from sample group by 1, 2, 3),"
            f" stored as (select endpoint, unit, {grain}, samples, mos_sum, mos_samples, mos_least, loss_sum,"
            f" loss_samples, loss_most, jitter_most, rtt_most from {table})"
            " (select * from expected except select * from stored)"
            " union all (select * from stored except select * from expected)",
            [NOON + timedelta(seconds=2_730)],
        ).fetchall()
        assert difference == []
    by_minute = (
        "select endpoint, unit, {}, count(*)::int, count(*) filter (where is_warn and not is_bad)::int,"
        " count(*) filter (where is_bad)::int"
        " from (select endpoint, unit, minute, coalesce(loss_most > 300, false) as is_bad,"
        " coalesce(loss_most > 100, false) or coalesce(jitter_most > 300, false) or coalesce(rtt_most > 3000, false)"
        " as is_warn from quality_minute) as minutes group by 1, 2, 3 order by 1, 2, 3"
    )
    kept = "select endpoint, unit, hour, minutes, warn_minutes, bad_minutes from quality_hour order by 1, 2, 3"
    found = stream.execute(kept).fetchall()
    assert found == stream.execute(by_minute.format("date_trunc('hour', minute, 'UTC')")).fetchall()
    assert all(sum(row[column] for row in found) > 0 for column in (3, 4, 5))
    of_days = (
        "select unit, (hour at time zone 'Asia/Ho_Chi_Minh')::date, sum(samples), sum(mos_sum), sum(mos_samples),"
        " sum(minutes), sum(warn_minutes), sum(bad_minutes) from quality_hour group by 1, 2 order by 1, 2"
    )
    assert stream.execute("select * from quality_day order by 1, 2").fetchall() == stream.execute(of_days).fetchall()


def test_two_workers_count_what_is_told_twice_once(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    events = some_samples(200, seed=3)
    log.append(events)
    apply_all(log, database)
    alone, new = told(stream), tallies(stream)[0]
    forget(stream)
    again = [event for event in events for _ in range(2)]
    with a_worker(log, database, batch=11), a_worker(log, database, batch=13):
        log.append(again[:150])
        wait_until(lambda: applied(log, database), what="the first part being applied")
        log.append([*again[150:], an_application().received("2026-01-05 09:00").sync()])
        wait_until(lambda: applied(log, database), what="the rest being applied")
    assert told(stream) == alone
    assert tallies(stream) == (new + 1, 2 * len(events) - new, 0)


def test_what_came_of_the_source_is_what_became_of_its_events(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    log.append(some_samples(30) * 2)
    apply_all(log, database, batch=9)
    [(applied_, duplicates, lateness)] = stream.execute("select applied, duplicates, lateness from source_day")
    assert (applied_, duplicates, 0) == tallies(stream)
    assert sum(lateness) == applied_
    assert min(lateness) >= 0


def test_samples_of_another_time_are_refused_by_name(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    log.append([
        samples("old", "line-1", [sample(0), Sample(at=NOON - timedelta(days=81), loss=1)]),
        samples("ahead", "line-2", [Sample(at=NOON + timedelta(days=5), loss=1)]),
        samples("late", "line-3", [Sample(at=NOON - timedelta(days=70), loss=1)]),
    ])  # fmt: skip
    apply_all(log, database)
    assert tallies(stream) == (1, 0, 2)
    refused = stream.execute("select reason, place from quarantine order by reason").fetchall()
    assert refused == [
        ("came more than 80 days after it was measured", "data.samples[1].at"),
        ("was measured more than a day after it came", "data.samples[0].at"),
    ]
    assert stream.execute("select code from quality_endpoint").fetchall() == [("line-3",)]


def test_a_line_whose_clock_is_wrong_stops_nobody_else(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    old = [samples(f"old-{day}", "line-1", [sample(-(100 + day) * 86_400)]) for day in range(15)]
    log.append([*old, samples("now", "line-1", [sample(0)])])
    apply_all(log, database)
    assert tallies(stream) == (1, 0, 15)
    assert stream.execute("select halted from part_offset where halted is not null").fetchall() == []


def test_no_number_of_samples_is_too_much_for_a_minute(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    log.append([samples("one", "line-1", [sample(0)])])
    apply_all(log, database)
    stream.execute("update quality_minute set mos_sum = 2147483647, loss_sum = 2147483647")
    log.append([samples("two", "line-1", [sample(1)])])
    apply_all(log, database)
    assert tallies(stream) == (2, 0, 0)
