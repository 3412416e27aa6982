"""Working time of many moments at once: what the calendar says of each of them, to the second."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.calendar import WorkingCalendar
from stream.core.moment import day_number, start_of
from stream.queue.working import WorkedTime, worked_time
from tests.building.applying import calendar

FIRST, LAST = start_of(day_number(date(1989, 1, 1))), start_of(day_number(date(2201, 1, 1))) - 1
ODD = WorkingCalendar(
    "odd", {0: ((0, 86_400),), 2: ((3_600, 7_201), (7_201, 50_000)), 5: ((1, 2),)},
    frozenset({date(2026, 3, 2)}), frozenset({date(2026, 3, 1)}), date(2026, 1, 1), date(2026, 12, 31),
)  # fmt: skip
NEAR = st.integers(start_of(day_number(date(2026, 1, 1))), start_of(day_number(date(2026, 12, 31))))


@given(st.lists(st.tuples(NEAR, NEAR), min_size=1, max_size=50))
def test_differences_are_what_the_calendar_measures(pairs: list[tuple[int, int]]) -> None:
    starts, ends = np.array(pairs, dtype=np.int64).T
    for each in (calendar(), ODD):
        worked = worked_time(each)
        found = worked.until(ends) - worked.until(starts)
        assert found.tolist() == [each.measure(start, end) for start, end in pairs]


@given(st.lists(st.integers(FIRST, LAST), min_size=1, max_size=30))
def test_it_speaks_of_all_the_years_that_the_calendar_does(moments: list[int]) -> None:
    found = worked_time(calendar()).until(np.array(moments, dtype=np.int64))
    assert found.tolist() == [calendar().measure(FIRST, moment) for moment in moments]


def test_the_edges_of_a_span_count_to_the_second() -> None:
    since, until = next(iter(ODD.spans()))
    moments = np.array([since - 1, since, since + 1, until - 1, until, until + 1])
    length = until - since
    assert (WorkedTime(ODD).until(moments) - WorkedTime(ODD).until_one(since)).tolist() == [
        0, 0, 1, length - 1, length, length,
    ]  # fmt: skip


@pytest.mark.parametrize("moment", [FIRST - 1, LAST + 1])
def test_it_is_silent_of_other_years_as_the_calendar_is(moment: int) -> None:
    with pytest.raises(ValueError, match="the calendar speaks of 1989-01-01 to 2200-12-31"):
        worked_time(calendar()).until(np.array([moment]))
