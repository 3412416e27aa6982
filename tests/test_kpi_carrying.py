"""Across the mergers of 2025 a unit counts its own time only, and carried into today's units no sum is lost."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from fractions import Fraction

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from geo.generations import generation_by_code, generation_on
from ingest.contracts.rules import Procedure
from stream.core.ledger import Measure
from stream.core.moment import day_number, moment_of, start_of
from stream.kpi.carrying import UNATTRIBUTED
from stream.kpi.catalogue import load_catalogue, read_catalogue
from stream.kpi.definition import Kpi
from stream.kpi.evaluate import figure_of
from stream.kpi.expression import Operation, Operator
from stream.kpi.readings import asks_of
from stream.kpi.terms import Term
from stream.kpi.window import Windows
from stream.store.reading import snapshot
from stream.store.views import View, read_views
from tests.ledgers import Posted, fill
from tests.test_kpi_procedures import REGISTER, SHARE, adopt, number_procedures, received

TODAY = generation_on(date(2026, 1, 1))
NOON = datetime(2026, 3, 17, 5, tzinfo=UTC)
DAYS = [date(2024, 12, 31), date(2025, 1, 31), date(2025, 2, 1), date(2025, 6, 30), date(2025, 7, 1), date(2026, 1, 2)]
MOMENTS = [start_of(day_number(day)) + clock for day in DAYS for clock in (0, 86_399)]
UNITS = (3979, 3985, 3988, 4033, 9999)
KPI = Kpi(
    "all",
    load_catalogue()["received_month"].definition,
    Operation(Operator.ADD, Operation(Operator.ADD, Term("received"), Term("open")), Term("open", at="start")),
)


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        yield connection


def view(connection: psycopg.Connection, kpi: Kpi, first: date, last: date, *, today: bool) -> View:
    with snapshot(connection):
        [found] = read_views(connection, [kpi], [Windows.over(first, last, NOON)], None, TODAY if today else None)
    return found


@settings(
    deadline=None,
    max_examples=40,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.builds(
            Posted,
            st.sampled_from([Measure.RECEIVED, Measure.OPEN_IN, Measure.OPEN_OUT]),
            st.sampled_from(UNITS),
            st.sampled_from(MOMENTS),
            st.just(0),
            n=st.integers(1, 9),
            field=st.just(0),
            channel=st.just(1),
            level=st.just(0),
            traits=st.just(0),
            procedure=st.just(0),
            case=st.none(),
        ),
        min_size=1,
        max_size=20,
    ),
    st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map(sorted),
)
def test_what_is_carried_into_the_units_of_today_adds_up_to_what_was_there(
    connection: psycopg.Connection, posted: list[Posted], days: list[date]
) -> None:
    fill(connection, posted)
    then, now = (view(connection, KPI, *days, today=today) for today in (False, True))
    for ask in asks_of([KPI]):
        was, is_now = (sum(each.readings.found.sums[ask].values(), Fraction()) for each in (then, now))
        assert was == is_now
        assert now.carried is not None
        lost = [n for n in now.carried.unattributed[ask].values() if isinstance(n, Fraction)]
        assert now.readings.found.sums[ask].get(UNATTRIBUTED, 0) == sum(lost)
    if figure_of(KPI, then.readings, None).value is not None:
        assert figure_of(KPI, now.readings, None).value == pytest.approx(figure_of(KPI, then.readings, None).value)


def small_history() -> list[Posted]:
    """Of 03988, wholly in Tân Yên (03997) today; of 03979, divided; of 04033, a code that was used again."""
    january, march, august = (moment_of(datetime(2025, month, 5, 2, tzinfo=UTC)) for month in (1, 3, 8))
    return [
        *(Posted(Measure.RECEIVED, 3988, january) for _ in range(4)),
        *(Posted(Measure.RECEIVED, 3979, january) for _ in range(3)),
        *(Posted(Measure.RECEIVED, 4033, january) for _ in range(2)),
        Posted(Measure.RECEIVED, 3985, march),
        Posted(Measure.RECEIVED, 4033, august),
        Posted(Measure.RECEIVED, 3997, august),
    ]


YEAR = date(2025, 1, 1), date(2025, 12, 31)


def test_a_unit_counts_its_own_generation_and_the_area_counts_all(connection: psycopg.Connection) -> None:
    fill(connection, small_history())
    kpi = load_catalogue()["received_month"]
    found = view(connection, kpi, *YEAR, today=False)
    values = {unit: figure_of(kpi, found.readings, unit).value for unit in (None, "04033", "03997", "03979", "03988")}
    assert values == {None: 12, "04033": 1, "03997": 1, "03979": 0, "03988": 4}
    assert found.readings.since("month", 4033) == day_number(date(2025, 7, 1))
    assert found.readings.since("month", None) == day_number(date(2025, 1, 1))
    before = view(connection, kpi, date(2025, 1, 1), date(2025, 1, 31), today=False)
    assert figure_of(kpi, before.readings, "04033").value == 2


def test_in_the_units_of_today_the_old_ones_count_in_their_heirs(connection: psycopg.Connection) -> None:
    fill(connection, small_history())
    kpi = load_catalogue()["received_month"]
    found = view(connection, kpi, *YEAR, today=True)
    assert {unit: figure_of(kpi, found.readings, unit).value for unit in found.units([kpi])} == {
        "03979": 1.5, "03980": 1.5, "03985": 0, "03997": 5, "04033": 3,
    }  # fmt: skip
    assert [unit for unit in found.units([kpi]) if found.is_estimate(kpi, unit)] == ["03979", "03980"]
    assert found.carried is not None
    [lost] = found.carried.unattributed.values()
    assert lost == {("03985", generation_by_code("thi-xa")): 1}
    assert figure_of(kpi, found.readings, None).value == 12


def test_a_level_as_of_an_earlier_day_is_carried_from_the_units_of_that_day(connection: psycopg.Connection) -> None:
    january = moment_of(datetime(2025, 1, 5, 2, tzinfo=UTC))
    fill(connection, [Posted(Measure.OPEN_IN, 3988, january), Posted(Measure.OPEN_IN, 3997, january)])
    kpi = load_catalogue()["being_handled"]
    found = view(connection, kpi, date(2025, 1, 1), date(2025, 1, 10), today=True)
    assert figure_of(kpi, found.readings, "03997").value == 2
    assert not found.is_estimate(kpi, "03997")


def test_a_unit_that_began_in_the_window_opens_with_what_was_handed_over_to_it(connection: psycopg.Connection) -> None:
    march, merger = moment_of(datetime(2025, 3, 5, 2, tzinfo=UTC)), start_of(day_number(date(2025, 7, 1)))
    fill(
        connection,
        [
            Posted(Measure.OPEN_IN, 3988, march),
            Posted(Measure.OPEN_OUT, 3988, merger),
            Posted(Measure.OPEN_IN, 3997, merger),
            Posted(Measure.OPEN_IN, 3997, merger + 60),
        ],
    )
    definition = load_catalogue()["received_month"].definition
    kpi = Kpi("opened", definition, Term("open", at="start"))
    found = view(connection, kpi, *YEAR, today=False)
    assert [figure_of(kpi, found.readings, unit).value for unit in (None, "03997", "03988")] == [0, 1, 0]


def test_a_procedure_that_a_unit_used_before_the_merger_was_used_in_its_heir(connection: psycopg.Connection) -> None:
    number_procedures(connection)
    register: tuple[Procedure, ...] = REGISTER
    adopt(connection, register, datetime(2024, 1, 1, tzinfo=UTC))
    old, new = datetime(2025, 1, 5, 2, tzinfo=UTC), datetime(2025, 8, 5, 2, tzinfo=UTC)
    rows = [received(1, 3988, old), received(1, 3997, new), received(2, 3997, new), received(3, 3979, old)]
    fill(connection, rows)
    [kpi] = read_catalogue({"t.toml": SHARE})
    then, now = (view(connection, kpi, *YEAR, today=today) for today in (False, True))
    assert figure_of(kpi, now.readings, "03997").numerator == 2
    assert (figure_of(kpi, then.readings, None).numerator, figure_of(kpi, now.readings, None).numerator) == (3, 3)
    assert now.is_estimate(kpi, "03980")
    assert not now.is_estimate(kpi, "03997")
