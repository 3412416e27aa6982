"""Rules that come into force through the log: what is posted anew, what stays, and that a rebuild meets the same."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from random import Random
from threading import Barrier

import psycopg
import pytest

from ingest.contracts.rules import CalendarAdopted, Decision, Level, Procedure, RegisterAdopted
from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from ingest.rules.adoption import entries_for
from stream.apply.session import Session
from stream.core.ledger import Measure
from stream.core.public_holidays import vietnamese_holidays
from stream.errors import MeaningError
from stream.first_rules import MEANING, first_rules
from stream.rebuild import compare, discard, rebuild
from tests.building.applying import Silent, apply_all, opener
from tests.building.events import AnApplication, an_application
from tests.building.lives import some_lives
from tests.building.moments import local, moment

OFFICE = ((27_000, 41_400), (48_600, 63_000))
ADOPTED = local("2026-01-07 12:00")


def calendar(version: str, *swapped: date, cut_off: int | None = None) -> CalendarAdopted:
    """The office calendar with these days off besides."""
    holidays = Decision(name="Bộ luật Lao động 2019", days_off=tuple(sorted(vietnamese_holidays(range(2025, 2028)))))
    more = Decision(name="Quyết định hoán đổi", days_off=swapped)
    return CalendarAdopted(
        version=version, week=(OFFICE,) * 5 + ((), ()), decisions=(holidays, more), cut_off=cut_off
    )  # fmt: skip


def register(version: str, days: float, procedure: str = "1.005129") -> RegisterAdopted:
    """A register of one procedure with this term."""
    listed = Procedure(code=procedure, name="Đăng ký", field="G09-01", level=Level.COMMUNE, term=days)
    return RegisterAdopted(version=version, procedures=(listed,))


def adopted(log: PostgresLog, rules: CalendarAdopted | RegisterAdopted) -> list[Entry]:
    return list(entries_for(rules, log.partitions, ADOPTED))


def undated(code: str) -> AnApplication:
    return an_application(code).received("2026-01-05 09:00")


def due_of(stream: psycopg.Connection, code: str) -> int | None:
    [(due,)] = stream.execute("select extract(epoch from due_at)::bigint from cases where code = %s", [code]).fetchall()
    return None if due is None else int(due)


def overdue_from(stream: psycopg.Connection, code: str) -> list[tuple[int, int]]:
    """Each posting of the step into overdue: the local moment, and +1 or -1, in the order they became known."""
    return stream.execute(
        "select extract(epoch from l.at)::bigint, l.n from ledger l join cases c on c.id = l.case_id"
        " where c.code = %s and l.measure = %s order by l.pos, l.n",
        [code, int(Measure.OVERDUE_IN)],
    ).fetchall()


def test_a_register_gives_open_applications_without_a_date_their_term(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    log.append([undated("A-1").sync(), undated("A-2").sync(), undated("A-2").settled("2026-01-06 10:00").sync()])
    apply_all(log, database)
    assert due_of(stream, "A-1") is None
    log.append(adopted(log, register("1", 5)))
    apply_all(log, database)
    assert due_of(stream, "A-1") == moment("2026-01-12 09:00")
    assert overdue_from(stream, "A-1") == [(moment("2026-01-13 00:00"), 1)]
    assert due_of(stream, "A-2") is None, "what was closed stays as it was judged"
    level = stream.execute("select distinct level from ledger where n = 1 and measure = 12").fetchall()
    assert level == [(int(Level.COMMUNE),)]


def test_both_readings_stay_when_the_calendar_changes(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    log.append([*adopted(log, register("1", 5)), undated("A-1").sync()])
    apply_all(log, database)
    log.append(adopted(log, calendar("2", date(2026, 1, 8), date(2026, 1, 9))))
    apply_all(log, database)
    assert due_of(stream, "A-1") == moment("2026-01-14 09:00")
    assert overdue_from(stream, "A-1") == [
        (moment("2026-01-13 00:00"), 1),
        (moment("2026-01-13 00:00"), -1),
        (moment("2026-01-15 00:00"), 1),
    ]


def test_the_afternoon_cut_off_of_an_adopted_calendar_counts(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    log.append([*adopted(log, register("1", 1)), *adopted(log, calendar("2", cut_off=15 * 3600))])
    log.append([an_application("A-1").received("2026-01-05 15:30").sync()])
    apply_all(log, database)
    assert due_of(stream, "A-1") == moment("2026-01-06 17:30")


def test_what_is_in_force_already_is_a_duplicate(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    for _ in range(2):
        log.append(adopted(log, register("1", 5)))
    apply_all(log, database)
    counted = stream.execute("select sum(applied), sum(duplicates) from part_offset").fetchone()
    assert counted == (log.partitions, log.partitions)
    assert stream.execute("select count(*) from rule").fetchone() == (1,)


def test_hours_that_overlap_are_put_aside_and_the_old_calendar_stays(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    broken = CalendarAdopted(version="broken", week=(((27_000, 41_400), (36_000, 63_000)),) * 7)
    log.append([*adopted(log, register("1", 5)), *adopted(log, broken), undated("A-1").sync()])
    apply_all(log, database)
    assert stream.execute("select count(*) from quarantine").fetchone() == (log.partitions,)
    assert due_of(stream, "A-1") == moment("2026-01-12 09:00")


@pytest.mark.parametrize("batch", [7, 5_000])
def test_a_rebuild_meets_the_rules_where_the_worker_did(
    log: PostgresLog, database: str, stream: psycopg.Connection, batch: int
) -> None:
    lives = [*some_lives(60), *(undated(f"U-{number}").sync() for number in range(40))]
    Random(5).shuffle(lives)
    third = len(lives) // 3
    log.append([*lives[:third], *adopted(log, register("1", 5)), *lives[third : 2 * third]])
    apply_all(log, database, batch=batch)  # a second worker begins from what the store has
    log.append([*adopted(log, calendar("2", date(2026, 1, 8))), *lives[2 * third :], *adopted(log, register("3", 2))])
    apply_all(log, database, batch=batch)
    open_schema = partial(_open, database)
    cut = rebuild(log, open_schema, first_rules(), lambda _: None)
    assert [compared.table for compared in compare(open_schema, cut) if not compared.equal] == []
    assert stream.execute("select count(*) from part_rule").fetchone() == (3 * log.partitions,)
    discard(open_schema)


def test_every_case_s_postings_add_up_to_one_of_each_entry(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    log.append([*some_lives(40), *(undated(f"U-{number}").sync() for number in range(20))])
    log.append([*adopted(log, register("1", 5)), *adopted(log, calendar("2", date(2026, 1, 8)))])
    log.append([*adopted(log, register("3", 2)), *(undated("U-3").settled("2026-01-09 09:00").sync(),)])
    apply_all(log, database, batch=11)
    strange = stream.execute(
        "select case_id, measure, at, unit, field, channel, level, traits, procedure, sum(n) from ledger"
        " group by 1, 2, 3, 4, 5, 6, 7, 8, 9 having sum(n) not in (0, 1)"
    ).fetchall()
    assert strange == []


def test_a_ledger_of_another_meaning_is_refused(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    log.append([undated("A-1").sync()])
    apply_all(log, database)
    stream.execute("update meaning set version = '1'")
    with pytest.raises(MeaningError, match="ioc stream rebuild --replace"):
        _worker_session(database)


def _worker_session(database: str) -> None:
    Session(opener(database), first_rules(), Silent().announce).close()


def _open(url: str, schema: str) -> psycopg.Connection:
    return opener(url, schema)()


def test_workers_that_begin_at_once_agree_on_the_meaning(database: str, stream: psycopg.Connection) -> None:
    together = Barrier(8)

    def begin() -> None:
        together.wait()
        _worker_session(database)

    with ThreadPoolExecutor(8) as threads:
        for begun in [threads.submit(begin) for _ in range(8)]:
            begun.result()
    assert stream.execute("select version from meaning").fetchall() == [(MEANING,)]
