"""A snapshot that is made again is the same byte for byte, whatever became known since it was made."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha256

import msgspec
import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ingest.contracts.rules import CalendarAdopted, Decision, Level, Procedure, RegisterAdopted
from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from ingest.rules.adoption import entries_for
from stream.core.moment import datetime_of
from stream.core.rules import Rules
from stream.core.timeline import Record
from stream.first_rules import first_rules
from stream.index.official import OfficialScore, take_official
from stream.quarantine import Quarantine
from stream.rebuild import rebuild, replace
from stream.snapshot.content.again import recomputed
from stream.snapshot.content.canonical import canonical, read
from stream.snapshot.content.reading import read_snapshot
from stream.snapshot.content.wanted import Wanted
from tests.building.applying import apply_all, opener
from tests.building.events import an_application
from tests.building.lives import some_lives
from tests.building.moments import local
from tests.building.snapshots import a_witness
from tests.building.snapshots_wanted import WITNESS, a_day, a_month, a_quarter, bytes_of, now_of
from tests.building.timelines import FIRST, HOUR, timelines
from tests.ledgers import fill
from tests.test_report_of_applications import LAW, posted_of

OFFICE = ((27_000, 41_400), (48_600, 63_000))
KINDS: Sequence[Callable[[datetime], Wanted]] = (a_day, a_month, a_quarter)


def a_register(version: str, term: float) -> RegisterAdopted:
    listed = Procedure(code="1.005129", name="Đăng ký", field="G09-01", level=Level.COMMUNE, term=term, online="full")
    return RegisterAdopted(version=version, procedures=(listed,))


def a_calendar(version: str, *free: date) -> CalendarAdopted:
    return CalendarAdopted(
        version=version, week=(OFFICE,) * 5 + ((), ()), decisions=(Decision(name="Hoán đổi", days_off=free),)
    )


def adopt(log: PostgresLog, rules: CalendarAdopted | RegisterAdopted) -> None:
    log.append(list(entries_for(rules, log.partitions, local("2026-01-07 12:00"))))


def undated(code: str, unit: str = "03980") -> Entry:
    return an_application(code).at_unit(unit).received("2026-01-12 09:00").sync()


def poison(code: str) -> Entry:
    entry = undated(code)
    return entry._replace(body=entry.body.replace(b'"status":2', b'"status":11'))


def official(points: float, file: str, connection: psycopg.Connection, published: date = date(2026, 2, 5)) -> None:
    score = OfficialScore("moc-chau", date(2026, 1, 1), date(2026, 1, 31), "total", points, "dichvucong", published)
    take_official(connection, sha256(file.encode()).digest(), file, [score])


def tell_the_first_half(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    """A register, a calendar, half of all lives, two records that can't be read, an official score."""
    adopt(log, a_register("1", 5))
    adopt(log, a_calendar("2026-a"))
    log.append([*some_lives(60)[::2], undated("U-1"), undated("U-2", "03985"), poison("P-1"), poison("P-2")])
    official(81.5, "a.csv", stream)
    apply_all(log, database)


def tell_the_rest(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    """Late ones, corrections, moves, duplicates, units and fields never heard of, new rules, more poison, replays."""
    lives = some_lives(60)
    moved = an_application("U-1").at_unit("04033").received("2026-01-12 09:00").in_progress("2026-01-20 09:00")
    log.append([*lives[1::2], *lives[:20], moved.sync(), poison("P-3")])
    apply_all(log, database)
    adopt(log, a_calendar("2026-b", date(2026, 1, 13), date(2026, 1, 14)))
    adopt(log, a_register("2", 2))
    log.append([undated("U-3", "04000"), an_application("U-2").at_unit("03985").withdrawn("2026-01-15 09:00").sync()])
    for each in Quarantine(stream).list():
        fixed = undated(each.key).body
        Quarantine(stream).replay(log, each.part, each.pos, fixed if each.key == "P-1" else None)
    official(90, "b.csv", stream, date(2026, 2, 6))
    apply_all(log, database)


def test_whatever_comes_later_a_snapshot_made_again_is_the_same_bytes(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    tell_the_first_half(log, database, stream)
    known_at = now_of(stream)
    sealed = [bytes_of(stream, kind(known_at)) for kind in KINDS]
    tell_the_rest(log, database, stream)
    assert [canonical(recomputed(stream, read(body))) for body in sealed] == sealed
    for kind, body in zip(KINDS, sealed, strict=True):  # else nothing was proven
        then, now = read(body), read(bytes_of(stream, kind(now_of(stream))))
        parts = ("cut", "rules", "figures", "forms", "index", "series", "quarantine")
        same = [name for name in parts if getattr(then, name) == getattr(now, name)]
        assert same == []


def test_after_a_rebuild_from_the_log_it_is_the_same_bytes_too(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    tell_the_first_half(log, database, stream)
    sealed = [bytes_of(stream, kind(now_of(stream))) for kind in KINDS]
    tell_the_rest(log, database, stream)
    sealed += [bytes_of(stream, kind(now_of(stream))) for kind in KINDS]
    rebuild(log, partial(_open, database), first_rules(), lambda _: None)
    replace(partial(_open, database))
    with opener(database)() as again:
        assert [canonical(recomputed(again, read(body))) for body in sealed] == sealed


@settings(
    deadline=None,
    max_examples=8,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(timelines, min_size=3, max_size=12),
    st.sampled_from(LAW),
    st.integers(0, 4),
    st.sampled_from(KINDS),
)
def test_of_random_applications_it_says_what_was_known(
    stream: psycopg.Connection,
    cases: list[list[Record]],
    rules: Rules,
    heard: int,
    kind: Callable[[datetime], Wanted],
) -> None:
    posted, known = list(posted_of(cases, rules)), FIRST + 24 * 5 * HOUR * heard
    fill(stream, [row for row in posted if row.known <= known])
    live = bytes_of(stream, kind(datetime_of(known)))
    fill(stream, posted)
    assert canonical(recomputed(stream, read(live))) == live


def test_the_witness_and_what_it_restates_are_kept(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    tell_the_first_half(log, database, stream)
    witness = a_witness(late_seconds=77)
    sealed = read_snapshot(stream, a_month(now_of(stream)), witness)
    found = recomputed(stream, read(canonical(sealed)))
    assert found.witness == witness
    assert found == sealed


def test_which_program_made_it_is_kept_and_what_it_made_is_not(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    tell_the_first_half(log, database, stream)
    sealed = read(bytes_of(stream, a_month(now_of(stream))))
    forged = msgspec.structs.replace(
        sealed,
        rules=msgspec.structs.replace(sealed.rules, code="0.0.1+old", meaning="1"),
        figures=(msgspec.structs.replace(sealed.figures[0], value=999), *sealed.figures[1:]),
    )
    found = recomputed(stream, forged)
    assert found.rules.code == "0.0.1+old"
    assert found.rules.meaning == sealed.rules.meaning
    assert found.figures == sealed.figures


@pytest.mark.parametrize("wait", [timedelta(), timedelta(microseconds=300)])
def test_a_moment_between_two_milliseconds_is_the_one_that_the_log_knows(wait: timedelta) -> None:
    at = datetime(2026, 1, 28, 9, 30, 0, 123_400, tzinfo=UTC) + wait
    assert a_month(at).known_at == datetime(2026, 1, 28, 9, 30, 0, 123_000, tzinfo=UTC)
    assert WITNESS.figures == ()


def _open(url: str, schema: str) -> psycopg.Connection:
    return opener(url, schema)()
