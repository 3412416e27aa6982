"""The trend on a passport: the same values as `ioc kpi series`, now and as known then, and who changed which day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dashboard.figure.asked import Asked
from dashboard.figure.days import read_of_days
from dashboard.figure.past import grain_of, past_json, read_past
from stream.core.ledger import Measure
from stream.core.moment import Moment, date_of, datetime_of, day_number, day_of, moment_of, start_of
from stream.kpi.catalogue import load_catalogue
from stream.kpi.definition import Kpi
from stream.kpi.evaluate import figure_of
from stream.kpi.expression import Operation, Operator, Value
from stream.kpi.terms import Term
from stream.kpi.window import Windows
from stream.store.reading import snapshot
from stream.store.views import read_views
from tests.building.moments import local
from tests.ledgers import Posted, fill
from tests.test_kpi_changes import cased
from tests.test_kpi_reading import MOMENTS, UNITS, ledgers, terms

DAYS = range(day_number(date(2025, 12, 28)), day_number(date(2026, 1, 6)))
CODES = st.none() | st.sampled_from([f"{unit:05d}" for unit in UNITS])
NOON = local("2026-03-03 12:00")


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        yield connection


def by_series(connection: psycopg.Connection, asked: Asked, known_at: datetime | None) -> list[Value]:
    """The same day by day as the command line reads it."""
    windows = [Windows(start_of(day + 1), day) for day in DAYS]
    views = read_views(connection, [asked.kpi], windows, known_at)
    return [figure_of(asked.kpi, view.readings, asked.unit).value for view in views]


def share(upper: Term, lower: Term) -> Kpi:
    return Kpi("share", load_catalogue()["on_time_rate"].definition, Operation(Operator.DIVIDE, upper, lower))


@settings(
    deadline=None,
    max_examples=12,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ledgers().map(cased), terms(), terms(), CODES, st.sampled_from(MOMENTS))
def test_each_day_is_what_the_series_says_now_and_as_known_then(
    connection: psycopg.Connection, posted: list[Posted], upper: Term, lower: Term, unit: str | None, known: Moment
) -> None:
    fill(connection, posted)
    then = datetime_of(known)
    asked = Asked(share(upper, lower), unit, None, then)
    with snapshot(connection):
        found = read_of_days(connection, asked, DAYS, then)
        assert list(found.now) == by_series(connection, asked, None)
        assert list(found.then) == by_series(connection, asked, then)
    for day, before, after in zip(DAYS, found.then, found.now, strict=True):
        if before is not None and before != after:
            assert found.cases[day], date_of(day)


def posted(day: int, case: int, known: datetime | None = None, n: int = 1) -> Posted:
    """An application received at nine on a day of March 2026, known at once where nothing else is said."""
    at = moment_of(local(f"2026-03-{day:02d} 09:00"))
    return Posted(Measure.RECEIVED, 3980, at, at if known is None else moment_of(known), n, case=case)


def begin(connection: psycopg.Connection, at: datetime) -> None:
    """The log has an event of then: the centre had begun."""
    connection.execute("insert into part_offset (part, next_pos, applied) values (0, 1, 1)")
    connection.execute(
        "insert into event (part, pos, appended_at, case_id, eid, at, body) values (0, 0, %s, 1, 1, %s, '')", [at, at]
    )


def test_days_that_changed_today_are_named_with_before_after_and_how_many_cases(
    connection: psycopg.Connection,
) -> None:
    begin(connection, local("2026-01-01 08:00"))
    today = local("2026-03-03 08:30")
    rows = [
        posted(1, 1),
        posted(1, 2),
        posted(2, 3),
        posted(1, 1, today, n=-1),
        posted(2, 1, today),
        posted(2, 9, today),
    ]
    fill(connection, [*rows, posted(2, 4), posted(2, 4, today, n=-1), posted(2, 4, today)])
    told = past_json(read_past(connection, Asked(load_catalogue()["received_month"]), NOON))
    assert told["restated"] == [
        {"day": date(2026, 3, 2), "before": 2, "after": 4, "cases": 2},
        {"day": date(2026, 3, 1), "before": 2, "after": 1, "cases": 1},
    ]
    assert (told["restated_days"], told["restated_cases"]) == (2, 2)
    assert told["changed"] == {"2026-03-02": 2, "2026-03-01": 2}
    assert told["values"][-3:] == (None, 1, 4)
    assert told["days"][-1] == date(2026, 3, 2)


def test_a_level_is_another_from_the_day_on_which_a_case_changed_it(connection: psycopg.Connection) -> None:
    begin(connection, local("2026-01-01 08:00"))
    at, known = moment_of(local("2026-02-27 09:00")), moment_of(local("2026-03-03 08:00"))
    first = Posted(Measure.OVERDUE_IN, 3980, at - 86_400 * 40, at, case=1)
    fill(connection, [first, Posted(Measure.OVERDUE_IN, 3980, at, known, case=2)])
    past = read_past(connection, Asked(load_catalogue()["overdue_now"], "03980"), NOON)
    assert [(str(each.day), each.before, each.after, each.cases) for each in past.restated] == [
        (f"2026-{day}", 1, 2, 1) for day in ("03-02", "03-01", "02-28", "02-27")
    ]


def test_the_history_with_which_a_centre_begins_is_no_restatement(connection: psycopg.Connection) -> None:
    today = local("2026-03-03 08:30")
    begin(connection, today)
    fill(connection, [posted(1, 1, today), posted(2, 2, today)])
    past = read_past(connection, Asked(load_catalogue()["received_month"]), NOON)
    assert (past.restated, past.cases) == ([], 0)
    assert past.values[-2:] == (1, 1)


def test_days_on_which_a_source_of_the_figure_was_late_are_marked(connection: psycopg.Connection) -> None:
    fill(connection, [posted(1, 1)])
    connection.execute(
        "insert into source_promise (part, pos, known_at, source, kind, streams, units, cadence, active) values"
        " (0, 1, '2026-01-01', 'a', 'x', '{onestop}', '{}', 600, true),"
        " (0, 2, '2026-01-01', 'b', 'x', '{documents}', '{}', 600, true)"
    )
    connection.execute(
        "insert into incident (cause, source, began_at, seen_at, recovered_at, closed_at) values"
        " ('silent', 'a', '2026-02-10 09:00+07', now(), '2026-02-11 09:00+07', '2026-02-11 10:00+07'),"
        " ('silent', 'b', '2026-02-20 09:00+07', now(), '2026-02-20 10:00+07', '2026-02-20 10:30+07'),"
        " ('halted', null, '2026-03-02 09:00+07', now(), null, null)"
    )
    late = {
        name: [str(day) for day in read_past(connection, Asked(load_catalogue()[name]), NOON).late]
        for name in ("received_month", "documents_open")
    }
    assert late == {
        "received_month": ["2026-02-10", "2026-02-11", "2026-03-02"], "documents_open": ["2026-02-20", "2026-03-02"],
    }  # fmt: skip


def test_what_a_single_day_says_nothing_of_is_told_month_by_month(connection: psycopg.Connection) -> None:
    fill(connection, [posted(1, 1), posted(2, 2)])
    assert grain_of(load_catalogue()["index_total"]) == grain_of(load_catalogue()["online_services_rate"]) == "month"
    assert grain_of(load_catalogue()["line_mos"]) == grain_of(load_catalogue()["on_time_rate"]) == "day"
    kpi = load_catalogue()["index_on_time_rate"]
    april = read_past(connection, Asked(kpi), local("2026-04-20 09:00"))
    assert (len(april.days), april.days[-1], april.values[-2]) == (12, date(2026, 3, 31), None)


def test_a_unit_has_no_days_of_the_unit_that_bore_its_code_before(connection: psycopg.Connection) -> None:
    old, new = (moment_of(datetime(2025, month, 5, 2, tzinfo=UTC)) for month in (1, 8))
    fill(connection, [Posted(Measure.RECEIVED, 4033, old), Posted(Measure.RECEIVED, 4033, new)])
    at = datetime(2025, 8, 10, tzinfo=UTC)
    kpi = load_catalogue()["received_month"]
    unit, area = (read_past(connection, Asked(kpi, code), at) for code in ("04033", None))
    place = day_of(old) - day_number(unit.days[0])
    assert (unit.values[place], area.values[place]) == (None, 1)
    assert unit.values[day_of(new) - day_number(unit.days[0])] == 1
    assert unit.days[-1] == (at - timedelta(days=1)).date()
