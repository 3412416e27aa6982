"""Between two moments of knowledge the cases account for every difference of a figure, no more and no less."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from stream.core.ledger import Measure
from stream.core.moment import Moment, datetime_of, day_number, day_of, moment_of
from stream.kpi.catalogue import load_catalogue, read_catalogue
from stream.kpi.definition import Kpi
from stream.kpi.expression import Expression, Operation, Operator
from stream.kpi.terms import Term
from stream.kpi.window import Windows
from stream.store.changes import read_changes
from stream.store.reading import snapshot
from tests.ledgers import Posted, fill
from tests.test_kpi_procedures import REGISTER, SHARE, adopt, number_procedures, received
from tests.test_kpi_reading import MOMENTS, UNITS, ledgers, terms

NOON = datetime(2026, 3, 17, 5, tzinfo=UTC)


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        yield connection


def total(terms: list[Term]) -> Kpi:
    """A KPI that adds these terms up over a month, made without a catalogue."""
    expression: Expression = terms[0]
    for term in terms[1:]:
        expression = Operation(Operator.ADD, expression, term)
    return Kpi("total", load_catalogue()["received_month"].definition, expression)


def cased(rows: list[Posted]) -> list[Posted]:
    """The same postings, each three of them of one case."""
    return [row._replace(case=number // 3) for number, row in enumerate(rows)]


@settings(
    deadline=None,
    max_examples=40,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    ledgers().map(cased),
    st.lists(terms(), min_size=1, max_size=4, unique=True),
    st.builds(Windows, st.sampled_from(MOMENTS), st.none() | st.sampled_from(MOMENTS).map(day_of)),
    st.none() | st.sampled_from([f"{unit:05d}" for unit in UNITS]),
    st.tuples(st.sampled_from(MOMENTS), st.sampled_from(MOMENTS)).map(sorted),
)
def test_the_changes_of_the_cases_add_up_to_the_difference_of_each_term(
    connection: psycopg.Connection, posted: list[Posted], wanted: list[Term], windows: Windows, unit: str | None,
    known: list[Moment],
) -> None:  # fmt: skip
    fill(connection, posted)
    with snapshot(connection):
        changes = read_changes(connection, total(wanted), windows, unit, (datetime_of(known[0]), datetime_of(known[1])))
    nets: Counter[Term] = Counter()
    for case in changes.cases:
        assert case.net
        assert 0 not in case.net.values()
        assert all(known[0] < moment_of(each.known_at) <= known[1] for each in case.learnt)
        assert unit is None or {each.unit for each in case.learnt} == {unit}
        nets.update(case.net)
    for change in changes.inputs:
        assert isinstance(change.term, Term)
        if change.difference is not None:
            assert nets[change.term] == change.difference


def test_a_case_that_was_corrected_says_what_it_lost_and_gained_and_when_that_became_known(
    connection: psycopg.Connection,
) -> None:
    at, later, known = (moment_of(datetime(2026, 3, day, 2, tzinfo=UTC)) for day in (2, 3, 20))
    rows = [
        Posted(Measure.RECEIVED, 3980, at, at, case=7),
        Posted(Measure.RECEIVED, 3980, at, known, n=-1, case=7),  # a correction: received a day later, and elsewhere
        Posted(Measure.RECEIVED, 3979, later, known, case=7),
        Posted(Measure.RECEIVED, 3980, later, known, case=8),
        Posted(Measure.RECEIVED, 3980, later, known, case=9),
        Posted(Measure.RECEIVED, 3980, later, known, n=-1, case=9),
    ]
    fill(connection, rows)
    connection.execute(
        "insert into cases (id, code, unit, field, channel, status, is_open, last_at, timeline)"
        " values (8, 'H52.17-8', 3980, 1, 1, 4, true, now(), '')"
    )
    kpi, window = load_catalogue()["received_month"], Windows.at(NOON)
    moments = NOON, datetime(2026, 4, 1, tzinfo=UTC)
    with snapshot(connection):
        area, unit = (read_changes(connection, kpi, window, each, moments) for each in (None, "03980"))
    assert (area.before.value, area.after.value) == (1, 2)
    assert [(case.case, dict(case.net)) for case in area.cases] == [("H52.17-8", {Term("received"): 1})]
    [learnt] = area.cases[0].learnt
    assert (learnt.measure, learnt.unit, moment_of(learnt.known_at), learnt.n) == ("received", "03980", known, 1)
    assert (unit.before.value, unit.after.value) == (1, 1)
    assert {case.case: list(case.net.values()) for case in unit.cases} == {"case 7": [-1], "H52.17-8": [1]}


def test_procedures_that_came_to_be_used_are_named(connection: psycopg.Connection) -> None:
    number_procedures(connection)
    adopt(connection, REGISTER, datetime(2026, 1, 1, tzinfo=UTC))
    late = moment_of(datetime(2026, 3, 25, tzinfo=UTC))
    fill(connection, [received(1), received(2)._replace(known=late), received(1)._replace(known=late, n=-1)])
    [kpi] = read_catalogue({"t.toml": SHARE})
    with snapshot(connection):
        changes = read_changes(connection, kpi, Windows.at(NOON), None, (NOON, datetime(2026, 4, 1, tzinfo=UTC)))
    used, offered = changes.inputs
    assert (used.before, used.after, used.gained, used.lost) == (1, 1, frozenset({"1.000002"}), frozenset({"1.000001"}))
    assert (offered.before, offered.after, offered.difference) == (3, 3, 0)


def test_a_unit_of_a_new_generation_is_restated_over_its_own_time_only(connection: psycopg.Connection) -> None:
    old, new, known = (moment_of(datetime(2025, month, 5, 2, tzinfo=UTC)) for month in (1, 8, 12))
    fill(connection, [Posted(Measure.RECEIVED, 4033, at, known) for at in (old, old, new)])
    year = Windows.over(date(2025, 1, 1), date(2025, 12, 31), NOON)
    moments = datetime(2025, 12, 1, tzinfo=UTC), NOON
    with snapshot(connection):
        changes = read_changes(connection, load_catalogue()["received_month"], year, "04033", moments)
    assert (changes.after.value, len(changes.cases)) == (1, 1)
    assert day_number(date(2025, 8, 5)) == day_of(moment_of(changes.cases[0].learnt[0].at))
