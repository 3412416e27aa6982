"""Whatever records tell of applications, form II.06a adds up: by the product's own fold and entries."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ingest.log.postgres import PostgresLog
from stream.core.application import fold
from stream.core.entries import entries
from stream.core.ledger import Entry, Measure, postings
from stream.core.moment import Moment, date_of, datetime_of, day_of
from stream.core.rules import Merger, ProcedureRule, Rules
from stream.core.timeline import Record
from stream.kpi.period import Period, period_of_days
from stream.report.asked import Asked
from stream.report.ii06a import Form
from stream.report.reading import read_report
from stream.report.scope import Scope
from stream.store.reading import snapshot
from tests.building.applying import apply_all, calendar
from tests.building.lives import some_lives
from tests.building.moments import moment
from tests.building.timelines import FIRST, HOUR, timelines
from tests.ledgers import Posted, fill

UNITS = (3980, 3985, 4033)
MERGER = Merger(moment("2026-01-20 00:00"), {3985: (3980,)}, frozenset({3980, 4033}))
REGISTER = {1: ProcedureRule(level=3, term=3 * 28_800), 2: ProcedureRule(level=2)}
LAW = [Rules(calendar(), REGISTER), Rules(calendar(), REGISTER, [MERGER])]


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        yield connection


def posted_of(cases: Sequence[Sequence[Record]], rules: Rules) -> Iterator[Posted]:
    """The postings of these cases, each record known five days after the one before."""
    for case, records in enumerate(cases):
        before: frozenset[Entry] = frozenset()
        for heard in range(1, len(records) + 1):
            after = entries(fold(records[:heard], rules), rules)
            for entry, n in postings(before, after):
                sums = entry.field - 1, entry.channel, entry.level, entry.traits, entry.procedure, case
                yield Posted(Measure(entry.measure), entry.unit, entry.at, FIRST + 24 * 5 * HOUR * heard, n, *sums)
            before = after


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first, last = sorted(draw(st.lists(st.integers(0, 44), min_size=2, max_size=2)))
    start = date_of(day_of(FIRST)) - timedelta(days=2)
    return period_of_days(start + timedelta(days=first), start + timedelta(days=last))


def form_of(connection: psycopg.Connection, period: Period, units: Sequence[int] | None, known: Moment | None) -> Form:
    scope = Scope(None, "", None if units is None else tuple(units), period.first, period.last)
    at = None if known is None else datetime_of(known)
    with snapshot(connection):
        return read_report(connection, Asked.of(period, scope, datetime_of(FIRST + 90 * 24 * HOUR), at)).form


@settings(
    deadline=None,
    max_examples=40,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(timelines, min_size=3, max_size=25),
    st.sampled_from(LAW),
    st.lists(periods(), min_size=2, max_size=2),
    st.none() | st.integers(0, 7).map(lambda heard: FIRST + 24 * 5 * HOUR * heard),
)
def test_the_form_of_random_applications_adds_up(
    connection: psycopg.Connection, cases: list[list[Record]], rules: Rules, some: list[Period], known: Moment | None
) -> None:
    fill(connection, posted_of(cases, rules))
    for period in some:
        area = form_of(connection, period, None, known)
        of_units = [form_of(connection, period, [unit], known) for unit in UNITS]
        for column in range(7, 14):
            assert sum(form.total[column] for form in of_units) == area.total[column]
        for pair in combinations(UNITS, 2):  # a form that does not add up is an error
            both = form_of(connection, period, pair, known)
            rest = next(form for unit, form in zip(UNITS, of_units, strict=True) if unit not in pair)
            assert both.total[3] + rest.total[3] == area.total[3]


def test_the_form_of_events_that_a_worker_applied(log: PostgresLog, database: str, stream: psycopg.Connection) -> None:
    lives = some_lives(120)
    log.append(lives)
    apply_all(log, database)
    january = period_of_days(date(2026, 1, 1), date(2026, 1, 31))
    form = form_of(stream, january, None, None)
    assert [form.total[column] for column in (3, 4, 5, 6)] == [120, 80, 40, 0]
    assert form.total[11] == 30  # every fourth is never settled
    units = [row[0] for row in stream.execute("select distinct unit from cases").fetchall()]
    of_units = [form_of(stream, january, [unit], None) for unit in units]
    assert len(units) == 4
    for column in (3, *range(7, 14)):
        assert sum(each.total[column] for each in of_units) == form.total[column]
    moved = next(each for unit, each in zip(units, of_units, strict=True) if unit == 3997)
    assert moved.total[6] == moved.total[3] == 18  # every seventh came by a transfer
