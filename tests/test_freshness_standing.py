"""How a source stands by its promise: silence counts in working time, to the second."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.calendar import OFFICE_HOURS, WorkingCalendar
from stream.core.freshness import Promise, Signs, is_working, overdue_from, standing
from stream.core.moment import Moment, day_number, start_of
from tests.building.applying import calendar
from tests.building.moments import moment

TEN_MINUTES = Promise(600, 0)


def heard_at(when: str) -> Signs:
    return Signs(moment(when))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-17 09:00:00", "live"),
        ("2026-03-17 09:10:00", "live"),  # exactly its cadence
        ("2026-03-17 09:10:01", "silent"),  # and the first second after
        ("2026-03-17 23:00:00", "silent"),  # no less so at night
    ],
)
def test_a_source_is_silent_from_the_first_second_after_its_cadence(now: str, expected: str) -> None:
    assert standing(TEN_MINUTES, heard_at("2026-03-17 09:00:00"), moment(now), calendar()) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-16 17:29:59", "live"),
        ("2026-03-16 17:30:00", "closed"),
        ("2026-03-17 03:00:00", "closed"),
        ("2026-03-17 07:29:59", "closed"),
        ("2026-03-17 07:30:00", "live"),
        ("2026-03-17 07:30:01", "live"),  # no alarm at opening time
        ("2026-03-17 07:35:00", "live"),  # five minutes of work on either side of the night
        ("2026-03-17 07:35:01", "silent"),
        ("2026-03-17 12:00:00", "silent"),
    ],
)
def test_a_night_is_no_time(now: str, expected: str) -> None:
    assert standing(TEN_MINUTES, heard_at("2026-03-16 17:25:00"), moment(now), calendar()) == expected


def test_the_new_year_is_no_time_either() -> None:
    eve, tet, back = "2026-02-13 17:29:00", "2026-02-18 09:00:00", "2026-02-23 07:38:00"
    assert standing(TEN_MINUTES, heard_at(eve), moment(tet), calendar()) == "closed"
    assert standing(TEN_MINUTES, heard_at(eve), moment(back), calendar()) == "live"


def test_a_source_that_was_never_heard_of_says_so_and_is_overdue_a_cadence_after_its_promise() -> None:
    promise = Promise(600, moment("2026-03-17 09:00:00"))
    assert standing(promise, Signs(), moment("2026-03-17 09:00:01"), calendar()) == "never"
    assert standing(promise, Signs(), moment("2026-03-18 09:00:00"), calendar()) == "never"
    assert overdue_from(promise, Signs(), calendar()) == moment("2026-03-17 09:10:01")


def test_a_source_that_is_taken_up_again_has_a_cadence_of_time() -> None:
    promise = Promise(600, moment("2026-03-17 09:00:00"))
    signs = heard_at("2026-01-05 09:00:00")
    assert standing(promise, signs, moment("2026-03-17 09:10:00"), calendar()) == "live"
    assert standing(promise, signs, moment("2026-03-17 09:10:01"), calendar()) == "silent"


def test_a_source_that_promised_nothing_is_live_for_ever_once_it_was_heard_of() -> None:
    assert standing(None, Signs(), moment("2026-03-17 09:00"), calendar()) == "never"
    assert standing(None, heard_at("2024-03-15 09:00"), moment("2026-03-17 09:00"), calendar()) == "live"


def test_a_source_is_late_where_it_says_itself_that_it_is_behind() -> None:
    now = moment("2026-03-17 10:00:00")
    assert standing(TEN_MINUTES, Signs(now, moment("2026-03-17 09:50:00")), now, calendar()) == "live"
    assert standing(TEN_MINUTES, Signs(now, moment("2026-03-17 09:49:59")), now, calendar()) == "late"


def test_what_it_is_complete_until_outweighs_an_old_event_that_comes_late() -> None:
    now, old = moment("2026-03-17 10:00:00"), moment("2026-03-10 10:00:00")
    assert standing(TEN_MINUTES, Signs(now, now, old, now), now, calendar()) == "live"
    assert standing(TEN_MINUTES, Signs(now, None, old, now), now, calendar()) == "late"


def test_a_quiet_hour_is_no_lag() -> None:
    now, then = moment("2026-03-17 10:00:00"), moment("2026-03-17 08:00:00")
    assert standing(TEN_MINUTES, Signs(now, None, then, then + 30), now, calendar()) == "live"


def test_what_lags_overnight_has_lagged_in_working_time() -> None:
    """It sends at night what happened until half an hour before closing time."""
    night = moment("2026-03-16 23:00:00")
    assert standing(TEN_MINUTES, Signs(night, moment("2026-03-16 17:00:00")), night, calendar()) == "late"
    assert standing(TEN_MINUTES, Signs(night, moment("2026-03-16 17:21:00")), night, calendar()) == "closed"


cadences = st.integers(10, 4 * 28_800)
moments = st.integers(moment("2026-01-01 00:00"), moment("2026-12-31 00:00"))


@given(cadences, moments)
def test_silence_begins_at_one_second_of_working_time(cadence: int, heard: Moment) -> None:
    promise, signs = Promise(cadence, 0), Signs(heard)
    silent_from = overdue_from(promise, signs, calendar())
    assert standing(promise, signs, silent_from, calendar()) == "silent"
    assert standing(promise, signs, silent_from - 1, calendar()) in {"live", "closed"}
    assert is_working(silent_from - 1, calendar())


@given(cadences, moments, st.integers(0, 14 * 86_400))
def test_no_night_weekend_or_holiday_makes_a_source_silent(cadence: int, heard: Moment, later: int) -> None:
    """Over time without work nothing changes but that it is closed."""
    promise, signs, now = Promise(cadence, 0), Signs(heard), heard + later
    if is_working(now, calendar()):
        return
    last = calendar().subtract(now, 1) + 1  # the end of the last working second before
    before = standing(promise, signs, max(heard, last), calendar())
    assert standing(promise, signs, now, calendar()) == ("closed" if before == "live" else before)


offs = st.frozensets(st.dates(date(2026, 3, 2), date(2026, 3, 20)), max_size=10)


@given(offs, cadences, st.integers(0, 14 * 86_400), st.integers(0, 14 * 86_400))
def test_silence_is_counted_second_by_second(days_off: frozenset[date], cadence: int, heard: int, later: int) -> None:
    """Held against a count of working seconds that knows nothing of the calendar's arithmetic."""
    begin = start_of(day_number(date(2026, 3, 2)))
    by = WorkingCalendar("drawn", days_off=days_off, first=date(2026, 3, 1), last=date(2026, 4, 30))
    worked = sum(_worked(day, days_off, begin + heard, begin + heard + later) for day in range(31))
    state = standing(Promise(cadence, 0), Signs(begin + heard), begin + heard + later, by)
    assert (state == "silent") == (worked > cadence)


def _worked(day: int, days_off: frozenset[date], start: Moment, end: Moment) -> int:
    """Working seconds of the n-th day from 2 March 2026, a Monday, on, between two moments."""
    number = day_number(date(2026, 3, 2)) + day
    if day % 7 > 4 or date.fromordinal(date(2026, 3, 2).toordinal() + day) in days_off:
        return 0
    midnight = start_of(number)
    return sum(max(0, min(end, midnight + until) - max(start, midnight + since)) for since, until in OFFICE_HOURS)
