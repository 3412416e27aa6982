"""Working time is exact to the second, against a reference that walks minute by minute."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.calendar import OFFICE_HOURS, WorkingCalendar
from stream.core.moment import day_of, moment_of, start_of
from stream.core.public_holidays import vietnamese_holidays
from tests.building.applying import calendar
from tests.building.moments import moment

minutes = st.integers(moment("2026-01-01 00:00") // 60, moment("2026-03-31 23:59") // 60).map(lambda each: each * 60)
working_minutes = st.integers(0, 60 * 60).map(lambda each: each * 60)


def worked_by_walking(start: int, end: int, off: frozenset[date]) -> int:
    """The reference: asks of every minute whether it is worked, in plain datetimes."""
    worked = 0
    for minute in range(start, end, 60):
        local = datetime.fromtimestamp(minute + 7 * 3600, UTC)
        clock = local.hour * 3600 + local.minute * 60
        open_now = any(since <= clock < until for since, until in OFFICE_HOURS)
        worked += 60 * (open_now and local.weekday() < 5 and local.date() not in off)
    return worked


@given(minutes, st.integers(0, 12 * 24 * 60))
def test_working_time_is_what_walking_minute_by_minute_finds(start: int, length: int) -> None:
    end = start + length * 60
    off = vietnamese_holidays([2026])
    assert calendar().measure(start, end) == worked_by_walking(start, end, off)


@given(minutes, working_minutes)
def test_adding_working_time_is_undone_by_measuring_it(start: int, seconds: int) -> None:
    end = calendar().add(start, seconds)
    assert calendar().measure(start, end) == seconds
    if seconds:
        assert calendar().measure(start, end - 1) == seconds - 1


@given(minutes, working_minutes)
def test_subtracting_finds_the_first_moment_from_which_no_more_is_left(end: int, seconds: int) -> None:
    start = calendar().subtract(end, seconds)
    if seconds:
        assert calendar().measure(start, end) == seconds
        assert calendar().measure(start - 1, end) == seconds + 1


def test_a_term_over_the_lunar_new_year_skips_the_holidays() -> None:
    before = moment("2026-02-13 15:30")
    assert calendar().add(before, calendar().working_day) == moment("2026-02-23 15:30")


def test_a_day_swapped_on_is_worked_and_a_day_swapped_off_is_not() -> None:
    swapped = WorkingCalendar("swapped", days_off=frozenset({date(2026, 1, 2)}), days_on=frozenset({date(2026, 1, 10)}))
    assert swapped.is_working_day(date(2026, 1, 10))
    assert not swapped.is_working_day(date(2026, 1, 2))
    assert swapped.add(moment("2026-01-01 15:30"), swapped.working_day) == moment("2026-01-05 15:30")
    assert swapped.measure(moment("2026-01-10 00:00"), moment("2026-01-11 00:00")) == swapped.working_day


def test_a_moment_that_the_calendar_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="the calendar speaks of 1989-01-01 to 2200-12-31, not of 1970-01-01"):
        calendar().measure(0, 100)


def test_a_naive_datetime_is_no_moment() -> None:
    with pytest.raises(ValueError, match="time zone"):
        moment_of(datetime.fromisoformat("2026-01-01 00:00"))


@given(minutes)
def test_a_local_day_begins_at_local_midnight(at: int) -> None:
    begins = datetime.fromtimestamp(start_of(day_of(at)), UTC)
    assert (begins.hour, begins.minute) == (17, 0)
    assert start_of(day_of(at)) <= at < start_of(day_of(at) + 1)


@given(minutes)
def test_a_working_day_before_is_found_at_once_where_it_is_easy(end: int) -> None:
    saturdays = {**dict.fromkeys(range(5), OFFICE_HOURS), 5: OFFICE_HOURS[:1]}
    for each in (calendar(), WorkingCalendar("with Saturday mornings", saturdays)):
        assert each.a_working_day_before(end) == each.subtract(end, each.working_day)
