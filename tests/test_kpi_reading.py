"""Sums read from roll-ups and ledger equal a plain sum over all postings, as of and as known at any moment."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from stream.core.ledger import Measure
from stream.core.moment import Moment, date_of, datetime_of, day_number, day_of, moment_of, start_of
from stream.kpi.catalogue import load_catalogue
from stream.kpi.readings import Ask, asks_of
from stream.kpi.terms import Term
from stream.kpi.window import Windows
from stream.store.asking import Question, key_of
from stream.store.pieces import pieces, rest_of_day
from stream.store.queries import query
from stream.store.reading import read_sums, snapshot
from tests.ledgers import FIELDS, Posted, fill, naive_sums

# Few moments, so that postings, windows and knowledge meet: both sides of midnights, of months and of a year.
DAYS = [date(2025, 11, 29), date(2025, 11, 30), date(2025, 12, 1), date(2025, 12, 2), date(2025, 12, 30),
        date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 15), date(2026, 2, 28), date(2026, 3, 1)]  # fmt: skip
CLOCKS = [0, 1, 43_200, 86_399]
MOMENTS = [start_of(day_number(day)) + clock for day in DAYS for clock in CLOCKS]
UNITS = (3979, 4033)
MEASURES = [Measure.RECEIVED, Measure.RECEIVED, Measure.SETTLED_LATE, Measure.CLOSED_UNSETTLED, Measure.OPEN_IN,
            Measure.OPEN_OUT, Measure.OVERDUE_IN, Measure.APOLOGY_SENT]  # fmt: skip
TERMS = ["received", "settled_late", "ended", "open", "overdue", "apologies_due"]
TRAITS = {"received": ["digitised", "with_duty+paid_online"], "ended": ["same_day"], "settled_late": ["same_day"]}


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        yield connection


def moments() -> st.SearchStrategy[Moment]:
    return st.sampled_from(MOMENTS)


@st.composite
def ledgers(draw: st.DrawFn) -> list[Posted]:
    """Entries gained, and some of them lost again later, as the worker posts them."""
    gained = st.builds(
        Posted,
        measure=st.sampled_from(MEASURES),
        unit=st.sampled_from(UNITS),
        at=moments(),
        known=moments(),
        n=st.just(1),
        field=st.integers(0, len(FIELDS) - 1),
        channel=st.integers(1, 2),
        level=st.integers(0, 3),
        traits=st.integers(0, 63),
        procedure=st.integers(0, 3),
        case=st.none(),
    )
    rows = draw(st.lists(gained, min_size=10, max_size=60))
    lost = draw(st.lists(st.tuples(st.sampled_from(rows), moments()), max_size=10, unique_by=lambda pair: id(pair[0])))
    return rows + [row._replace(n=-1, known=max(known, row.known)) for row, known in lost]


@st.composite
def terms(draw: st.DrawFn) -> Term:
    name = draw(st.sampled_from(TERMS))
    level = Term(name).is_level
    return Term(
        name,
        channel=draw(st.sampled_from([None, None, None, 1, 2])),
        field=draw(st.sampled_from([None, None, None, *FIELDS, "no such field"])),
        level=draw(st.sampled_from([None, None, None, 0, 3])),
        trait=draw(st.sampled_from([None, *TRAITS.get(name, [])])),
        at=draw(st.sampled_from([None, "start"])) if level else None,
    )


@st.composite
def questions(draw: st.DrawFn) -> Question:
    since = draw(st.none() | moments().map(day_of))
    asks = [
        Ask(term, None if term.is_level and term.at is None else draw(st.sampled_from(["day", "month", "year"])))
        for term in draw(st.lists(terms(), min_size=1, max_size=8, unique=True))
    ]
    return Question(Windows(draw(moments()) + draw(st.integers(0, 1)), since), asks)


@settings(
    deadline=None,
    max_examples=60,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink takes minutes, with a database behind it
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ledgers(), st.lists(questions(), min_size=1, max_size=3), st.none() | moments())
def test_reading_equals_a_plain_sum_of_postings(
    connection: psycopg.Connection, posted: list[Posted], asked: list[Question], known: Moment | None
) -> None:
    fill(connection, posted)
    with snapshot(connection):
        answers = read_sums(connection, asked, None if known is None else datetime_of(known))
    for question, answer in zip(asked, answers, strict=True):
        for ask in question.asks:
            read = {unit: n for unit, n in answer.found.sums[ask].items() if n}
            assert read == naive_sums(posted, key_of(question.windows, ask), known)


def test_a_unit_that_nobody_heard_of_is_no_data_and_not_zero(connection: psycopg.Connection) -> None:
    noon = moment_of(datetime(2026, 3, 3, 5, tzinfo=UTC))
    fill(connection, [Posted(Measure.RECEIVED, 3980, noon)])
    received, overdue = Ask(Term("received"), "day"), Ask(Term("overdue"), None)
    with snapshot(connection):
        now, before = read_sums(
            connection,
            [Question(Windows(noon + 60), [received, overdue]), Question(Windows(noon - 86_400), [received])],
        )
    assert (now.sum_of(received, 3980), now.sum_of(overdue, 3980), now.sum_of(overdue, None)) == (1, 0, 0)
    assert now.sum_of(received, 3979) is None
    assert before.sum_of(received, 3980) is None
    assert before.sum_of(received, None) is None


@pytest.mark.parametrize("days", [0, 30])
def test_the_whole_catalogue_as_known_earlier_takes_few_statements(connection: psycopg.Connection, days: int) -> None:
    noon = datetime(2026, 3, 3, 5, tzinfo=UTC)
    fill(connection, [Posted(Measure.RECEIVED, 3980, moment_of(noon))])
    sent: list[bytes] = []

    class Noting(psycopg.Cursor[Any]):
        def execute(self, *arguments: Any, **options: Any) -> Any:
            sent.append(arguments[0])
            return super().execute(*arguments, **options)

    connection.cursor_factory = Noting
    asks = asks_of(kpi for kpi in load_catalogue() if kpi.is_as_known)
    windows = [Windows.at(noon), Windows.at(noon - timedelta(days=7)), Windows.over(date(2025, 1, 1), None, noon)]
    known_at = noon - timedelta(days=days)
    with snapshot(connection):
        read_sums(connection, [Question(each, asks) for each in windows], known_at)
    assert len(sent) <= 7
    unknown = [query("read_unknown"), query("read_unknown_late")]  # the second where the windows end by about then
    assert [each for each in sent if each in unknown] == [unknown[0 if days else 1]]


def test_a_snapshot_can_not_write_and_does_not_see_what_comes_later(
    connection: psycopg.Connection, database: str
) -> None:
    fill(connection, [])
    count = "select count(*) from stream.source_state"
    with snapshot(connection), psycopg.connect(database, autocommit=True) as other:
        before = connection.execute(count).fetchone()
        other.execute("insert into stream.source_state (source) values ('new')")
        assert connection.execute(count).fetchone() == before
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction), connection.transaction():
            connection.execute("insert into source_state (source) values ('mine')")


@given(since=st.none() | moments().map(day_of), until=moments(), moment=moments(), by_year=st.booleans())
def test_pieces_hold_each_moment_of_the_window_once(
    *, since: int | None, until: Moment, moment: Moment, by_year: bool
) -> None:
    day = date_of(day_of(moment))
    row = {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}
    parts = list(pieces(since, until, by_year=by_year))
    held = sum(part.sign for part in parts if part.start <= day_number(row[part.grain]) < part.stop)
    assert ("year" in {part.grain for part in parts}) == (by_year and since is None)
    assert all(part.stop - part.start <= 366 for part in parts if by_year and since is None and part.grain != "year")
    rest = rest_of_day(since, until)
    held -= rest is not None and rest[0] <= moment < rest[1]
    assert held == (moment < until and (since is None or start_of(since) <= moment))


def test_a_figure_of_now_reads_whole_months_only_and_the_days_after_it() -> None:
    until = moment_of(datetime(2026, 3, 17, 7, tzinfo=UTC))
    found = [
        (piece.grain, piece.sign, str(date_of(piece.start)), str(date_of(piece.stop))) for piece in pieces(None, until)
    ]
    assert found == [("month", 1, "1970-01-01", "2026-04-01"), ("day", -1, "2026-03-18", "2026-04-01")]
