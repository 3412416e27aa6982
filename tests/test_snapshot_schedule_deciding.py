"""What becomes of a slot: made as known at its moment, waited with, held, let go; and why it is late."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.snapshot.schedule.absences import Absences
from stream.snapshot.schedule.book import LONGEST_WAIT, Taken
from stream.snapshot.schedule.deciding import Look, decide, wait_after
from stream.snapshot.schedule.lateness import lateness
from stream.snapshot.schedule.reading import read_schedules
from stream.snapshot.schedule.schedule import Schedule
from stream.snapshot.schedule.wording import late_reason
from tests.building.applying import calendar
from tests.building.moments import local
from tests.building.schedules import a_schedule, written

DUE = local("2026-11-20 08:00")  # a Friday
HOLDS = a_schedule("day", 'late_sources = "hold"', 'hold_for = "4h"')
SENDS = a_schedule("day")
NOBODY: Callable[[datetime], bool] = lambda _: False  # noqa: E731 - one of two answers
SOMEBODY: Callable[[datetime], bool] = lambda _: True  # noqa: E731 - one of two answers


def taken(**changes: Any) -> Taken:
    first = Taken("mine", "2026-11-20", 1, DUE, "schedule", "waiting", None, None, 0, ())
    changed: Taken = first._replace(**changes)
    return changed


def look(now: str, lacks: Callable[[datetime], bool] = NOBODY, settled: datetime | None = None) -> Look:
    at = local(now)
    return Look(at, calendar(), settled or at, lacks)


def test_it_is_made_as_known_at_its_slot_however_late_that_is() -> None:
    for now in ("2026-11-20 08:00:01", "2026-11-20 08:20", "2026-12-24 23:00"):
        for schedule in (HOLDS, SENDS):
            decision = decide(schedule, taken(), look(now))
            assert (decision.is_go, decision.known_at, decision.late) == (True, DUE, ())


def test_until_all_that_was_known_by_its_slot_is_applied_it_waits_and_is_late_by_the_log_only_after_a_while() -> None:
    soon = decide(SENDS, taken(), look("2026-11-20 08:00:02", settled=DUE))
    assert (soon.is_go, soon.late, soon.known_at) == (False, (), None)
    later = decide(SENDS, taken(), look("2026-11-20 08:06", settled=DUE - timedelta(hours=1)))
    assert (later.is_go, later.late) == (False, ("log_behind",))
    unknown = Look(local("2026-11-20 08:00:02"), calendar(), None, NOBODY)
    assert not decide(SENDS, taken(), unknown).is_go


def test_a_schedule_that_sends_partial_figures_asks_for_no_source() -> None:
    def asked(_: datetime) -> bool:
        raise AssertionError

    assert decide(SENDS, taken(), look("2026-11-20 08:00:01", asked)).is_go


def test_late_sources_hold_a_slot_until_they_are_there_and_it_tells_what_is_known_then() -> None:
    held = decide(HOLDS, taken(), look("2026-11-20 08:00:01", SOMEBODY))
    assert (held.is_go, held.late, held.known_at) == (False, ("sources_late",), None)
    waiting = taken(state="held", held_since=held.held_since, late=held.late)
    still = decide(HOLDS, waiting, look("2026-11-20 11:29", SOMEBODY))
    assert (still.is_go, still.known_at, still.held_since) == (False, None, held.held_since)
    there = decide(HOLDS, waiting, look("2026-11-20 09:10", NOBODY))
    assert (there.is_go, there.known_at) == (False, local("2026-11-20 09:10"))  # and first applied up to then
    again = taken(state="held", held_since=held.held_since, late=held.late, known_at=there.known_at)
    made = decide(HOLDS, again, look("2026-11-20 09:10:03", SOMEBODY))
    assert (made.is_go, made.known_at, made.late) == (True, local("2026-11-20 09:10"), ("sources_late",))


def test_it_is_held_no_longer_than_the_working_time_that_the_schedule_says() -> None:
    """Four hours from 08:00 go over the break from 11:30 to 13:30, to 14:00."""
    held = taken(state="held", held_since=DUE, late=("sources_late",))
    assert decide(HOLDS, held, look("2026-11-20 13:59", SOMEBODY)).known_at is None
    assert decide(HOLDS, held, look("2026-11-20 14:00", SOMEBODY)).known_at == local("2026-11-20 14:00")


def test_a_slot_caught_up_later_is_held_only_if_sources_were_missing_at_its_moment() -> None:
    lacked_then = lambda known_at: known_at == DUE  # noqa: E731 - one answer
    caught_up = decide(HOLDS, taken(), look("2026-11-23 10:00", lacked_then))
    assert (caught_up.known_at, caught_up.late) == (local("2026-11-23 10:00"), ("sources_late",))
    lacks_now = lambda known_at: known_at > DUE  # noqa: E731 - one answer
    assert decide(HOLDS, taken(), look("2026-11-23 10:00", lacks_now)).known_at == DUE


def test_restatements_and_what_people_ask_for_are_never_held() -> None:
    for origin in ("late_events", "by_hand"):
        assert decide(HOLDS, taken(origin=origin), look("2026-11-20 08:00:01", SOMEBODY)).is_go


def test_each_attempt_moves_its_next_turn_further_away() -> None:
    waits = [wait_after(attempts) for attempts in range(1, 100)]
    assert waits[0] == timedelta(seconds=10)
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT
    now = "2026-11-20 08:00:01"
    assert decide(SENDS, taken(attempts=3), look(now)).next_at == local(now) + wait_after(4)


@given(
    st.integers(0, 40), st.integers(0, 10**7), st.sampled_from([HOLDS, SENDS]), st.sampled_from([SOMEBODY, NOBODY]),
    st.sampled_from([DUE - timedelta(days=1), None]),
)  # fmt: skip
def test_whatever_happens_a_decision_never_waits_longer_than_the_longest_wait(
    attempts: int,
    seconds: int,
    schedule: Schedule,
    lacks: Callable[[datetime], bool],
    settled: datetime | None,
) -> None:
    now = DUE + timedelta(seconds=seconds)
    decision = decide(schedule, taken(attempts=attempts), Look(now, calendar(), settled or now, lacks))
    assert now <= decision.next_at <= now + LONGEST_WAIT
    assert not decision.is_go or decision.known_at == DUE


@pytest.mark.parametrize(
    ("found", "away", "attempts", "told"),
    [
        ((), (), 1, ("busy",)),
        ((), (), 2, ("scheduler_away",)),
        ((), ("clock_set",), 1, ("clock_set",)),
        (("failed", "log_behind"), ("clock_set",), 3, ("failed", "log_behind")),
    ],
)
def test_what_is_late_says_why(found: tuple[str, ...], away: tuple[str, ...], attempts: int, told: object) -> None:
    at = taken(late=found, attempts=attempts)
    assert lateness(SENDS, at, away, DUE + timedelta(seconds=301)).ids == told


def test_what_is_on_time_after_all_says_nothing_whatever_went_wrong_before() -> None:
    late = lateness(SENDS, taken(late=("failed",), attempts=2), ("clock_set",), DUE + timedelta(seconds=300))
    assert (late.ids, late.reasons) == ((), ())
    patient = read_schedules("f", written("day", 'on_time_within = "2h"'))["mine"]
    assert lateness(patient, taken(), (), DUE + timedelta(hours=2)).ids == ()


def test_every_reason_has_words_in_both_languages() -> None:
    reasons = [late_reason(each) for each in (
        "scheduler_away", "log_behind", "sources_late", "failed", "by_hand", "clock_set", "calendar_changed", "busy",
    )]  # fmt: skip
    assert len({each.text.vi for each in reasons}) == len({each.text.en for each in reasons}) == 8
    with pytest.raises(KeyError):
        late_reason("bored")


class Clock:
    """A steady clock and one that people set."""

    def __init__(self) -> None:
        self.now, self.steady = DUE, 0.0
        self.absences = Absences(lambda: self.steady)

    def passes(self, seconds: float, *, and_is_set_by: float = 0) -> None:
        self.steady += seconds
        self.now += timedelta(seconds=seconds + and_is_set_by)
        self.absences.looked(self.now)

    def away(self, seconds: float = 0) -> list[str]:
        """Who was away since so many seconds before now."""
        return list(self.absences.between(self.now - timedelta(seconds=seconds), self.now))


def test_a_scheduler_that_looks_every_few_seconds_was_never_away() -> None:
    clock = Clock()
    clock.absences.begin(clock.now, clock.now - timedelta(seconds=30))
    for _ in range(100):
        clock.passes(5)
    assert clock.away(600) == []


def test_the_time_before_it_began_was_an_absence_where_nobody_else_was_heard_of() -> None:
    clock = Clock()
    clock.absences.begin(clock.now, clock.now - timedelta(hours=3))
    assert clock.away(60) == ["scheduler_away"]
    clock.passes(5)
    assert clock.away(4) == []
    assert clock.away(60) == ["scheduler_away"]


def test_the_first_scheduler_ever_missed_nothing() -> None:
    clock = Clock()
    clock.absences.begin(clock.now, None)
    assert clock.away(10**6) == []


def test_a_clock_that_is_set_forward_is_told_from_time_that_passed() -> None:
    leapt, slept = Clock(), Clock()
    for clock in (leapt, slept):
        clock.absences.begin(clock.now, None)
    leapt.passes(5, and_is_set_by=86_400)
    slept.passes(86_400)
    assert (leapt.away(3600), slept.away(3600)) == (["clock_set"], ["scheduler_away"])


def test_a_clock_that_is_set_back_is_no_absence() -> None:
    clock = Clock()
    clock.absences.begin(clock.now, None)
    clock.passes(5, and_is_set_by=-3600)
    clock.passes(5)
    assert clock.away(7200) == []
