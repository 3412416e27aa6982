"""Every component of the index by a small example worked out by hand (handbook section 5)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import psycopg
import pytest

from ingest.contracts.rules import Level, Procedure
from stream.core.ledger import Measure, OfAnswer, OfEnd, OfEvaluation, OfReceipt
from stream.index.read import read_index
from stream.index.score import ComponentScore, Score
from stream.kpi.period import parse_period
from stream.kpi.window import Windows
from stream.store.reading import snapshot
from tests.index_ledgers import adopt, application, evaluation, petition
from tests.ledgers import Posted, fill

LATER = datetime(2026, 6, 1, tzinfo=UTC)
MARCH = parse_period("2026-03", "index").windows(LATER)


def procedure(number: int, **more: object) -> Procedure:
    return Procedure(code=f"1.{number:06d}", name="n", field="LV", level=Level.COMMUNE, **more)  # type: ignore[arg-type] # keys of a test


# Ten procedures. Published: 8 were due, 6 in time, 1 late, 1 never. Updated: 4 were due, 1 in time. Complete: 4 of 5.
# Online: 4 full and 2 partial. With a fee: 5, of which 3 can be paid online. Population database: 3.
IN_TIME, TOO_LATE = date(2026, 1, 31), date(2026, 2, 2)
DUE = date(2026, 2, 1)
REGISTER = [
    procedure(1, online="full", fee=5000, fee_online=True, publish_by=DUE, published_on=IN_TIME, update_by=DUE,
              updated_on=IN_TIME, complete=True, population_database=True),
    procedure(2, online="full", fee=5000, fee_online=True, publish_by=DUE, published_on=DUE, update_by=DUE,
              updated_on=TOO_LATE, complete=True, population_database=True),
    procedure(3, online="full", fee=5000, fee_online=True, publish_by=DUE, published_on=IN_TIME, update_by=DUE,
              complete=True, population_database=True),
    procedure(4, online="full", fee=5000, publish_by=DUE, published_on=IN_TIME, update_by=DUE, complete=True),
    procedure(5, online="partial", fee=5000, publish_by=DUE, published_on=IN_TIME, complete=False),
    procedure(6, online="partial", publish_by=DUE, published_on=IN_TIME),
    procedure(7, publish_by=DUE, published_on=TOO_LATE),
    procedure(8, publish_by=DUE),
    procedure(9),
    procedure(10, certifies_copies=True),
]  # fmt: skip

R, E, V, A = OfReceipt, OfEnd, OfEvaluation, OfAnswer
SYNCED = R.SYNCHRONISED

# In March 8 are received (3 of them online) and 6 end; 2 were carried over, so that 4 stay open: 10 in all.
LEDGER = [
    *application("03-02", channel=2, procedure=1, receipt=SYNCED | R.DIGITISED | R.REUSED | R.WITH_DUTY | R.PAID_ONLINE,
                 ended="03-03", traits=E.ELECTRONIC | E.STORED),
    *application("03-03", channel=2, procedure=2, receipt=SYNCED | R.DIGITISED | R.REUSED | R.WITH_DUTY | R.PAID_ONLINE,
                 ended="03-04", end=Measure.SETTLED_ON_DATE, traits=E.ELECTRONIC),
    *application("03-04", channel=2, procedure=3, receipt=SYNCED | R.DIGITISED | R.REUSED | R.POPULATION,
                 ended="03-05", traits=E.ELECTRONIC),
    *application("03-05", procedure=1, ended="03-06", end=Measure.CLOSED_UNSETTLED, traits=E.ELECTRONIC,
                 receipt=SYNCED | R.DIGITISED | R.REUSED | R.WITH_DUTY | R.PAID_ONLINE | R.POPULATION),
    # Paid online without a duty that is known of: no application with a duty was paid by it.
    *application("03-06", procedure=9, receipt=SYNCED | R.REUSED | R.PAID_ONLINE),
    *application("03-09", procedure=1, receipt=SYNCED | R.WITH_DUTY),
    *application("03-10", procedure=10, late_by_index="03-20"),
    *application("03-11", channel=3, procedure=10, ended="03-12", traits=E.COPIES | E.ELECTRONIC),
    *application("02-10", procedure=10, ended="03-13", end=Measure.SETTLED_LATE, overdue="02-20",
                 traits=E.COPIES | E.LATE_BY_INDEX),
    *application("02-11", procedure=4, ended="04-02", end=Measure.SETTLED_LATE, overdue="03-15",
                 traits=E.LATE_BY_INDEX),
    *evaluation("03-03", V.GOOD),
    *evaluation("03-04", V.COMPLAINT),
    *evaluation("04-04", V.COMPLAINT),
    *petition("02-20", answered="03-02", answer=A.ON_TIME | A.RATED | A.SATISFIED),
    *petition("02-21", answered="03-03", answer=A.ON_TIME),
    *petition("02-01", answered="03-04", answer=A.RATED, overdue="03-01"),
    *petition("02-02", overdue="03-20"),
    *petition("03-20", answered="04-02", answer=A.ON_TIME | A.RATED | A.SATISFIED),
]  # fmt: skip

BY_HAND = {
    "published": (6, 8, 6 * 6 / 8),
    "updated": (1, 4, 4 * 1 / 4),
    "complete": (4, 5, 2 * 4 / 5),
    "synchronised": (6, 8, 6 * 6 / 8),
    "on_time": (7, 10, 20 * 7 / 10),  # late are: one that ended, one that is overdue, one that waits too long
    "offered": (6, 10, 2 * 0.6 / 0.8),
    "used": (3, 6, 4 * 3 / 6),  # procedures 1, 2 and 3; the online ones 4, 5 and 6 have no application in March
    "filed": (3, 8, 6 * (3 / 8) / 0.5),
    "paid": (3, 4, 6 * 3 / 4),
    "paying_procedures": (2, 5, 2.5 * 2 / 5),
    "payable_procedures": (3, 5, 2.5 * 3 / 5),
    "petitions": (2, 4, 6 * 2 / 4),
    "answers": (1, 2, 6 * 1 / 2),
    "reception": (6, 10, 6 * 0.6 / 0.9),  # of 10, 3 are late and 1 has a complaint
    "electronic": (4, 5, 6 * 4 / 5),
    "digitised": (4, 8, 4 * 4 / 8),
    "reused": (5, 8, 2 * (5 / 8) / 0.8),
    "stored": (1, 5, 4 * 1 / 5),
    "population": (2, 8, 2 * 2 / 8),
    "population_procedures": (3, 10, 2 * 3 / 10),
    "copies": (1, 2, 2 * 1 / 2),
}
GROUPS = {
    "openness": 4.5 + 1 + 1.6 + 4.5,
    "progress": 14,
    "online": 1.5 + 2 + 4.5,
    "payment": 4.5 + 1 + 1.5,
    "satisfaction": 3 + 3 + 4,
    "digitisation": 4.8 + 2 + 1.5625 + 0.8 + 0.5 + 0.6 + 1,
}


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        yield connection


def judged(connection: psycopg.Connection, posted: list[Posted], windows: Windows = MARCH) -> Score:
    fill(connection, posted)
    with snapshot(connection):
        [score] = read_index(connection, windows, ["03980"]).units
    return score


def components(score: Score) -> dict[str, ComponentScore]:
    return {each.component.id: each for group in score.groups for each in group.components}


def test_every_component_is_what_was_worked_out_by_hand(connection: psycopg.Connection) -> None:
    adopt(connection, REGISTER)
    score = judged(connection, LEDGER)
    found = components(score)
    assert {name: (each.numerator, each.denominator) for name, each in found.items()} == {
        name: (numerator, denominator) for name, (numerator, denominator, _) in BY_HAND.items()
    }
    assert {name: each.points for name, each in found.items()} == {
        name: pytest.approx(points) for name, (_, _, points) in BY_HAND.items()
    }
    assert {each.group.id: each.points for each in score.groups} == {k: pytest.approx(v) for k, v in GROUPS.items()}
    assert score.total == pytest.approx(61.8625)
    assert score.known == 100
    assert score.band is not None
    assert score.band.id == "average"


def test_points_stop_at_the_most_where_the_ratio_goes_on(connection: psycopg.Connection) -> None:
    adopt(connection, [procedure(1, online="full", fee=1, fee_online=True)])
    receipt = R.REUSED | R.WITH_DUTY | R.PAID_ONLINE
    found = components(judged(connection, application("03-02", channel=2, procedure=1, receipt=receipt)))
    capped = ("offered", "filed", "paying_procedures", "payable_procedures", "reused", "reception")
    assert {name: found[name].points for name in capped} == {
        "offered": 2, "filed": 6, "paying_procedures": 2, "payable_procedures": 2, "reused": 2, "reception": 6,
    }  # fmt: skip
    assert {found[name].ratio for name in capped} == {1}


def test_more_complaints_than_applications_make_zero_points_and_not_less(connection: psycopg.Connection) -> None:
    posted = application("03-02") + evaluation("03-03", V.COMPLAINT) + evaluation("03-04", V.COMPLAINT)
    reception = components(judged(connection, posted))["reception"]
    assert (reception.points, reception.ratio) == (0, 0)


def test_a_quarter_counts_what_its_months_do(connection: psycopg.Connection) -> None:
    quarter = parse_period("2026-Q1", "index").windows(LATER)
    found = components(judged(connection, LEDGER, quarter))
    assert (found["filed"].numerator, found["filed"].denominator) == (3, 10)
    assert (found["on_time"].numerator, found["on_time"].denominator) == (7, 10)


def test_what_was_still_open_then_is_judged_as_of_the_periods_end(connection: psycopg.Connection) -> None:
    april = components(judged(connection, LEDGER, parse_period("2026-04", "index").windows(LATER)))
    # Four are carried over, one of them ends, late; late by the index still waits: 2 of 4 are late.
    assert (april["on_time"].numerator, april["on_time"].denominator) == (2, 4)


def test_a_published_day_that_has_not_come_is_neither_kept_nor_missed(connection: psycopg.Connection) -> None:
    adopt(connection, [procedure(1, publish_by=date(2026, 5, 1)), procedure(2, publish_by=DUE, published_on=IN_TIME)])
    published = components(judged(connection, application("03-02")))["published"]
    assert (published.numerator, published.denominator) == (1, 1)
