"""Learning and foreseeing, on a history in which one unit is slow."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.moment import Moment
from stream.warning.assumptions import assumed
from stream.warning.columns import columns
from stream.warning.landmarks import Landmarks, landmarks
from stream.warning.learning import Learnt, NotEnough, learn
from stream.warning.measuring import calibration_error, measure
from stream.warning.observed import Step
from stream.warning.scoring import score
from stream.warning.worked import NEVER
from tests.building.waiting import CALENDAR, DAY, FIRST, UNITS, Case, days_on, history, waiting

UNTIL = days_on(180)
TURN = days_on(144)
ASSUMED = assumed()


@cache
def cases() -> Sequence[Case]:
    return list(waiting(2_500, 180))


@cache
def learnt() -> Learnt:
    found = learn(history(cases(), UNTIL), UNTIL, ASSUMED)
    assert isinstance(found, Learnt)
    return found


def test_the_chances_come_true_as_often_as_they_say_and_beat_the_baselines() -> None:
    found = measure(history(cases(), UNTIL), TURN, UNTIL, ASSUMED)
    assert isinstance(found, dict)
    assert found["model"]["calibration_error"] < 0.05
    assert found["model"]["auc"] > max(found["little_left"]["auc"], found["base_rate"]["auc"])
    assert found["model"]["brier"] < found["base_rate"]["brier"]
    assert found["model"]["late_warned_a_day_ahead"] > 0.9
    assert found["as_many_as_little_left"]["precision"] >= found["little_left"]["precision"]


def test_what_happens_after_the_turn_changes_nothing_that_was_learnt() -> None:
    then = learn(history(cases(), TURN), TURN, ASSUMED)
    later = learn(history(cases(), UNTIL), TURN, ASSUMED)
    assert isinstance(then, Learnt)
    assert isinstance(later, Learnt)
    assert then.calibration == later.calibration
    assert all(
        np.array_equal(getattr(then.groups.times[level], name), getattr(curve, name))
        for level, curve in later.groups.times.items()
        for name in ("keys", "lived", "steps", "survival")
    )


def test_the_groups_are_learnt_from_what_came_before_the_calibration() -> None:
    before = [case for case in cases() if case.records[0].at <= learnt().calibrated_since]
    assert len(learnt().groups.shares["all"].lived) == len(before)


def test_too_little_history_gives_no_chances() -> None:
    few = learn(history(cases()[::10], UNTIL), UNTIL, ASSUMED)
    assert isinstance(few, NotEnough)
    assert (few.what, few.need) == ("ended", ASSUMED.fewest_ended)
    assert 0 < few.have < 250
    short = learn(history(cases(), days_on(20)), days_on(20), ASSUMED)
    assert short == NotEnough("days", 20, ASSUMED.fewest_days)


def test_a_history_without_late_ones_gives_no_chances() -> None:
    punctual = history(cases(), UNTIL)
    never = replace(punctual, steps=replace(punctual.steps, late_at=np.full(len(punctual.steps), NEVER)))
    assert learn(never, UNTIL, ASSUMED) == NotEnough("late", 0, ASSUMED.fewest_late)


waits = st.integers(0, 40 * DAY)
places = st.tuples(st.sampled_from([*UNITS, 9999]), st.integers(0, 8), st.integers(1, 3))


@given(places, waits, st.lists(waits, min_size=2, max_size=6))
def test_more_time_never_raises_the_chance(place: tuple[int, int, int], waited: int, remaining: list[int]) -> None:
    found = [chance(place, waited, left) for left in sorted(remaining)]
    assert all(0 <= each <= 1 for each in found)
    assert all(later <= sooner + 1e-9 for sooner, later in pairwise(found))


@given(places, waits)
def test_what_is_overdue_is_late(place: tuple[int, int, int], waited: int) -> None:
    assert chance(place, waited, 0, overdue=True) == 1


def test_one_is_told_the_same_alone_and_among_many() -> None:
    found = open_at(UNTIL)
    together = list(score(learnt(), found, CALENDAR, ASSUMED))
    alone = [
        each for row in range(len(found)) for each in score(learnt(), found.of(np.array([row])), CALENDAR, ASSUMED)
    ]
    assert together == alone
    assert len({each.chance for each in together}) > 10


def test_the_slow_unit_is_warned_of_more_often() -> None:
    by_unit: dict[int, list[float]] = {}
    found = open_at(UNTIL)
    for unit, each in zip(found.steps.unit.tolist(), score(learnt(), found, CALENDAR, ASSUMED), strict=True):
        if each.facts["level"] != "overdue":
            by_unit.setdefault(unit, []).append(each.chance)
    slow = np.mean(by_unit.pop(UNITS[-1]))
    assert all(slow > 3 * np.mean(others) for others in by_unit.values())


def test_the_facts_are_those_of_the_narrowest_group_with_enough_like_cases() -> None:
    procedure, unit = 3, UNITS[-1]
    known = history(cases(), UNTIL).steps.held_at(learnt().calibrated_since)
    facts = facts_of((unit, procedure, 1), 3 * DAY, 3 * DAY)
    assert facts["level"] == "procedure_in_unit"
    assert facts["like"] <= np.count_nonzero((known.procedure == procedure) & (known.unit == unit))
    assert 0 < facts["longer"] < facts["like"]
    assert facts_of((9999, procedure, 1), 3 * DAY, 3 * DAY)["level"] == "procedure"
    assert facts_of((9999, 77, 1), 3 * DAY, 3 * DAY)["level"] == "field"


def test_the_calibration_error_by_hand() -> None:
    chances = np.array([0.3, 0.3, 0.3, 0.3, 0.9])
    late = np.array([True, False, False, False, True])
    assert calibration_error(chances, late) == pytest.approx(0.8 * 0.05 + 0.2 * 0.1)


def chance(place: tuple[int, int, int], waited: int, remaining: int, *, overdue: bool = False) -> float:
    return float(learnt().chances(one(place, waited, remaining, overdue=overdue))[0][0])


def facts_of(place: tuple[int, int, int], waited: int, remaining: int) -> dict[str, Any]:
    [found] = score(learnt(), one(place, waited, remaining), CALENDAR, ASSUMED)
    return dict(found.facts)


def one(place: tuple[int, int, int], waited: int, remaining: int, *, overdue: bool = False) -> Landmarks:
    unit, procedure, channel = place
    row = Step(1, FIRST, NEVER, FIRST, FIRST, NEVER, NEVER, NEVER, 0, 0, 4, unit, procedure, 1, channel)
    at, since, left = (np.array([value]) for value in (FIRST, waited, remaining))
    return Landmarks(columns([row]), at, since, left, np.array([overdue]), np.array([5.0]))


@cache
def open_at(now: Moment) -> Landmarks:
    known = history(cases(), now)
    return landmarks(known.steps, [now], known.worked)
