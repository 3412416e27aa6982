"""How a due date comes about: the source's, the register's, and what waits do to it (handbook 3.4)."""

from datetime import date
from functools import cache

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from stream.core.application import fold
from stream.core.calendar import WorkingCalendar
from stream.core.rules import ProcedureRule, Rules
from stream.core.timeline import Pause, Record
from stream.first_rules import first_rules
from tests.building.applying import calendar
from tests.building.moments import moment
from tests.building.timelines import moments, step, whole

RECEIVED, DUE = "2026-01-05 09:00", "2026-01-12 16:00"
DAY = 8 * 3600


def due(*records: Record, rules: Rules | None = None) -> int | None:
    return fold(records, rules or first_rules()).due


def registered(term: int | None, cut_off: str | None = None) -> Rules:
    """Rules in which procedure 7 has this term in seconds."""
    return Rules(calendar() if cut_off is None else _cutting_off_at(cut_off), {7: ProcedureRule(3, term)})


@cache
def _cutting_off_at(clock: str) -> WorkingCalendar:
    hours, minutes = (int(part) for part in clock.split(":"))
    return WorkingCalendar("test", days_off=calendar().days_off, cut_off=hours * 3600 + minutes * 60)


def undated(at: str = RECEIVED, status: int = 2) -> Record:
    return replace(whole(status, at, at), procedure=7)


def wait(requested: str, received: str | None, before: str | None = None, after: str | None = None) -> Pause:
    met, old, new = (None if text is None else moment(text) for text in (received, before, after))
    return Pause(moment(requested), met, old, new)


def resumed(*pauses: Pause, at: str, due: str = DUE) -> Record:
    return replace(whole(4, at, RECEIVED, due=due), pauses=pauses)


def test_without_a_date_of_the_source_the_term_of_the_register_gives_it() -> None:
    assert due(undated(), rules=registered(5 * DAY)) == moment("2026-01-12 09:00")
    assert due(undated(), rules=registered(DAY // 2)) == moment("2026-01-05 15:00")
    assert due(undated("2026-02-13 16:00"), rules=registered(2 * DAY)) == moment("2026-02-24 16:00"), "over Tết"
    assert due(undated(), rules=registered(None)) is None
    assert due(replace(undated(), procedure=8), rules=registered(DAY)) is None


def test_the_source_s_own_date_rules_over_the_term() -> None:
    assert due(replace(undated(), due=moment(DUE)), rules=registered(DAY)) == moment(DUE)
    later = replace(undated(), at=moment("2026-01-06 09:00"), status=4, due=moment(DUE))
    assert due(undated(), later, rules=registered(DAY)) == moment(DUE)


def test_what_comes_in_late_in_the_afternoon_counts_from_the_next_working_day() -> None:
    rules = registered(DAY, cut_off="15:00")
    assert due(undated("2026-01-05 14:59"), rules=rules) == moment("2026-01-06 14:59")
    assert due(undated("2026-01-05 15:00"), rules=rules) == moment("2026-01-06 17:30")
    assert due(undated("2026-01-09 16:00"), rules=rules) == moment("2026-01-12 17:30"), "a Friday"


def test_a_wait_moves_the_term_s_date_too() -> None:
    met = wait("2026-01-06 10:00", "2026-01-07 11:00")
    waited = replace(undated(status=4), at=moment("2026-01-07 11:00"), pauses=(met,))
    assert due(undated(), waited, rules=registered(5 * DAY)) == moment("2026-01-13 10:00")


def test_a_wait_that_only_transitions_tell_moves_the_date() -> None:
    told = whole(2, RECEIVED, RECEIVED, due=DUE)
    assert due(told, step(6, "2026-01-07 10:00"), step(4, "2026-01-08 11:00")) == moment("2026-01-13 17:00")
    assert due(told, step(6, "2026-01-07 10:00")) == moment(DUE), "it still waits"


def test_a_new_date_that_the_source_gives_without_a_supplement_is_a_new_appointment() -> None:
    told = whole(2, RECEIVED, RECEIVED, due=DUE)
    assert due(told, whole(4, "2026-01-09 09:00", RECEIVED, due="2026-01-15 16:00")) == moment("2026-01-15 16:00")


def test_a_date_that_the_source_moved_itself_is_not_moved_again() -> None:
    told = whole(2, RECEIVED, RECEIVED, due=DUE)
    met = wait("2026-01-07 09:00", "2026-01-08 09:00")
    moved = "2026-01-20 16:00"
    assert due(told, resumed(met, at="2026-01-08 09:00", due=moved)) == moment(moved)
    alone = wait("2026-01-07 09:00", "2026-01-08 09:00", before=DUE)
    assert due(resumed(alone, at="2026-01-08 09:00", due=moved)) == moment(moved)


def test_a_date_that_is_told_during_a_wait_moves_by_what_is_left_of_it() -> None:
    told, moved = whole(2, RECEIVED, RECEIVED, due=DUE), "2026-01-20 16:00"
    met = wait("2026-01-07 09:00", "2026-01-08 09:00")
    during = whole(5, "2026-01-07 10:00", RECEIVED, due=moved)
    resumed_later = resumed(met, at="2026-01-08 09:00", due=moved)
    assert due(told, during, resumed_later) == moment("2026-01-21 15:00"), "seven hours of working time were left"


def test_time_that_two_waits_share_is_taken_off_once() -> None:
    told = whole(2, RECEIVED, RECEIVED, due=DUE)
    outer, inner = wait("2026-01-07 08:00", "2026-01-08 10:00"), wait("2026-01-07 14:00", "2026-01-07 16:00")
    both = due(told, resumed(outer, inner, at="2026-01-08 10:00"))
    assert both == due(told, resumed(outer, at="2026-01-08 10:00")) == moment("2026-01-14 08:00")


def test_a_day_off_by_a_newer_calendar_moves_the_term_and_leaves_the_source_s_date() -> None:
    before = registered(5 * DAY)
    after = Rules(WorkingCalendar("newer", days_off=calendar().days_off | {date(2026, 1, 8)}), before.procedures)
    assert due(undated(), rules=before) == moment("2026-01-12 09:00")
    assert due(undated(), rules=after) == moment("2026-01-13 09:00")
    dated = replace(undated(), due=moment(DUE))
    assert due(dated, rules=before) == due(dated, rules=after)


@given(moments, st.integers(0, 40 * DAY))
def test_a_term_is_worked_off_exactly_when_it_is_due(received: int, term: int) -> None:
    told = Record(1, received, 2, 3980, 1, 1, whole=True, received=received, procedure=7)
    found = fold([told], registered(term)).due
    assert found is not None
    assert calendar().measure(received, found) == term
