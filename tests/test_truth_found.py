"""What random histories found: examples small enough to reckon by hand, in which core and reference once differed."""

from dataclasses import replace

import pytest

from stream.core.ledger import ENDS, OfEnd
from tests.building.histories import ALL_UNITS, CALENDARS, History
from tests.building.said import DUE, A, B, received, settled, step, wait, whole
from tests.building.told import cells, level
from tests.building.truths import Both
from tests.reference.history import Law, Said
from tests.reference.index import ended_late
from tests.reference.minutes import minute, seconds

HOURS = 60


def both(*said: Said, law: Law | None = None) -> Both:
    return Both(History(0, said, law or Law(CALENDARS[0])))


def paused(life: Both, at: str) -> bool:
    core = level(life.entries, "paused", ALL_UNITS, minute(at) + 1) == 1
    assert core == life.life.paused(minute(at))
    return core


def due(life: Both) -> int:
    assert life.life.judged_by is not None
    assert life.application.due == seconds(life.life.judged_by)
    return life.life.judged_by


def late_by_index(life: Both) -> bool:
    (core,) = (bool(each.traits & OfEnd.LATE_BY_INDEX) for each in life.entries if each.measure in ENDS)
    assert core == ended_late(life.life)
    return core


@pytest.mark.parametrize("waiting", [step(5, "2026-01-06 09:00"), step(6, "2026-01-06 09:00")])
def test_of_two_records_of_one_moment_the_newer_says_whether_it_waits(waiting: Said) -> None:
    goes_on = whole(4, "2026-01-06 09:00", due="2026-01-20 16:00")
    assert not paused(both(received(), waiting, goes_on), "2026-01-07 09:00")
    lists_it = whole(5, "2026-01-06 09:00", wait("2026-01-06 09:00"), due=None)
    assert not paused(both(received(), lists_it, step(4, "2026-01-06 09:00", due=DUE)), "2026-01-07 09:00")
    assert paused(both(received(), waiting), "2026-01-07 09:00")


def test_the_end_of_a_settlement_that_was_taken_back_is_no_end() -> None:
    life = both(received(), settled("2026-01-07 10:00"), step(4, "2026-01-08 10:00"), step(9, "2026-01-09 10:00"))
    assert life.application.ended == seconds(minute("2026-01-09 10:00"))
    assert life.life.ended == minute("2026-01-09 10:00")


@pytest.mark.parametrize("goes_on", [4, 9])
def test_a_request_that_was_never_answered_moves_the_due_date_until_work_goes_on(goes_on: int) -> None:
    asked = whole(5, "2026-01-06 09:00", wait("2026-01-06 09:00"))
    assert due(both(received(), asked, step(goes_on, "2026-01-07 10:00"))) == minute("2026-01-13 17:00")


def test_a_saturday_worked_in_place_of_a_friday_is_a_whole_day() -> None:
    law = Law(CALENDARS[2], 8 * HOURS)
    assert due(both(received("2026-01-09 17:30", due=None), law=law)) == minute("2026-01-10 17:30")
    assert due(both(received("2026-01-16 17:30", due=None), law=law)) == minute("2026-01-19 11:30")


def test_the_date_before_a_wait_tells_nothing_where_the_source_gives_no_date() -> None:
    asked = replace(wait("2026-01-05 10:00", "2026-01-06 10:00"), old_due=minute("2026-01-05 15:00"))
    answered = whole(4, "2026-01-06 10:00", asked, due=None)
    assert due(both(answered, law=Law(CALENDARS[0], 8 * HOURS))) == minute("2026-01-07 09:00")


def test_what_the_first_record_of_another_unit_ends_has_moved_there() -> None:
    life = both(received(), replace(settled("2026-01-07 10:00"), unit=B))
    week = minute("2026-01-05"), minute("2026-01-12")
    assert cells(life.entries, {A}, *week)[3] == 0
    in_b = cells(life.entries, {B}, *week)
    assert (in_b[3], in_b[6], in_b[7]) == (1, 1, 1)


def test_a_request_that_a_status_and_the_list_tell_of_is_one() -> None:
    at_once = wait("2026-01-06 09:00", "2026-01-06 09:00")
    life = both(received(), step(5, "2026-01-06 09:00"), replace(settled("2026-01-07 10:00"), waits=(at_once,)))
    assert not late_by_index(life)


def test_a_date_told_with_the_request_moves_with_the_wait() -> None:
    asked = whole(5, "2026-01-06 09:00", due="2026-01-07 16:00")
    life = both(received(due="2026-01-06 16:00"), asked, replace(settled("2026-01-08 09:00"), due=asked.due))
    assert due(life) == minute("2026-01-09 16:00")
    assert not late_by_index(life)


def test_what_was_waited_before_a_new_date_was_given_does_not_move_it() -> None:
    inner = wait("2026-01-06 10:00", "2026-01-07 10:00", "2026-01-20 16:00")
    outer = wait("2026-01-06 08:00", "2026-01-07 11:00")
    assert due(both(received(), whole(4, "2026-01-07 11:00", outer, inner))) == minute("2026-01-20 17:00")
