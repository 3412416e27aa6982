"""Reporting periods of both calendars begin and end on the days that the handbook says (3.6)."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.moment import datetime_of, day_number
from stream.kpi.period import CALENDARS, CalendarName, PeriodError, parse_period, period_of_days


@pytest.mark.parametrize(
    ("text", "calendar", "first", "last"),
    [
        ("2026", "index", "2026-01-01", "2026-12-31"),
        ("2026-H1", "index", "2026-01-01", "2026-06-30"),
        ("2026-H2", "index", "2026-07-01", "2026-12-31"),
        ("2026-Q1", "index", "2026-01-01", "2026-03-31"),
        ("2026-Q4", "index", "2026-10-01", "2026-12-31"),
        ("2024-02", "index", "2024-02-01", "2024-02-29"),
        ("2026-12", "index", "2026-12-01", "2026-12-31"),
        ("2026", "statutory", "2025-12-15", "2026-12-14"),
        ("2026-H1", "statutory", "2025-12-15", "2026-06-14"),
        ("2026-H2", "statutory", "2026-06-15", "2026-12-14"),
        ("2026-9M", "statutory", "2025-12-15", "2026-09-14"),
        ("2026-Q2", "statutory", "2026-03-15", "2026-06-14"),
        ("2026-06", "statutory", "2026-05-15", "2026-06-14"),
        ("2026-01", "statutory", "2025-12-15", "2026-01-14"),
    ],
)
def test_a_period_has_the_days_of_its_calendar(text: str, calendar: CalendarName, first: str, last: str) -> None:
    period = parse_period(text, calendar)
    assert (str(period.first), str(period.last)) == (first, last)
    assert (period.calendar, period.name) == (calendar, text)


@given(st.integers(1971, 9998), st.sampled_from(CALENDARS))
def test_months_quarters_and_halves_fill_the_year_without_gap_or_overlap(year: int, calendar: CalendarName) -> None:
    whole = parse_period(f"{year}", calendar)
    for parts in (
        [f"{month:02d}" for month in range(1, 13)],
        [f"Q{quarter}" for quarter in range(1, 5)],
        ["H1", "H2"],
        ["9M", "Q4"],
    ):
        periods = [parse_period(f"{year}-{part}", calendar) for part in parts]
        assert (periods[0].first, periods[-1].last) == (whole.first, whole.last)
        assert all(b.first - a.last == timedelta(days=1) for a, b in pairwise(periods))


@pytest.mark.parametrize("text", ["", "2026-13", "2026-00", "2026-Q5", "2026-H3", "2026-q1", "26-01", "2026-6", "1970"])
def test_what_names_no_period_is_refused(text: str) -> None:
    with pytest.raises(PeriodError, match="is not a period such as"):
        parse_period(text, "index")


def test_two_days_make_a_period_too_and_its_window_ends_with_the_last_or_now() -> None:
    period = period_of_days(date(2026, 3, 1), date(2026, 3, 14))
    assert (period.calendar, period.name) == (None, "2026-03-01..2026-03-14")
    after = period.windows(datetime(2026, 4, 1, tzinfo=UTC))
    assert datetime_of(after.until) == datetime(2026, 3, 14, 17, tzinfo=UTC)
    assert after.start("month") == day_number(date(2026, 3, 1))
    with pytest.raises(PeriodError, match="ends before"):
        period_of_days(date(2026, 3, 2), date(2026, 3, 1))
