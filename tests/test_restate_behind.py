"""The cases behind many figures at once: their shares add up to each difference, in a handful of statements."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from stream.core.ledger import Measure
from stream.core.moment import Moment, datetime_of, day_of, moment_of
from stream.kpi.catalogue import load_catalogue
from stream.kpi.definition import Kpi
from stream.kpi.evaluate import figure_of
from stream.kpi.expression import Negation, Number, Operation, Operator
from stream.kpi.readings import asks_of
from stream.kpi.terms import Term
from stream.kpi.window import Windows
from stream.report.units import read_units
from stream.snapshot.restate.kpis import Behind, Figure, read_behind
from stream.store.changes import read_changes
from stream.store.reading import Question, read_sums, snapshot
from tests.ledgers import Posted, fill
from tests.test_kpi_changes import cased
from tests.test_kpi_reading import MOMENTS, UNITS, ledgers, terms

NOON = datetime(2026, 3, 17, 5, tzinfo=UTC)
APRIL = datetime(2026, 4, 1, tzinfo=UTC)
PLACES = [None, *(f"{unit:05d}" for unit in UNITS)]


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        yield connection


def a_balance(one: Term, other: Term) -> Kpi:
    """Twice the one sum less the other."""
    twice = Operation(Operator.MULTIPLY, Number(2), one)
    definition = load_catalogue()["received_month"].definition
    return Kpi("balance", definition, Operation(Operator.ADD, twice, Negation(other)))


def a_share(one: Term, other: Term) -> Kpi:
    """The one sum by the other."""
    return Kpi("share", load_catalogue()["received_month"].definition, Operation(Operator.DIVIDE, one, other))


def windows_of_time() -> st.SearchStrategy[Windows]:
    """Windows of their own, or of a period that has begun by then."""
    given = st.builds(Windows, st.sampled_from(MOMENTS), st.none() | st.sampled_from(MOMENTS).map(day_of))
    return given.filter(lambda windows: windows.since is None or windows.since <= windows.day)


def behind(
    connection: psycopg.Connection, figures: list[Figure], known: tuple[datetime, datetime]
) -> list[list[Behind]]:
    with snapshot(connection):
        return [list(each) for each in read_behind(connection, figures, list(read_units(connection)), known)]


@settings(
    deadline=None,
    max_examples=40,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    ledgers().map(cased),
    st.lists(st.builds(a_balance, terms(), terms()), min_size=1, max_size=3),
    windows_of_time(),
    st.tuples(st.sampled_from(MOMENTS), st.sampled_from(MOMENTS)).map(sorted),
)
def test_what_the_cases_add_up_to_is_the_difference_of_every_figure(
    connection: psycopg.Connection, posted: list[Posted], kpis: list[Kpi], windows: Windows, known: list[Moment]
) -> None:
    fill(connection, posted)
    moments = datetime_of(known[0]), datetime_of(known[1])
    figures = [Figure(kpi, windows, place) for kpi in kpis for place in PLACES]
    found = behind(connection, figures, moments)
    with snapshot(connection):
        asked = [Question(windows, asks_of(kpis))]
        [earlier], [later] = (read_sums(connection, asked, moment) for moment in moments)
    for figure, cases in zip(figures, found, strict=True):
        before, after = (figure_of(figure.kpi, each, figure.unit).value for each in (earlier, later))
        assert len({each.case for each in cases}) == len(cases)
        assert all(each.share for each in cases)
        assert all(known[0] < moment_of(each.known_at) <= known[1] for each in cases)
        if before is not None and after is not None:
            assert sum(each.share or 0 for each in cases) == after - before


@settings(
    deadline=None,
    max_examples=20,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    ledgers().map(cased),
    st.builds(a_share, terms(), terms()),
    windows_of_time(),
    st.tuples(st.sampled_from(MOMENTS), st.sampled_from(MOMENTS)).map(sorted),
)
def test_behind_a_ratio_stand_the_cases_that_changed_what_is_divided_or_by_what(
    connection: psycopg.Connection, posted: list[Posted], kpi: Kpi, windows: Windows, known: list[Moment]
) -> None:
    fill(connection, posted)
    moments = datetime_of(known[0]), datetime_of(known[1])
    found = behind(connection, [Figure(kpi, windows, place) for place in PLACES], moments)
    for place, cases in zip(PLACES, found, strict=True):
        with snapshot(connection):
            changes = read_changes(connection, kpi, windows, place, moments)
        assert {each.case for each in cases} == {each.case for each in changes.cases}
        assert {each.share for each in cases} <= {None}


def test_a_case_that_only_moved_is_behind_the_figures_of_both_units_and_not_of_the_area(
    connection: psycopg.Connection,
) -> None:
    at, known = moment_of(datetime(2026, 3, 2, tzinfo=UTC)), moment_of(datetime(2026, 3, 20, tzinfo=UTC))
    rows = [
        Posted(Measure.RECEIVED, 3980, at, at, case=1),
        Posted(Measure.RECEIVED, 3980, at, known, n=-1, case=1),
        Posted(Measure.RECEIVED, 3979, at, known, case=1),
    ]
    fill(connection, rows)
    kpi = load_catalogue()["received_month"]
    figures = [Figure(kpi, Windows.at(NOON), place) for place in (None, "03980", "03979", "04045")]
    found = behind(connection, figures, (NOON, APRIL))
    assert [[each.share for each in cases] for cases in found] == [[], [-1], [1], []]


def test_a_unit_of_a_new_generation_has_the_cases_of_its_own_time_only(connection: psycopg.Connection) -> None:
    old, new, known = (moment_of(datetime(2025, month, 5, 2, tzinfo=UTC)) for month in (1, 8, 12))
    fill(connection, [Posted(Measure.RECEIVED, 4033, at, known) for at in (old, old, new)])
    year = Windows.over(date(2025, 1, 1), date(2025, 12, 31), NOON)
    kpi, moments = load_catalogue()["received_month"], (datetime(2025, 12, 1, tzinfo=UTC), NOON)
    unit, area = behind(connection, [Figure(kpi, year, place) for place in ("04033", None)], moments)
    assert (len(unit), len(area)) == (1, 3)


def test_the_cases_of_all_figures_take_as_many_statements_as_those_of_one(connection: psycopg.Connection) -> None:
    at, known = moment_of(datetime(2026, 3, 2, tzinfo=UTC)), moment_of(datetime(2026, 3, 20, tzinfo=UTC))
    fill(connection, [Posted(Measure.RECEIVED, unit, at, known, procedure=1) for unit in UNITS])
    sent: Counter[str] = Counter()

    class Counting(psycopg.Cursor[Any]):
        def execute(self, *arguments: Any, **options: Any) -> Any:
            sent["statements"] += 1
            return super().execute(*arguments, **options)

    units = list(UNITS)
    whole = [kpi for kpi in load_catalogue() if kpi.is_as_known]
    connection.cursor_factory = Counting
    with snapshot(connection):
        sent.clear()
        read_behind(connection, [Figure(kpi, Windows.at(NOON), place) for kpi in whole for place in PLACES], units,
                    (NOON, APRIL))  # fmt: skip
    assert sent["statements"] <= 7
