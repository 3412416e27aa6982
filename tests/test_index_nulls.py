"""Null is not zero: what can't be judged earns no points and costs none, and the index says how many it judged."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ingest.contracts.rules import Level, Procedure
from stream.core.ledger import ENDS, OfAnswer, OfEnd, OfEvaluation, OfReceipt
from stream.index.layout import load_layout
from stream.index.read import read_index
from stream.index.score import ComponentScore, Index, Score
from stream.kpi.period import parse_period
from stream.store.reading import snapshot
from tests.index_ledgers import adopt, application, evaluation, petition
from tests.ledgers import Posted, fill

LATER = datetime(2026, 6, 1, tzinfo=UTC)
MARCH = parse_period("2026-03", "index").windows(LATER)
UNITS = {3979: "03979", 3980: "03980", 4033: "04033"}


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        yield connection


def read(connection: psycopg.Connection, units: list[str] | None = None, known_at: datetime | None = None) -> Index:
    with snapshot(connection):
        return read_index(connection, MARCH, units, known_at)


def components(score: Score) -> dict[str, ComponentScore]:
    return {each.component.id: each for group in score.groups for each in group.components}


def points(score: Score) -> dict[str, float | None]:
    return {name: each.points for name, each in components(score).items()}


def test_without_a_petition_both_components_earn_all_their_points(connection: psycopg.Connection) -> None:
    fill(connection, application("03-02"))
    found = points(read(connection).area)
    assert (found["petitions"], found["answers"]) == (6, 6)


def test_answers_that_nobody_rated_earn_all_points_and_a_late_one_still_costs_its_own(
    connection: psycopg.Connection,
) -> None:
    fill(connection, application("03-02") + petition("03-02", answered="03-09"))
    found = points(read(connection).area)
    assert (found["petitions"], found["answers"]) == (0, 6)


def test_without_applications_reception_earns_nothing_and_is_judged(connection: psycopg.Connection) -> None:
    fill(connection, evaluation("03-02", OfEvaluation.GOOD))
    area = read(connection).area
    assert points(area)["reception"] == 0
    assert components(area)["reception"].ratio is None
    satisfaction = next(group for group in area.groups if group.group.id == "satisfaction")
    assert (satisfaction.points, satisfaction.known) == (12, 18)


def test_what_has_no_denominator_is_no_data_and_its_group_says_what_it_judged(connection: psycopg.Connection) -> None:
    fill(connection, application("03-02", receipt=OfReceipt.SYNCHRONISED))
    area = read(connection).area
    found = points(area)
    groups = {group.group.id: group for group in area.groups}
    assert {name for name, value in found.items() if value is None} == {
        "published", "updated", "complete", "offered", "used", "paid", "paying_procedures", "payable_procedures",
        "electronic", "stored", "population_procedures", "copies",
    }  # fmt: skip
    assert {name: (group.points, group.known) for name, group in groups.items()} == {
        "openness": (6, 6),
        "progress": (20, 20),
        "online": (0, 6),
        "payment": (None, 0),
        "satisfaction": (18, 18),
        "digitisation": (0, 8),
    }
    assert (area.total, area.known) == (44, 58)
    assert area.band is not None
    assert area.band.id == "fair"  # 44 of 58 points


def test_nothing_known_is_no_total_and_no_band(connection: psycopg.Connection) -> None:
    fill(connection, [])
    index = read(connection, ["03980"])
    for score in (index.area, *index.units):
        assert (score.total, score.known, score.band) == (None, 0, None)
        assert set(points(score).values()) == {None}


def test_a_unit_without_a_past_is_no_data_whatever_the_register_says(connection: psycopg.Connection) -> None:
    adopt(connection, FULL)
    fill(connection, application("03-02"))
    heard, unheard = read(connection, ["03980", "04045"]).units
    assert heard.total is not None
    assert (unheard.total, unheard.known) == (None, 0)
    fill(connection, [])
    area = read(connection).area
    assert (area.total, area.known) == (None, 0)


def test_too_few_points_judged_bear_no_name(connection: psycopg.Connection) -> None:
    fill(connection, evaluation("03-02", OfEvaluation.GOOD))
    area = read(connection).area
    assert (area.total, area.known, area.band) == (12, 18, None)


def test_a_day_earlier_the_index_was_what_was_known_then(connection: psycopg.Connection) -> None:
    late = [row._replace(known=row.at + 40 * 86_400) for row in application("03-03", channel=2)]
    fill(connection, [*application("03-02"), *late])
    now, then = read(connection), read(connection, known_at=datetime(2026, 4, 1, tzinfo=UTC))
    assert points(now.area)["filed"] == 6
    assert points(then.area)["filed"] == 0


# --- whatever the ledger -----------------------------------------------------------------------------------------

DAYS = ["02-10", "02-27", "03-01", "03-02", "03-15", "03-31T16:59:59", "03-31T17:00", "04-02"]
FULL = [
    Procedure(
        code="1.1", name="n", field="LV", level=Level.COMMUNE, online="full", fee=1, fee_online=True, complete=True
    ),
    Procedure(code="1.2", name="n", field="LV", level=Level.COMMUNE, online="partial", population_database=True),
    Procedure(code="1.3", name="n", field="LV", level=Level.DISTRICT, fee=1, certifies_copies=True, complete=False),
]


@st.composite
def days(draw: st.DrawFn, most: int = 4) -> list[str]:
    """Some days, in order."""
    return sorted(draw(st.lists(st.sampled_from(DAYS), min_size=most, max_size=most)))


@st.composite
def applications(draw: st.DrawFn) -> list[Posted]:
    received, overdue, by_index, ended = draw(days())
    return application(
        received,
        unit=draw(st.sampled_from(list(UNITS))),
        channel=draw(st.integers(1, 3)),
        receipt=OfReceipt(draw(st.integers(0, 63))),
        procedure=draw(st.integers(0, 4)),
        ended=draw(st.none() | st.just(ended)),
        end=draw(st.sampled_from(sorted(ENDS))),
        traits=OfEnd(draw(st.integers(0, 63))),
        overdue=overdue if (is_overdue := draw(st.booleans())) else None,
        late_by_index=None if is_overdue else draw(st.none() | st.just(by_index)),
    )


@st.composite
def petitions(draw: st.DrawFn) -> list[Posted]:
    received, overdue, answered = draw(days(3))
    rated = draw(st.sampled_from([OfAnswer(0), OfAnswer.RATED, OfAnswer.RATED | OfAnswer.SATISFIED]))
    return petition(
        received,
        unit=draw(st.sampled_from(list(UNITS))),
        answered=draw(st.none() | st.just(answered)),
        answer=rated | draw(st.sampled_from([OfAnswer(0), OfAnswer.ON_TIME])),
        overdue=draw(st.none() | st.just(overdue)),
    )


@st.composite
def evaluations(draw: st.DrawFn) -> list[Posted]:
    says = OfEvaluation(draw(st.integers(0, 3)))
    return evaluation(draw(st.sampled_from(DAYS)), says, unit=draw(st.sampled_from(list(UNITS))))


def ledgers() -> st.SearchStrategy[list[Posted]]:
    lives = st.lists(applications() | applications() | petitions() | evaluations(), min_size=8, max_size=40)
    return lives.map(lambda found: [row for life in found for row in life])


@settings(
    deadline=None,
    max_examples=40,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink takes minutes, with a database behind it
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ledgers(), st.sampled_from([FULL, []]))
def test_points_lie_between_nothing_and_the_most_and_add_up(
    connection: psycopg.Connection, posted: list[Posted], register: list[Procedure]
) -> None:
    adopt(connection, register)
    fill(connection, posted)
    index = read(connection, list(UNITS.values()))
    for score in (index.area, *index.units):
        for group in score.groups:
            judged = [each for each in group.components if each.points is not None]
            assert all(0 <= (each.points or 0) <= each.component.points + 1e-9 for each in judged)
            assert group.known == sum(each.component.points for each in judged)
            assert group.points == (pytest.approx(sum(each.points or 0 for each in judged)) if judged else None)
        known = [group.points for group in score.groups if group.points is not None]
        assert score.known == sum(group.known for group in score.groups) <= 100
        assert score.total == (pytest.approx(sum(known)) if known else None)
    for unit, score in zip(UNITS.values(), index.units, strict=True):
        assert read(connection, [unit]).units == [score]


def test_all_units_take_as_many_statements_as_one(connection: psycopg.Connection) -> None:
    adopt(connection, FULL)
    fill(connection, [row for unit in UNITS for row in application("03-02", unit=unit)])
    sent: list[str] = []

    class Counting(psycopg.Cursor[Any]):
        def execute(self, *arguments: Any, **options: Any) -> Any:
            sent.append(str(arguments[0]))
            return super().execute(*arguments, **options)

    connection.cursor_factory = Counting
    read(connection)  # the register is read once for good
    taken = []
    for units in (["03980"], None, ["03979", "03980", "04033", "04045"]):
        sent.clear()
        read(connection, units)
        taken.append(len(sent))
    assert len(set(taken)) == 1
    assert taken[0] <= 6


def test_the_index_is_a_hundred_points_in_six_groups() -> None:
    assert {group.id: group.points for group in load_layout().group} == {
        "openness": 18, "progress": 20, "online": 12, "payment": 10, "satisfaction": 18, "digitisation": 22,
    }  # fmt: skip
