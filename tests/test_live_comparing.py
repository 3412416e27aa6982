"""Today is compared with the same working day of a week before, by the calendar with its holidays and swapped days."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from stream.core.calendar import WorkingCalendar
from stream.live.comparing import compared_with, local_day, shipped_comparing

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
OFF = frozenset({date(2026, 2, 16), date(2026, 2, 17), date(2026, 2, 23), date(2026, 3, 3)})
ON = frozenset({date(2026, 3, 7)})
CALENDAR = WorkingCalendar("made-up", days_off=OFF, days_on=ON)
WEEKS = shipped_comparing().weeks_back


def compared(day: str, clock: str = "10:00") -> str | None:
    then = compared_with(datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=LOCAL), CALENDAR)
    return None if then is None else then.astimezone(LOCAL).isoformat()[:16]


def test_a_working_day_is_compared_with_the_same_weekday_a_week_before_at_the_same_time_of_day() -> None:
    assert compared("2026-03-13", "16:59") == "2026-03-06T16:59"


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-03-02", "2026-02-09"), ("2026-03-10", "2026-02-24"), ("2026-02-24", "2026-02-10")],
)
def test_days_on_which_the_offices_were_shut_are_passed_over(day: str, expected: str) -> None:
    assert compared(day) == f"{expected}T10:00"


@pytest.mark.parametrize("day", ["2026-03-15", "2026-03-14", "2026-02-23"])
def test_a_day_off_is_compared_with_seven_days_before_whatever_that_was(day: str) -> None:
    assert compared(day) == f"{date.fromisoformat(day) - timedelta(days=7)}T10:00"


def test_a_saturday_that_is_worked_has_nothing_to_be_compared_with_but_another_one() -> None:
    assert compared("2026-03-07") is None
    again = WorkingCalendar("made-up", days_on=ON | {date(2026, 2, 14)})
    then = compared_with(datetime(2026, 3, 7, 10, tzinfo=LOCAL), again)
    assert then is not None
    assert local_day(then) == date(2026, 2, 14)


def test_it_is_looked_for_some_weeks_back_and_no_further() -> None:
    friday = date(2026, 3, 13)
    shut = {friday - timedelta(weeks=weeks) for weeks in range(1, WEEKS)}
    now = datetime(2026, 3, 13, 10, tzinfo=LOCAL)
    newest = WorkingCalendar("made-up", days_off=frozenset(shut))
    assert compared_with(now, newest) == now - timedelta(weeks=WEEKS)
    assert compared_with(now, WorkingCalendar("made-up", days_off=frozenset({*shut, date(2026, 1, 16)}))) is None


def test_the_day_is_the_local_one() -> None:
    assert compared("2026-03-10", "00:00") == "2026-02-24T00:00"
    assert compared("2026-03-09", "23:59") == "2026-03-02T23:59"
