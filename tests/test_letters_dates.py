"""The new date: a working day after today, by the calendar in force."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.letters.dates import check_new_date, end_of_work, free_days, proposed
from dashboard.letters.errors import LetterError
from tests.building.applying import calendar
from tests.building.moments import local

TUESDAY = date(2026, 2, 10)
NEW_YEAR = date(2026, 2, 17)  # Tết: free from the 14th to the 22nd, weekends among them


@pytest.mark.parametrize(
    ("after", "day"), [(1, date(2026, 2, 11)), (3, date(2026, 2, 13)), (4, date(2026, 2, 23)), (5, date(2026, 2, 24))]
)
def test_it_is_proposed_so_many_working_days_ahead(after: int, day: date) -> None:
    assert proposed(calendar(), TUESDAY, after) == day


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (TUESDAY, "not_after_today"),
        (date(2026, 2, 9), "not_after_today"),
        (date(2026, 2, 14), "not_a_working_day"),
        (NEW_YEAR, "not_a_working_day"),
        (date(2027, 2, 11), "too_far"),
        (date(9999, 12, 31), "too_far"),
    ],
)
def test_other_days_are_refused_with_the_reason(day: date, reason: str) -> None:
    with pytest.raises(LetterError, match=reason):
        check_new_date(calendar(), day, TUESDAY, 365)


@given(st.dates(date(2025, 1, 1), date(2030, 12, 31)), st.integers(1, 60))
def test_what_is_proposed_can_be_promised_and_what_is_free_can_not(today: date, after: int) -> None:
    day = proposed(calendar(), today, after)
    check_new_date(calendar(), day, today, 365)
    free = free_days(calendar(), today, 120)
    assert day not in free
    assert sum(calendar().is_working_day(each) for each in free) == 0


def test_the_promise_holds_until_work_ends_that_day() -> None:
    assert end_of_work(calendar(), date(2026, 2, 13)) == local("2026-02-13 17:30")
