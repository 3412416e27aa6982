"""The cases behind a figure add up to it: of random ledgers, of random lives, of any unit, moment and knowledge."""

from collections.abc import Iterator
from random import Random

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dashboard.figure.asked import Asked
from dashboard.figure.behind import Cases, cases_json, made_of, read_cases
from ingest.log.postgres import PostgresLog
from stream.core.ledger import Measure
from stream.core.moment import Moment, datetime_of, moment_of
from stream.kpi.catalogue import load_catalogue
from stream.kpi.definition import Kpi
from stream.kpi.expression import Expression, Number, Operation, Operator
from stream.kpi.linear import shares_of
from stream.kpi.terms import Term
from tests.building.applying import apply_all
from tests.building.lives import some_lives
from tests.building.moments import local
from tests.ledgers import Posted, fill
from tests.test_kpi_changes import cased
from tests.test_kpi_reading import MOMENTS, UNITS, ledgers, terms

CODES = st.none() | st.sampled_from([f"{unit:05d}" for unit in UNITS])
LIVES = ("03980", "04033", "03985", "03997")
NAMED = (
    "received_month", "being_handled", "overdue_now", "due_soon", "settled_month", "on_time_rate", "online_rate",
    "same_day_rate", "apologies_due", "index_on_time_rate", "unusual_moves",
)  # fmt: skip


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        yield connection


def agrees(cases: Cases) -> bool:
    """Whether the sums over all cases are those of the figure; without data there are no cases."""
    if cases.upper is None and cases.figure.denominator is None:
        return cases.behind.number == 0
    lower = cases.figure.denominator
    return cases.behind.upper == cases.upper and (cases.shares.lower is None or cases.behind.lower == lower)


def summed(wanted: list[Term], signs: list[int]) -> Expression:
    """These terms added up, each as often as its sign says."""
    parts = [Operation(Operator.MULTIPLY, Number(sign), term) for term, sign in zip(wanted, signs, strict=False)]
    whole: Expression = parts[0]
    for part in parts[1:]:
        whole = Operation(Operator.ADD, whole, part)
    return whole


@st.composite
def kpis(draw: st.DrawFn) -> Kpi:
    """A sum of terms, or one sum divided by another."""
    like = load_catalogue()[draw(st.sampled_from(["received_month", "received_today", "on_time_rate", "settled_late"]))]
    signs = st.lists(st.sampled_from([1, 1, -1, 2]), min_size=3, max_size=3)
    upper, lower = (summed(draw(st.lists(terms(), min_size=1, max_size=3, unique=True)), draw(signs)) for _ in range(2))
    fraction = Operation(Operator.DIVIDE, upper, lower)
    return Kpi("made", like.definition, draw(st.sampled_from([upper, fraction])))


@settings(
    deadline=None,
    max_examples=60,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ledgers().map(cased), kpis(), CODES, st.sampled_from(MOMENTS), st.none() | st.sampled_from(MOMENTS))
def test_the_cases_of_any_figure_add_up_to_it(
    connection: psycopg.Connection, posted: list[Posted], kpi: Kpi, unit: str | None, at: Moment, known: Moment | None
) -> None:
    fill(connection, posted)
    known_at = None if known is None else datetime_of(known)
    asked = Asked(kpi, unit, datetime_of(at), known_at)
    whole, short = (read_cases(connection, asked, datetime_of(MOMENTS[-1]), most) for most in (200, 2))
    assert whole is not None
    assert short is not None
    assert agrees(whole)
    behind = whole.behind
    assert len(behind.cases) == behind.number
    assert len({case.case for case in behind.cases}) == behind.number
    assert sum(case.upper for case in behind.cases) == behind.upper
    assert sum(case.lower for case in behind.cases) == behind.lower
    assert all(case.upper or case.lower for case in behind.cases)
    assert all(moment_of(case.at) <= at for case in behind.cases)
    assert unit is None or {case.unit for case in behind.cases} <= {unit}
    assert short.behind[:3] == behind[:3]
    assert list(short.behind.cases) == list(behind.cases)[:2]


def test_the_cases_of_random_lives_add_up_to_every_figure_that_has_cases(
    log: PostgresLog, database: str, stream: psycopg.Connection
) -> None:
    lives = some_lives(120)
    Random(8).shuffle(lives)
    log.append(lives)
    apply_all(log, database)
    counted = 0
    for name in NAMED:
        for unit in (None, *LIVES):
            for at in map(local, ("2026-01-23 10:00", "2026-02-27 16:00")):
                cases = read_cases(stream, Asked(load_catalogue()[name], unit, at), at)
                assert cases is not None
                assert agrees(cases), (name, unit, at)
                assert {each.case for each in cases.behind.cases} <= set(codes(stream))
                counted += cases.behind.number
    assert counted > 500


def codes(stream: psycopg.Connection) -> list[str]:
    return [code for (code,) in stream.execute("select code from cases").fetchall()]


def test_those_that_make_a_rate_worse_stand_first_and_say_what_they_were_counted_for(
    connection: psycopg.Connection,
) -> None:
    early, late = moment_of(local("2026-03-03 09:00")), moment_of(local("2026-03-02 09:00"))
    rows = [Posted(Measure.SETTLED_EARLY, 3980, early + case, case=case) for case in range(5)]
    fill(connection, [*rows, Posted(Measure.SETTLED_LATE, 3980, late, case=9)])
    noon = local("2026-03-03 12:00")
    cases = read_cases(connection, Asked(load_catalogue()["on_time_rate"]), noon, most=2)
    assert cases is not None
    told = cases_json(cases)
    assert (told["number"], told["upper"], told["lower"]) == (6, 5, 6)
    assert told["figure"] == {"upper": 5, "lower": 6}
    first, second = told["cases"]
    assert (first["case"], first["measures"], first["upper"], first["lower"]) == ("case 9", ("settled_late",), 0, 1)
    assert (second["case"], second["unit"], second["upper"]) == ("case 4", "03980", 1)


def test_a_posting_that_was_taken_back_says_nothing_of_when_a_case_was_counted(connection: psycopg.Connection) -> None:
    morning, noon = (moment_of(local(f"2026-03-03 {clock}")) for clock in ("08:00", "11:00"))
    fill(
        connection,
        [
            Posted(Measure.OVERDUE_IN, 3980, morning, case=1),
            Posted(Measure.OVERDUE_IN, 3979, noon, case=1),
            Posted(Measure.OVERDUE_IN, 3979, noon, n=-1, case=1),
        ],
    )
    cases = read_cases(connection, Asked(load_catalogue()["overdue_now"]), local("2026-03-03 12:00"))
    assert cases is not None
    [only] = cases.behind.cases
    assert (only.unit, moment_of(only.at), only.measures) == ("03980", morning, ("overdue_in",))


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("on_time_rate", "cases"), ("index_on_time_rate", "cases"), ("documents_open", "cases"),
        ("minutes_away", "cases"), ("line_mos", "samples"), ("online_services_rate", "register"),
        ("index_total", "rules"), ("index_reception_rate", "rules"), ("online_services_used_rate", "register"),
    ],
)  # fmt: skip
def test_what_a_figure_is_made_of(name: str, made: str) -> None:
    assert made_of(load_catalogue()[name]) == made


def test_a_figure_that_is_not_made_of_cases_lists_none(connection: psycopg.Connection) -> None:
    for kpi in load_catalogue():
        if shares_of(kpi.expression) is None:
            asked = Asked(kpi)
            assert read_cases(connection, asked, local("2026-03-03 09:00")) is None
            assert cases_json(None) == {"number": None}
