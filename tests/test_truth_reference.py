"""The reference says what the handbook says: each sentence of its sections 3 and 5 as an example worked by hand.

Office hours are 7:30 to 11:30 and 13:30 to 17:30. The week of these examples begins on Monday, 5 January 2026; Saturday
the 10th is worked in place of Friday the 2nd.
"""

from datetime import date, timedelta

import holidays
import pytest

from tests.building.said import DAY, DUE, RECEIVED, A, B, life, received, settled, step, wait, whole
from tests.reference.form import form
from tests.reference.free_days import PUBLIC_HOLIDAYS, SWAPPED
from tests.reference.history import Law, Merger, Said
from tests.reference.index import ended_late, open_late
from tests.reference.minutes import minute
from tests.reference.working_time import WITH_SATURDAY_MORNINGS, WorkingTime

WEEK = date(2026, 1, 5), date(2026, 1, 11)


# -- working time


def test_public_holidays_are_those_that_the_library_knows() -> None:
    library = holidays.country_holidays("VN", years=range(2024, 2028))
    weekdays = [date(2024, 1, 1) + timedelta(days=count) for count in range(4 * 365 + 1)]
    for each in (each for each in weekdays if each.weekday() < 5 and each not in SWAPPED):
        assert (each in PUBLIC_HOLIDAYS) == (each in library), each


def test_every_swapped_day_is_a_saturday_for_a_weekday() -> None:
    for off, on in SWAPPED.items():
        assert off.weekday() < 5
        assert on.weekday() == 5
        assert off not in PUBLIC_HOLIDAYS


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-01-05 09:00", 0, "2026-01-05 09:00"),
        ("2026-01-05 09:00", 60, "2026-01-05 10:00"),
        ("2026-01-05 09:00", 150, "2026-01-05 11:30"),  # the last worked minute ends the term
        ("2026-01-05 09:00", 151, "2026-01-05 13:31"),
        ("2026-01-05 20:00", DAY, "2026-01-06 17:30"),
        ("2026-01-09 15:30", DAY, "2026-01-10 15:30"),  # a Saturday that is worked
        ("2026-02-13 15:30", DAY, "2026-02-23 15:30"),  # Tết
        ("2025-04-25 16:30", DAY, "2025-04-26 16:30"),
        ("2025-04-29 16:30", DAY, "2025-05-05 16:30"),  # 30/4, 1/5, and 2/5 swapped off
        ("2026-04-25 00:00", 1, "2026-04-28 07:31"),  # Giỗ Tổ on a Sunday, its Monday is free
    ],
)
def test_working_time_is_walked_minute_by_minute(start: str, minutes: int, end: str) -> None:
    assert WorkingTime().after(minute(start), minutes) == minute(end)
    assert WorkingTime().between(minute(start), minute(end)) == minutes


def test_a_saturday_morning_is_half_a_day() -> None:
    mornings = WorkingTime(WITH_SATURDAY_MORNINGS)
    assert mornings.day_length == DAY
    assert mornings.after(minute("2026-01-16 17:30"), DAY) == minute("2026-01-19 11:30")


# -- the due date


def test_the_source_s_own_due_date_rules() -> None:
    assert life(received(), law=Law(WorkingTime(), DAY)).due(minute(RECEIVED)) == minute(DUE)


def test_where_it_is_missing_it_is_receipt_and_the_term() -> None:
    assert life(whole(2, RECEIVED, due=None), law=Law(WorkingTime(), 3 * DAY)).judged_by == minute("2026-01-08 09:00")
    assert life(whole(2, RECEIVED, due=None)).judged_by is None


@pytest.mark.parametrize(("received_at", "due"), [("14:59", "2026-01-06 14:59"), ("15:00", "2026-01-06 17:30")])
def test_what_comes_late_in_the_afternoon_counts_from_the_next_working_day(received_at: str, due: str) -> None:
    at = f"2026-01-05 {received_at}"
    law = Law(WorkingTime(cut_off=15 * 60), DAY)
    assert life(whole(2, at, received=at, due=None), law=law).judged_by == minute(due)


def test_a_supplement_s_new_date_rules_and_without_one_the_date_moves_by_the_worked_part_of_the_wait() -> None:
    asked, answered = "2026-01-07 15:30", "2026-01-09 08:30"
    renewed = life(received(), whole(4, answered, wait(asked, answered, "2026-01-20 16:00")))
    assert renewed.judged_by == minute("2026-01-20 16:00")
    moved = life(received(), whole(4, answered, wait(asked, answered)))
    assert moved.due(minute("2026-01-08 00:00")) == minute(DUE)
    assert moved.judged_by == minute("2026-01-14 09:00")  # 2 + 8 + 1 hours
    told_by_steps = life(received(), step(5, asked), step(4, answered))
    assert told_by_steps.judged_by == moved.judged_by


def test_a_wait_in_a_holiday_moves_nothing() -> None:
    only_tet = wait("2026-02-14 10:00", "2026-02-22 10:00")
    assert life(received(), whole(4, "2026-02-22 10:00", only_tet)).judged_by == minute(DUE)


def test_waits_inside_one_another_count_once() -> None:
    outer, inner = wait("2026-01-06 08:00", "2026-01-08 08:00"), wait("2026-01-06 10:00", "2026-01-07 10:00")
    both = life(received(), whole(4, "2026-01-08 08:00", outer, inner))
    assert both.judged_by == life(received(), whole(4, "2026-01-08 08:00", outer)).judged_by


def test_a_new_appointment_after_a_wait_is_not_moved_by_it() -> None:
    waited = whole(4, "2026-01-08 10:00", wait("2026-01-07 10:00", "2026-01-08 10:00"))
    appointed = whole(4, "2026-01-09 10:00", *waited.waits, due="2026-01-22 16:00")
    assert life(received(), waited, appointed).judged_by == minute("2026-01-22 16:00")


# -- endings


@pytest.mark.parametrize(
    ("at", "outcome"),
    [
        ("2026-01-11 23:59", "early"),
        ("2026-01-12 00:00", "on date"),
        ("2026-01-12 23:59", "on date"),
        ("2026-01-13 00:00", "late"),
    ],
)
def test_dates_are_compared_not_hours(at: str, outcome: str) -> None:
    assert life(received(), settled(at)).outcome == outcome


def test_an_application_is_overdue_from_the_day_after_its_due_date() -> None:
    waiting_for_nobody = life(received())
    assert not waiting_for_nobody.overdue(minute("2026-01-12 23:59"))
    assert waiting_for_nobody.overdue(minute("2026-01-13 00:00"))


def test_returning_never_changes_on_time() -> None:
    returned = whole(10, "2026-01-20 10:00", ended="2026-01-12 10:00", returned="2026-01-20 10:00")
    assert life(received(), settled("2026-01-12 10:00"), returned).outcome == "on date"
    assert life(received(), settled("2026-01-12 10:00"), step(10, "2026-01-20 10:00")).outcome == "on date"


def test_withdrawn_stopped_and_refused_after_receipt_are_closed_unsettled() -> None:
    for status in (3, 7, 8):
        assert life(received(), step(status, "2026-01-07 10:00")).outcome == "closed unsettled"
        assert life(Said(1, minute(RECEIVED), status, A)).received is None or status == 8


def test_what_was_settled_and_handled_again_never_was_settled() -> None:
    again = life(received(), settled("2026-01-09 10:00"), step(4, "2026-01-10 10:00"))
    assert again.outcome is None
    assert again.open(minute("2026-01-09 12:00"))


# -- form II.06a


def cells(*said: Said, unit: int = A, as_of: str | None = None) -> dict[int, int]:
    counted = form([life(*said)], {unit}, *WEEK, None if as_of is None else minute(as_of))
    return {column: n for column, n in counted.items() if n}


def test_an_application_stands_in_one_cell_of_what_came_and_in_one_of_what_became_of_it() -> None:
    assert cells(received()) == {3: 1, 4: 1, 11: 1, 12: 1}
    assert cells(received(due="2026-01-09 16:00")) == {3: 1, 4: 1, 11: 1, 13: 1}
    assert cells(received(due="2026-01-09 16:00"), as_of="2026-01-09 17:00") == {3: 1, 4: 1, 11: 1, 12: 1}
    assert cells(received(), settled("2026-01-09 10:00")) == {3: 1, 4: 1, 7: 1, 8: 1}
    assert cells(received(), settled("2026-01-09 10:00"), as_of="2026-01-09 10:00") == {3: 1, 4: 1, 11: 1, 12: 1}
    assert cells(received(), step(7, "2026-01-09 10:00")) == {3: 1, 4: 1, 7: 1, 9: 1}
    assert cells(received("2025-12-20 10:00")) == {3: 1, 6: 1, 11: 1, 12: 1}
    assert cells(received("2026-01-12 00:00")) == {}


def test_what_waits_for_a_supplement_stands_in_12() -> None:
    due = "2026-01-08 16:00"
    asked = whole(5, "2026-01-07 10:00", wait("2026-01-07 10:00"), due=due)
    assert cells(received(due=due), asked) == {3: 1, 4: 1, 11: 1, 12: 1}


def test_what_moved_is_carried_over_in_the_other_unit_and_gone_from_the_first() -> None:
    moved = whole(4, "2026-01-08 10:00", unit=B)
    assert cells(received(), moved) == {}
    assert cells(received(), moved, unit=B) == {3: 1, 6: 1, 11: 1, 12: 1}
    assert cells(received(), moved, as_of="2026-01-08 10:00") == {3: 1, 4: 1, 11: 1, 12: 1}


def test_a_correction_of_the_unit_holds_for_the_time_before_it() -> None:
    wrong, right = received(), whole(4, "2026-01-08 10:00", unit=B)
    right = Said(**{**right.__dict__, "corrects_unit": True})
    assert cells(wrong, right, unit=B) == {3: 1, 4: 1, 11: 1, 12: 1}


def test_an_open_application_belongs_to_what_became_of_its_unit() -> None:
    merged = Merger(minute("2026-01-07"), ((A, 3979), (B, B)), frozenset({3979, B}))
    here = life(received(), law=Law(WorkingTime(), mergers=(merged,)))
    assert [here.unit(minute(at)) for at in ("2026-01-06 23:59", "2026-01-07 00:00")] == [A, 3979]


# -- the index


def test_by_the_index_two_requests_are_late_and_a_payment_is_none() -> None:
    first, second = wait("2026-01-06 08:00", "2026-01-06 09:00"), wait("2026-01-07 08:00", "2026-01-07 09:00")
    ended = whole(9, "2026-01-08 10:00", first, second, ended="2026-01-08 10:00")
    assert ended_late(life(received(), ended))
    paid = wait("2026-01-07 08:00", "2026-01-07 09:00", payment=True)
    assert not ended_late(life(received(), whole(9, "2026-01-08 10:00", first, paid, ended="2026-01-08 10:00")))


def test_by_the_index_what_waits_is_late_where_it_was_asked_for_after_the_due_date() -> None:
    def late(asked: str) -> bool:
        return open_late(life(received(), whole(5, asked, wait(asked))), minute("2026-01-20 10:00"))

    assert late("2026-01-13 00:00")
    assert not late("2026-01-12 23:00")
    assert open_late(life(received()), minute("2026-01-20 10:00"))
