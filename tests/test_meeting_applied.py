"""Meetings, endpoints and samples through a real worker: any order and repetition gives the same rows; so a rebuild."""

from random import Random

import psycopg

from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from stream.apply.cases import ENDPOINT, MEETING
from stream.apply.lives import LIVES
from stream.core.ledger import Entry as LedgerEntry
from stream.first_rules import first_rules
from stream.kpi.catalogue import load_catalogue
from stream.kpi.evaluate import evaluate
from stream.kpi.readings import asks_of
from stream.kpi.window import Windows
from stream.rebuild import compare, rebuild
from stream.store.asking import Question
from stream.store.reading import read_sums, snapshot
from tests.building.applying import a_worker, applied, apply_all, opener
from tests.building.conference import endpoint, schedule, step
from tests.building.lines import forget, some_samples
from tests.building.moments import local
from tests.servers.processes import wait_until

A, B, GUEST = ("line-a", "03980"), ("line-b", "04033"), ("line-x", None)


def a_morning() -> list[Entry]:
    """A meeting of three sites: ten minutes late, one site late, one away twice, and a device that was off."""
    return [
        schedule("2026-01-05 09:00", A, B, GUEST),
        endpoint("line-a", "up", "2026-01-05 08:00"),
        endpoint("line-b", "up", "2026-01-05 08:10", unit="04033"),
        step("started", "2026-01-05 09:10"),
        step("joined", "2026-01-05 09:10", A, "1"),
        step("joined", "2026-01-05 09:20", B, "2"),
        step("joined", "2026-01-05 09:20", GUEST, "3"),
        step("left", "2026-01-05 09:30", B, "2"),
        endpoint("line-b", "down", "2026-01-05 09:30", unit="04033"),
        step("joined", "2026-01-05 09:37", B, "4"),
        endpoint("line-b", "up", "2026-01-05 09:37", unit="04033"),
        step("left", "2026-01-05 09:40", B, "4"),
        step("joined", "2026-01-05 09:41", B, "5"),
        step("ended", "2026-01-05 10:10"),
    ]


def ledger(stream: psycopg.Connection) -> list[tuple[object, ...]]:
    """What the postings of each case add up to."""
    return stream.execute(
        "select c.code, l.measure, l.at, l.unit, l.traits, sum(l.n)"
        " from ledger as l join cases as c on c.id = l.case_id"
        " group by 1, 2, 3, 4, 5 having sum(l.n) <> 0 order by 1, 2, 3, 4, 5"
    ).fetchall()


def test_any_order_and_two_workers_give_the_ledger_of_order(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    log.append(a_morning())
    apply_all(log, database, batch=3)
    in_order = ledger(stream)
    stream.execute("truncate event, cases, ledger, rollup_day, rollup_month, rollup_unit_day, rollup_unit_month")
    forget(stream)
    shuffled = a_morning() * 3
    Random(5).shuffle(shuffled)
    with a_worker(log, database, batch=2), a_worker(log, database, batch=5):
        log.append(shuffled)
        wait_until(lambda: applied(log, database), what="everything being applied")
    assert ledger(stream) == in_order
    assert stream.execute("select sum(applied), sum(duplicates) from part_offset").fetchone() == (14, 28)
    assert len(in_order) > 15


def test_the_sum_of_a_cases_postings_is_its_entries_with_their_amounts(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    events = a_morning()
    Random(2).shuffle(events)
    log.append(events)
    apply_all(log, database, batch=1)
    kinds = set()
    for case, kind, packed in stream.execute("select id, kind, timeline from cases").fetchall():
        posted = stream.execute(
            "select measure, extract(epoch from at)::bigint, unit, field, channel, level, traits, procedure, sum(n)"
            " from ledger where case_id = %s group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(n) <> 0",
            [case],
        ).fetchall()
        life = LIVES[kind]
        state = life.fold(life.unpack(packed), first_rules())
        assert {LedgerEntry(*row) for row in posted} == life.entries(state, first_rules())
        kinds.add(kind)
    assert kinds == {MEETING, ENDPOINT}


def test_the_figures_of_the_morning(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    log.append(a_morning())
    apply_all(log, database)

    def at(when: str, unit: str | None = None) -> dict[str, float | None]:
        kpis = [kpi for kpi in load_catalogue() if kpi.id in WANTED]
        with snapshot(stream):
            [readings] = read_sums(stream, [Question(Windows.at(local(when)), asks_of(kpis))])
        return {figure.kpi: figure.value for figure in evaluate(kpis, readings, [unit])}

    during = at("2026-01-05 09:35")
    assert (during["meetings_now"], during["sites_away_now"], during["endpoints_away_now"]) == (1, 1, 1)
    assert at("2026-01-05 09:35", "03980")["sites_away_now"] == 0
    after = at("2026-01-05 12:00")
    assert (after["meetings_now"], after["sites_away_now"], after["endpoints_away_now"]) == (0, 0, 0)
    assert (after["endpoints_known"], after["meetings_planned"], after["meetings_held"]) == (2, 1, 1)
    assert (after["meetings_on_time_rate"], after["meetings_late_rate"]) == (0, 1)
    assert (after["late_minutes"], after["minutes_away"], after["lost_minutes"], after["meeting_minutes"]) == (
        10, 8, 18, 60,
    )  # fmt: skip
    assert (after["site_attendance_rate"], after["sites_invited"], after["sites_missing"]) == (1, 2, 0)
    assert after["sites_late_rate"] == 0.5
    assert at("2026-01-05 12:00", "04033")["sites_late_rate"] == 1
    assert at("2026-01-05 12:00", "04033")["meetings_on_time_rate"] is None  # it held none


WANTED = {
    "meetings_now", "sites_away_now", "endpoints_away_now", "endpoints_known", "meetings_planned", "meetings_held",
    "meetings_on_time_rate", "meetings_late_rate", "late_minutes", "minutes_away", "lost_minutes", "meeting_minutes",
    "site_attendance_rate", "sites_invited", "sites_missing", "sites_late_rate",
}  # fmt: skip


def test_a_rebuild_is_equal_row_by_row(log: PostgresLog, database: str) -> None:
    events = [*a_morning(), *some_samples(60), *some_samples(60)[:20]]
    Random(7).shuffle(events)
    log.append(events)
    apply_all(log, database, batch=9)

    def opened(schema: str) -> psycopg.Connection:
        return opener(database, schema)()

    cut = rebuild(log, opened, first_rules(), lambda _: None)
    compared = {each.table: each for each in compare(opened, cut)}
    assert {name for name, each in compared.items() if not each.equal} == set()
    assert all(
        compared[name].live_rows > 0
        for name in ("quality_endpoint", "quality_sample", "quality_minute", "quality_hour", "quality_day", "ledger")
    )
