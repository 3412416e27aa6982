"""When snapshots are due: every slot once, however time is cut; Tết, swapped days, leap years, ends of years."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.calendar import WorkingCalendar
from stream.kpi.period import PeriodError
from stream.snapshot.schedule.periods import period_before, period_named, periods_ending
from stream.snapshot.schedule.reading import shipped_schedules
from stream.snapshot.schedule.schedule import Schedule
from stream.snapshot.schedule.slots import LOOK_BACK, slots_between
from tests.building.applying import calendar
from tests.building.moments import LOCAL, local
from tests.building.schedules import EVERY_PERIOD, a_schedule

SHIPPED = shipped_schedules()
SCHEDULES = [*SHIPPED, *(a_schedule(period, line) for period, line in EVERY_PERIOD.items())]

moments = st.datetimes(datetime(2015, 1, 1), datetime(2051, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001 - made aware at once
days = st.dates(date(2025, 12, 1), date(2027, 2, 1))
any_schedule = st.sampled_from(SCHEDULES)


def due(schedule: Schedule, after: str, until: str, by: WorkingCalendar | None = None) -> dict[str, str]:
    """Its slots by period, each as `2026-11-20 16:30`, local."""
    found = slots_between(schedule, by or calendar(), local(after), local(until))
    return {slot.period.name: f"{slot.due_at.astimezone(LOCAL):%Y-%m-%d %H:%M}" for slot in found}


@given(any_schedule, moments, st.lists(st.integers(0, 800 * 86_400), min_size=1, max_size=8))
def test_however_time_is_cut_every_slot_comes_exactly_once(
    schedule: Schedule, start: datetime, lengths: list[int]
) -> None:
    cuts = [start, *(start + timedelta(seconds=each) for each in sorted(lengths))]
    whole = slots_between(schedule, calendar(), cuts[0], cuts[-1])
    pieces = [slots_between(schedule, calendar(), *cut) for cut in pairwise(cuts)]
    assert [slot for piece in pieces for slot in piece] == whole
    assert len({slot.period.name for slot in whole}) == len(whole)
    assert all(cuts[0] < slot.due_at <= cuts[-1] for slot in whole)


@given(any_schedule, moments)
def test_a_slot_comes_at_its_own_moment_and_not_before(schedule: Schedule, start: datetime) -> None:
    [first, *_] = slots_between(schedule, calendar(), start, start + timedelta(days=800))
    second = timedelta(seconds=1)
    assert slots_between(schedule, calendar(), first.due_at - second, first.due_at)[0] == first
    assert not slots_between(schedule, calendar(), start, first.due_at - second)


@given(st.integers(2015, 2050), st.sampled_from(sorted(EVERY_PERIOD)))
def test_every_period_of_a_year_has_a_slot(year: int, kind: str) -> None:
    schedule = a_schedule(kind, EVERY_PERIOD[kind])
    found = slots_between(schedule, calendar(), local(f"{year - 1}-12-20 00:00"), local(f"{year + 1}-03-31 00:00"))
    names = {slot.period.name for slot in found}
    assert {period.name for period in periods_ending(schedule, date(year, 1, 1), date(year, 12, 31))} <= names


@given(st.frozensets(days, max_size=40), st.frozensets(days, max_size=10), days)
def test_whatever_days_are_swapped_daily_slots_are_the_working_days(
    off: frozenset[date], on: frozenset[date], start: date
) -> None:
    swapped = WorkingCalendar("swapped", days_off=off, days_on=on)
    found = due(SHIPPED["daily"], f"{start} 00:00", f"{start + timedelta(days=40)} 23:59", swapped)
    wanted = [start + timedelta(days=number) for number in range(41)]
    assert list(found) == [f"{day}" for day in wanted if swapped.is_working_day(day)]


@given(
    st.lists(st.frozensets(days, max_size=60), min_size=2, max_size=4),
    st.sampled_from([each for each in SCHEDULES if each.period != "day"]),
    st.lists(st.integers(1, 90 * 24), min_size=2, max_size=6),
)
def test_a_calendar_that_changes_neither_loses_nor_doubles_a_period(
    versions: list[frozenset[date]], schedule: Schedule, steps: list[int]
) -> None:
    """As the scheduler does: after a change it looks back as far as a slot can be moved, and keeps what it has."""
    begun = made_until = local("2026-01-01 00:00")
    made: dict[str, datetime] = {}
    by = WorkingCalendar("before")
    for number, step in enumerate(steps):
        by = WorkingCalendar(f"{number}", days_off=versions[number % len(versions)])
        now = made_until + timedelta(hours=step)
        for slot in slots_between(schedule, by, max(begun, made_until - LOOK_BACK), now):
            made.setdefault(slot.period.name, slot.due_at)
        made_until = now
    assert {slot.period.name for slot in slots_between(schedule, by, begun, made_until)} <= made.keys()


def test_the_daily_one_is_made_on_working_days_before_the_province_closes() -> None:
    assert due(SHIPPED["daily"], "2026-11-20 00:00", "2026-11-24 00:00") == {
        "2026-11-20": "2026-11-20 16:30",
        "2026-11-23": "2026-11-23 16:30",
    }


def test_over_the_lunar_new_year_nothing_is_due_until_work_begins_again() -> None:
    assert list(due(SHIPPED["daily"], "2026-02-13 17:00", "2026-02-24 00:00")) == ["2026-02-23"]
    assert due(SHIPPED["statutory-month"], "2026-02-01 00:00", "2026-02-28 00:00") == {"2026-02": "2026-02-23 08:00"}


def test_a_slot_rolls_over_a_day_that_was_swapped_off_and_stays_on_one_swapped_on() -> None:
    saturday, friday = date(2026, 8, 15), date(2026, 5, 15)
    plain = due(SHIPPED["statutory-month"], "2026-05-01 00:00", "2026-08-31 00:00")
    assert (plain["2026-05"], plain["2026-08"]) == ("2026-05-15 08:00", "2026-08-17 08:00")
    swapped = WorkingCalendar("swapped", days_on=frozenset({saturday}), days_off=frozenset({friday}))
    moved = due(SHIPPED["statutory-month"], "2026-05-01 00:00", "2026-08-31 00:00", swapped)
    assert (moved["2026-05"], moved["2026-08"]) == ("2026-05-18 08:00", "2026-08-15 08:00")


def test_a_slot_that_does_not_roll_stays_on_its_sunday() -> None:
    stays = a_schedule("month", "days_after = 1", 'roll = "none"')
    assert due(stays, "2026-02-01 00:00", "2026-02-20 00:00") == {"2026-02": "2026-02-15 08:00"}


def test_a_month_without_a_working_day_does_not_hold_a_slot_for_ever() -> None:
    never = WorkingCalendar("never", week={})
    assert (
        due(SHIPPED["statutory-month"], "2026-03-01 00:00", "2026-05-01 00:00", never)["2026-03"] == "2026-04-15 08:00"
    )


def test_the_end_of_the_year_is_due_for_four_statutory_periods_on_one_morning() -> None:
    found = {each.id: due(each, "2026-12-14 23:59", "2026-12-15 08:00") for each in SHIPPED}
    assert found["statutory-month"] == {"2026-12": "2026-12-15 08:00"}
    assert found["statutory-quarter"] == {"2026-Q4": "2026-12-15 08:00"}
    assert found["statutory-half-year"] == {"2026-H2": "2026-12-15 08:00"}
    assert found["statutory-year"] == {"2026": "2026-12-15 08:00"}
    assert found["statutory-nine-months"] == {}
    assert due(SHIPPED["index-month"], "2026-12-31 00:00", "2027-01-05 00:00") == {"2026-12": "2027-01-04 08:00"}


def test_a_leap_day_has_a_slot_and_ends_its_month() -> None:
    every = a_schedule("day", 'days = "every"')
    assert list(due(every, "2028-02-28 09:00", "2028-03-01 09:00")) == ["2028-02-29", "2028-03-01"]
    [february] = slots_between(SHIPPED["index-month"], calendar(), local("2028-03-01 00:00"), local("2028-03-02 00:00"))
    assert (february.period.name, february.period.last) == ("2028-02", date(2028, 2, 29))


@pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda each: f"{each.id}-{each.period}")
def test_a_period_is_found_again_by_its_name(schedule: Schedule) -> None:
    for slot in slots_between(schedule, calendar(), local("2025-12-01 00:00"), local("2027-03-01 00:00")):
        assert period_named(schedule, slot.period.name) == slot.period


@pytest.mark.parametrize(
    ("kind", "name"),
    [("daily", "2026-2-1"), ("daily", "20260201"), ("daily", "2026-02-30"), ("daily", "2026-02"),
     ("statutory-month", "2026-Q1"), ("statutory-month", "2026-13"), ("statutory-year", "2026-H1"),
     ("index-quarter", "x"), ("statutory-year", "1000"), ("statutory-month", "٢٠٢٦-02")],
)  # fmt: skip
def test_a_name_of_another_kind_of_period_is_refused_with_an_example(kind: str, name: str) -> None:
    with pytest.raises(PeriodError, match=f"is no period of {kind}: write one such as "):
        period_named(SHIPPED[kind], name)


def test_the_newest_period_that_is_over() -> None:
    assert period_before(SHIPPED["statutory-month"], date(2026, 6, 14)).name == "2026-05"
    assert period_before(SHIPPED["statutory-month"], date(2026, 6, 15)).name == "2026-06"
    assert period_before(SHIPPED["statutory-year"], date(2026, 6, 15)).name == "2025"
    assert period_before(SHIPPED["daily"], date(2026, 6, 15)).name == "2026-06-15"
