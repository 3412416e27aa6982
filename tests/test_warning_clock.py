"""The clock of early warning: working time for many moments, and what was known of a case when."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from stream.core.application import fold_ordered
from stream.core.entries import entries
from stream.core.ledger import Measure
from stream.core.timeline import Record, order
from stream.warning.columns import columns
from stream.warning.landmarks import landmarks, openings, worked_between
from stream.warning.observed import late_at, steps
from stream.warning.worked import NEVER, Worked
from tests.building.moments import moment
from tests.building.timelines import timelines, whole
from tests.building.waiting import CALENDAR, DAY, RULES

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
WORKED = Worked(CALENDAR, FIRST, LAST)
moments = st.integers(moment("2026-01-02 00:00"), moment("2026-12-30 00:00"))


@given(moments, moments)
def test_working_time_is_the_calendars(one: int, other: int) -> None:
    since, until = WORKED.until(np.array([one, other]))
    assert until - since == CALENDAR.measure(one, other)


def test_nothing_is_worked_before_the_first_day_and_after_the_last() -> None:
    before, after, never = WORKED.until(np.array([moment("2020-01-01 09:00"), moment("2030-01-01 09:00"), NEVER]))
    assert (before, after) == (0, never)


@given(timelines, moments)
@settings(max_examples=40)
def test_what_is_late_is_late_in_the_ledger(timeline: list[Record], now: int) -> None:
    state = fold_ordered(sorted(timeline, key=order), RULES)
    posted = entries(state, RULES)
    late = [each.at for each in posted if each.measure in {Measure.OVERDUE_IN, Measure.SETTLED_LATE}]
    assert (late_at(state) <= now) == any(at <= now for at in late)


@given(timelines, timelines, moments)
@settings(max_examples=40)
def test_nothing_later_is_seen(past: list[Record], future: list[Record], now: int) -> None:
    known = sorted((record for record in past if record.at <= now), key=order)
    later = sorted((record for record in future if record.at > now), key=order)
    seen, foreseen = (columns(steps(1, records, RULES, 0)).held_at(now) for records in (known, [*known, *later]))
    one, other = (landmarks(each, [now], WORKED) for each in (seen, foreseen))
    for name in ("waited", "remaining", "overdue", "load"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()
    for name in ("received", "over", "ended", "late_at", "paused", "status", "unit", "procedure"):
        assert getattr(one.steps, name).tolist() == getattr(other.steps, name).tolist()


@given(timelines, moments)
@settings(max_examples=40)
def test_only_the_part_that_is_measured_is_kept_step_by_step(timeline: list[Record], since: int) -> None:
    records = sorted(timeline, key=order)
    all_of_it, rest = (columns(steps(1, records, RULES, start)) for start in (0, since))
    for at in (since, since + 5 * 86_400, since + 50 * 86_400):
        assert rest.held_at(at).late_at.tolist() == all_of_it.held_at(at).late_at.tolist()


def test_while_it_is_paused_both_times_stand() -> None:
    records = [
        whole(2, "2026-03-02 08:00", received="2026-03-02 08:00", due="2026-03-06 17:00"),
        whole(5, "2026-03-03 08:00", received="2026-03-02 08:00", due="2026-03-06 17:00"),
    ]
    found = columns(steps(1, records, RULES, 0))
    asked = [moment(f"2026-03-{day} 08:00") for day in ("03", "04", "05", "10")]
    seen = landmarks(found, asked, worked_between(CALENDAR, asked[0], asked[-1]))
    assert seen.waited.tolist() == [DAY] * 4
    assert seen.remaining.tolist() == [4 * DAY - 1800] * 4
    assert not seen.overdue.any()


def test_what_remains_is_counted_to_the_end_of_the_due_day() -> None:
    records = [whole(2, "2026-03-02 08:00", received="2026-03-02 08:00", due="2026-03-03 09:00")]
    found = columns(steps(1, records, RULES, 0))
    asked = [moment("2026-03-03 16:30"), moment("2026-03-03 23:00"), moment("2026-03-04 00:00")]
    seen = landmarks(found, asked, worked_between(CALENDAR, asked[0], asked[-1]))
    assert seen.remaining.tolist() == [3600, 0, 0]
    assert seen.overdue.tolist() == [False, False, True]


def test_what_nobody_gave_a_due_date_is_load_but_is_not_foreseen() -> None:
    dated = whole(2, "2026-03-02 08:00", received="2026-03-02 08:00", due="2026-03-10 09:00")
    undated = whole(2, "2026-03-02 08:00", received="2026-03-02 08:00")
    found = columns([*steps(1, [dated], RULES, 0), *steps(2, [undated], RULES, 0)])
    asked = [moment("2026-03-03 08:00")]
    seen = landmarks(found, asked, worked_between(CALENDAR, asked[0], asked[0]))
    assert (seen.steps.case.tolist(), seen.load.tolist()) == ([1], [2.0])


def test_observations_are_made_as_work_begins_on_working_days() -> None:
    since, until = moment("2026-03-06 00:00"), moment("2026-03-10 00:00")
    assert openings(CALENDAR, since, until) == [moment("2026-03-06 07:30"), moment("2026-03-09 07:30")]
