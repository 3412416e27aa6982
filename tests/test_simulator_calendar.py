"""Office time: 07:30 to 11:30 and 13:30 to 17:30 on working days of Việt Nam."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.simulator.calendar import DAY, LOCAL, calendar_of

_CALENDAR = calendar_of(2026)
_MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1)).map(  # noqa: DTZ001 - made aware in the same breath
    lambda moment: moment.replace(microsecond=0, tzinfo=LOCAL)
)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("start", "seconds", "end"),
    [
        ("2026-06-17 08:00", 3600, "2026-06-17 09:00"),
        ("2026-06-17 11:00", 3600, "2026-06-17 14:00"),  # over lunch
        ("2026-06-17 12:15", 60, "2026-06-17 13:31"),
        ("2026-06-19 17:00", 3600, "2026-06-22 08:00"),  # over the weekend
        ("2026-06-20 20:00", 0, "2026-06-22 07:30"),
        ("2026-04-29 17:29:59", 2, "2026-05-04 07:30:01"),  # over 30 April and 1 May
        ("2026-02-13 16:30", DAY, "2026-02-23 16:30"),  # over Tết
    ],
)
def test_office_time_passes_in_office_hours_only(start: str, seconds: int, end: str) -> None:
    assert _CALENDAR.add(_at(start), seconds) == _at(end)
    assert _CALENDAR.between(_at(start), _at(end)) == seconds


def test_a_promise_is_the_close_of_a_working_day() -> None:
    assert _CALENDAR.close_after(_at("2026-06-18 16:00"), 1) == _at("2026-06-19 17:00")
    assert _CALENDAR.close_after(_at("2026-06-19 16:00"), 1) == _at("2026-06-22 17:00")
    assert _CALENDAR.close_after(_at("2026-06-20 09:00"), 1) == _at("2026-06-23 17:00")  # received on Monday


def test_a_public_holiday_is_no_working_day() -> None:
    assert not _CALENDAR.is_working(date(2026, 9, 2))
    assert _CALENDAR.is_working(date(2026, 9, 3))


@given(start=_MOMENTS, seconds=st.integers(0, 60 * DAY))
def test_adding_and_measuring_agree(start: datetime, seconds: int) -> None:
    end = _CALENDAR.add(start, seconds)
    assert _CALENDAR.between(start, end) == seconds
    assert _CALENDAR.opening_from(end) == end
    assert end >= start


@given(start=_MOMENTS, seconds=st.integers(0, 20 * DAY), more=st.integers(0, 20 * DAY))
def test_adding_twice_is_adding_the_sum(start: datetime, seconds: int, more: int) -> None:
    assert _CALENDAR.add(_CALENDAR.add(start, seconds), more) == _CALENDAR.add(start, seconds + more)


@given(moment=_MOMENTS)
def test_the_next_opening_is_at_most_a_long_holiday_away(moment: datetime) -> None:
    assert timedelta(0) <= _CALENDAR.opening_from(moment) - moment < timedelta(days=10)
