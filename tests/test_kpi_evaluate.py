"""From sums to figures, and over which time they count."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.moment import date_of, datetime_of, day_number, moment_of
from stream.kpi.catalogue import load_catalogue
from stream.kpi.definition import WindowName
from stream.kpi.evaluate import evaluate
from stream.kpi.readings import Ask, Found, Readings, asks_of
from stream.kpi.terms import Count, Term
from stream.kpi.trend import day_sums, trend_of
from stream.kpi.window import Windows
from stream.live import BOARD_KPIS

NOON = datetime(2026, 3, 17, 5, tzinfo=UTC)
TODAY = day_number(date(2026, 3, 17))


def readings(sums: Mapping[str, Mapping[int, int]], heard: Mapping[int, int] | None = None) -> Readings:
    """Sums by the name of a term, for every KPI of the catalogue; others are empty."""
    asks = asks_of(load_catalogue())
    return Readings(
        Windows.at(NOON),
        {3979: 0, 3980: 0} if heard is None else heard,
        Found({ask: sums.get(str(ask.term), {}) for ask in asks if isinstance(ask.term, Term)}),
    )


def test_a_rate_of_the_area_is_of_its_sums_and_not_a_mean_of_rates() -> None:
    read = readings({"settled_early": {3979: 99, 3980: 0}, "settled_late": {3979: 0, 3980: 1}})
    area, one, other = evaluate([load_catalogue()["on_time_rate"]], read, [None, "03979", "03980"])
    assert (area.value, one.value, other.value) == (0.99, 1.0, 0.0)
    assert (area.numerator, area.denominator) == (99, 100)


def test_figures_come_by_kpi_and_then_by_unit_with_the_state_of_their_sources() -> None:
    kpis = [load_catalogue()[name] for name in ("overdue_now", "received_today")]
    figures = evaluate(kpis, readings({"overdue": {3979: 2}}), [None, "03979"], state="late")
    assert [(figure.kpi, figure.unit, figure.value, figure.state) for figure in figures] == [
        ("overdue_now", None, 2, "late"),
        ("overdue_now", "03979", 2, "late"),
        ("received_today", None, 0, "late"),
        ("received_today", "03979", 0, "late"),
    ]
    assert figures[0].inputs == {Term("overdue"): 2}
    assert figures[0].numerator is None


def test_without_denominator_a_rate_is_null_and_a_count_is_zero() -> None:
    values = {figure.kpi: figure.value for figure in evaluate(load_catalogue().only(BOARD_KPIS), readings({}))}
    assert {name for name, value in values.items() if value is None} == {"on_time_rate", "early_rate", "online_rate"}
    assert {value for value in values.values() if value is not None} == {0}


def test_before_anything_is_known_every_figure_is_null() -> None:
    # Of a register something is known without any application; "0 points judged" is what the index says of nothing.
    kpis = [
        kpi
        for kpi in load_catalogue()
        if not kpi.id.endswith("_known") and not any(isinstance(each, Count) for each in kpi.inputs)
    ]
    for heard in ({}, {3980: TODAY + 1}):
        assert {figure.value for figure in evaluate(kpis, readings({}, heard), [None, "03980"])} == {None}


def test_early_on_the_date_late_and_undated_add_up_to_settled() -> None:
    read = readings(
        {
            name: {3980: n}
            for n, name in enumerate(("settled_early", "settled_on_date", "settled_late", "settled_undated"), 1)
        }
    )
    [settled] = evaluate([load_catalogue()["settled_month"]], read)
    assert settled.value == 1 + 2 + 3 + 4


@pytest.mark.parametrize(
    ("window", "start"),
    [("day", "2026-03-17"), ("month", "2026-03-01"), ("period", "2026-03-01"), ("quarter", "2026-01-01"),
     ("year", "2026-01-01")],
)  # fmt: skip
def test_a_window_begins_at_local_midnight_or_with_the_month_the_quarter_or_the_year(
    window: WindowName, start: str
) -> None:
    assert str(date_of(Windows.at(NOON).start(window))) == start


def test_seven_in_the_morning_in_utc_is_two_in_the_afternoon_here() -> None:
    late = datetime(2026, 2, 28, 17, 0, 0, tzinfo=UTC)  # 1 March, 0:00 local
    assert str(date_of(Windows.at(late).start("month"))) == "2026-03-01"
    assert str(date_of(Windows.at(late - timedelta(seconds=1)).start("month"))) == "2026-02-01"


def test_a_period_ends_with_its_last_day_or_now_if_that_is_earlier() -> None:
    first = date(2026, 3, 1)
    assert datetime_of(Windows.over(first, date(2026, 3, 2), NOON).until) == datetime(2026, 3, 2, 17, tzinfo=UTC)
    assert Windows.over(first, date(2026, 3, 31), NOON).until == moment_of(NOON) + 1
    assert Windows.over(first, None, NOON).start("day") == day_number(first)


@given(st.lists(st.integers(-9, 9), min_size=5, max_size=5), st.integers(0, 20))
def test_the_trend_of_a_level_is_its_stand_at_each_days_end(steps: list[int], before: int) -> None:
    term = Term("open")
    days = range(TODAY - 5, TODAY)
    gained = {term: dict(zip(days, steps, strict=True))}
    trend = trend_of(load_catalogue()["being_handled"], day_sums([term], {term: before}, gained, days, {term: 0}))
    assert trend == tuple(before + sum(steps[: place + 1]) for place in range(5))


def test_the_trend_of_a_level_at_the_start_is_its_stand_at_the_end_of_the_day_before() -> None:
    level, at_start = Term("open"), Term("open", at="start")
    days = range(TODAY - 3, TODAY)
    known = {at_start: TODAY - 3, level: TODAY - 3}
    sums = day_sums([at_start, level], {level: 7}, {level: {TODAY - 3: 1, TODAY - 1: -4}}, days, known)
    assert [(day[at_start], day[level]) for day in sums] == [(7, 8), (8, 8), (8, 4)]


def test_the_trend_of_a_rate_is_of_each_day_alone_and_null_before_anything_is_known() -> None:
    kpi = load_catalogue()["online_rate"]
    online, received = Term("received", channel=2), Term("received")
    days = range(TODAY - 3, TODAY)
    gained = {online: {TODAY - 2: 1, TODAY - 1: 3}, received: {TODAY - 2: 2, TODAY - 1: 3}}
    known = {online: TODAY - 2, received: TODAY - 2}
    assert trend_of(kpi, day_sums([online, received], {}, gained, days, known)) == (None, 0.5, 1.0)


def test_a_trend_begins_where_anything_is_known_of_what_it_is_about() -> None:
    documents, received = Term("document_out"), Term("received")
    known = {documents: None, received: TODAY - 2}
    sums = day_sums([documents, received], {}, {documents: {}, received: {}}, range(TODAY - 2, TODAY), known)
    assert [(day[documents], day[received]) for day in sums] == [(None, 0), (None, 0)]


def test_a_level_has_no_window_and_is_asked_for_once() -> None:
    asks = asks_of(load_catalogue()[name] for name in ("being_handled", "received_today", "received_month"))
    assert asks == (Ask(Term("open"), None), Ask(Term("received"), "day"), Ask(Term("received"), "month"))
