"""How a due date came about: the steps end where the fold ends, and each names what made it."""

from dataclasses import replace
from itertools import pairwise

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from stream.core.application import fold
from stream.core.public_holidays import office_calendar
from stream.core.rules import ProcedureRule, Rules
from stream.core.timeline import LETTER, Pause, Record
from stream.core.waits import Wait
from stream.story.due import DueStep, explain_due
from stream.story.idle import idle_days
from tests.building.moments import moment
from tests.building.timelines import step, timelines, whole

DAY = 8 * 3600
OFFICE = office_calendar()
PLAIN = Rules(OFFICE)
WITH_TERMS = Rules(OFFICE, {0: ProcedureRule(3, 5 * DAY), 1: ProcedureRule(3, 2 * DAY), 2: ProcedureRule(3, None)})


def with_pause(record: Record, asked: str, met: str | None, new: str | None = None) -> Record:
    pause = Pause(moment(asked), moment(met) if met else None, None, moment(new) if new else None)
    return replaced(record, pauses=(pause,))


def replaced(record: Record, **changes: object) -> Record:
    changed: Record = msgspec.structs.replace(record, **changes)
    return changed


def kinds(steps: tuple[DueStep, ...]) -> list[str]:
    return [each.kind for each in steps]


@given(timelines, st.sampled_from([PLAIN, WITH_TERMS]))
def test_the_last_step_is_the_due_date_of_the_fold(timeline: list[Record], rules: Rules) -> None:
    steps = explain_due(timeline, rules)
    if all(record.status == LETTER for record in timeline):
        assert steps == ()
    else:
        assert steps[-1].due == fold(timeline, rules).due


@given(timelines, st.sampled_from([PLAIN, WITH_TERMS]))
def test_the_steps_are_one_chain_that_does_not_depend_on_the_order_of_arrival(
    timeline: list[Record], rules: Rules
) -> None:
    steps = explain_due(timeline, rules)
    assert steps == explain_due(list(reversed(timeline)), rules)
    for earlier, later in pairwise(steps):
        assert later.before == earlier.due
        if later.kind in {"left", "nothing_to_move", "outside", "waiting"}:
            assert later.due == later.before


def test_the_date_of_the_source_is_the_first_step() -> None:
    (only,) = explain_due([whole(2, "2024-01-03 09:00", "2024-01-03 09:00", due="2024-01-10 17:00")], PLAIN)
    assert only == DueStep("said", moment("2024-01-03 09:00"), moment("2024-01-10 17:00"), pos=0)


def test_without_a_date_the_term_counts_from_receipt_over_the_new_year() -> None:
    (only,) = explain_due([whole(2, "2024-02-05 08:30", "2024-02-05 08:30")], WITH_TERMS)
    assert (only.kind, only.due, only.worked) == ("term", moment("2024-02-19 08:30"), 5 * DAY)
    assert only.counts_from == moment("2024-02-05 08:30")


def test_received_after_the_cut_off_the_term_counts_from_the_next_day() -> None:
    rules = Rules(replace(OFFICE, cut_off=15 * 3600), WITH_TERMS.procedures)
    (only,) = explain_due([whole(2, "2024-01-03 15:00", "2024-01-03 15:00")], rules)
    assert only.counts_from == moment("2024-01-04 00:00")
    assert only.due == moment("2024-01-10 17:30")


def test_a_wait_moves_the_date_by_its_working_time() -> None:
    received = whole(2, "2024-02-05 08:30", "2024-02-05 08:30", due="2024-02-19 08:30")
    resumed = with_pause(whole(4, "2024-02-16 10:00", "2024-02-05 08:30"), "2024-02-06 10:00", "2024-02-16 10:00")
    steps = explain_due([resumed, received], PLAIN)
    assert kinds(steps) == ["said", "moved"]
    assert (steps[1].before, steps[1].due) == (moment("2024-02-19 08:30"), moment("2024-02-22 08:30"))
    assert steps[1].worked == 3 * DAY
    assert steps[1].wait == Wait(moment("2024-02-06 10:00"), moment("2024-02-16 10:00"), payment=False)


def test_a_new_date_given_with_the_supplement_rules() -> None:
    received = whole(2, "2024-01-03 09:00", "2024-01-03 09:00", due="2024-01-10 17:00")
    resumed = whole(4, "2024-01-08 09:00", "2024-01-03 09:00", due="2024-01-10 17:00")
    steps = explain_due(
        [received, with_pause(resumed, "2024-01-05 09:00", "2024-01-08 09:00", "2024-01-15 17:00")], PLAIN
    )
    assert [(each.kind, each.due) for each in steps] == [
        ("said", moment("2024-01-10 17:00")),
        ("given", moment("2024-01-15 17:00")),
    ]


def test_a_date_told_during_the_wait_moves_by_the_rest_of_it() -> None:
    received = whole(2, "2024-01-03 09:00", "2024-01-03 09:00", due="2024-01-10 17:00")
    moved = whole(5, "2024-01-05 10:00", "2024-01-03 09:00", due="2024-01-19 17:00")
    resumed = whole(4, "2024-01-08 09:00", "2024-01-03 09:00", due="2024-01-19 17:00")
    steps = explain_due([received, moved, with_pause(resumed, "2024-01-05 09:00", "2024-01-08 09:00")], PLAIN)
    assert kinds(steps) == ["said", "reappointed", "moved"]
    assert (steps[-1].worked, steps[-1].due) == (7 * 3600, moment("2024-01-22 16:00"))


def test_a_wait_that_the_first_date_knew_of_moves_nothing() -> None:
    resumed = whole(4, "2024-01-08 09:00", "2024-01-03 09:00", due="2024-01-19 17:00")
    pause = Pause(moment("2024-01-05 09:00"), moment("2024-01-08 09:00"), moment("2024-01-10 17:00"), None)
    (said, left) = explain_due([replaced(resumed, pauses=(pause,))], PLAIN)
    assert (said.kind, left.kind, left.due) == ("said", "left", moment("2024-01-19 17:00"))


def test_a_wait_that_lasts_says_that_the_date_will_move() -> None:
    steps = explain_due(
        [whole(2, "2024-01-03 09:00", "2024-01-03 09:00", due="2024-01-10 17:00"), step(6, "2024-01-04 08:00")], PLAIN
    )
    assert [(each.kind, each.due) for each in steps] == [
        ("said", moment("2024-01-10 17:00")),
        ("waiting", moment("2024-01-10 17:00")),
    ]


def test_days_off_are_named_and_weekends_are_weekends() -> None:
    names = {date: "Tết" for date in OFFICE.days_off if date.month == 2}
    found = list(idle_days(OFFICE, moment("2024-02-06 10:00"), moment("2024-02-19 10:00"), names.get))
    assert [(f"{each.first:%d/%m}", f"{each.last:%d/%m}", each.name) for each in found] == [
        ("08/02", "14/02", "Tết"),
        ("17/02", "18/02", None),
    ]
