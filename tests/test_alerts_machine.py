"""The life of an alert: it waits in working time, does not flap, is never lost in a silence, and is one."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.alerts.machine import UNSEEN, Alert, Happened, Moments, Observation, Terms, Verdict, step
from stream.core.calendar import WorkingCalendar
from stream.core.moment import Moment, moment_of
from tests.building.applying import calendar
from tests.building.moments import local

TEN = moment_of(local("2026-03-17 10:00"))  # a Tuesday
TERMS = Terms(lasts=1800, clear_for=600)
VERDICTS: Sequence[Verdict] = ("breach", "between", "well", "unknown", "gone")


class Life:
    """An alert that is looked at again and again."""

    def __init__(self, terms: Terms = TERMS, alert: Alert | None = None) -> None:
        self.alert = alert
        self.terms = terms
        self.told: list[tuple[Moment, Happened, bool]] = []

    def see(self, verdict: Verdict, at: Moment, value: float = 6, *, silenced: bool = False) -> "Life":
        when = Moments(at, working().measure)
        if self.alert is not None and self.alert.phase == "closed":
            self.alert = None
        seen = Observation(verdict, value, held="late" if verdict == "unknown" else None)
        self.alert, happened = step(self.alert, seen, when, self.terms, silenced=silenced)
        self.told += [(at, each.kind, each.is_told) for each in happened]
        return self

    @property
    def happenings(self) -> list[Happened]:
        return [kind for _, kind, _ in self.told]

    @property
    def phase(self) -> str | None:
        return None if self.alert is None else self.alert.phase


def working() -> WorkingCalendar:
    return calendar()


def minutes(n: float) -> Moment:
    return TEN + int(n * 60)


def opened() -> Life:
    life = Life(Terms(0, 600)).see("breach", TEN)
    assert life.happenings == ["opened"]
    return life


def test_a_breach_that_lasts_opens_one_alert() -> None:
    life = Life()
    for at in range(0, 31, 5):
        assert life.phase in {None, "pending"}
        life.see("breach", minutes(at))
    assert life.told == [(minutes(30), "opened", True)]
    assert life.see("breach", minutes(40)).happenings == ["opened"]


def test_a_breach_that_ends_before_it_has_lasted_was_never_an_alert() -> None:
    life = Life().see("breach", minutes(0)).see("breach", minutes(14)).see("between", minutes(15))
    assert life.phase is None
    assert life.see("breach", minutes(16)).see("breach", minutes(31)).phase == "pending"


def test_the_night_does_not_count() -> None:
    """From 17:20 ten minutes are left of the day; the other twenty are of the next morning."""
    evening, morning = moment_of(local("2026-03-17 17:20")), moment_of(local("2026-03-18 07:30"))
    life = Life().see("breach", evening).see("breach", evening + 600)
    for at in range(evening + 600, morning, 3600):
        assert life.see("breach", at).phase == "pending"
    assert life.see("breach", morning + 10 * 60).see("breach", morning + 19 * 60).phase == "pending"
    assert life.see("breach", morning + 20 * 60).phase == "open"


def test_what_nobody_saw_counts_for_a_quarter_of_an_hour_at_most() -> None:
    life = Life().see("breach", minutes(0)).see("breach", minutes(80))
    assert life.alert is not None
    assert (life.phase, life.alert.worked) == ("pending", UNSEEN)


def test_a_figure_that_is_not_live_opens_nothing_and_its_time_does_not_count() -> None:
    assert Life().see("unknown", minutes(0)).phase is None
    life = Life().see("breach", minutes(1)).see("breach", minutes(11))
    for at in range(12, 60, 5):
        life.see("unknown", minutes(at))
    assert life.phase == "pending"
    assert life.alert is not None
    assert life.alert.held == "late"
    assert life.see("breach", minutes(60)).phase == "pending"
    assert life.see("breach", minutes(74)).phase == "pending"
    assert life.see("breach", minutes(78)).phase == "open"


def test_a_figure_that_is_not_live_closes_nothing() -> None:
    life = opened().see("unknown", minutes(60), value=0)
    assert life.alert is not None
    assert (life.phase, life.alert.held, life.alert.value) == ("open", "late", 6)


def test_it_closes_when_its_cause_has_been_gone_for_long_enough() -> None:
    life = opened().see("well", minutes(1), value=2).see("well", minutes(10.9))
    assert life.phase == "open"
    life.see("well", minutes(11))
    assert life.told[-1] == (minutes(11), "closed", True)
    assert life.alert is not None
    assert (life.alert.ended_as, life.alert.worst) == ("ended", 6)


@pytest.mark.parametrize("back", ["breach", "between", "unknown"])
def test_what_comes_back_meanwhile_is_the_same_alert(back: Verdict) -> None:
    life = opened()
    for at in range(0, 200, 8):
        life.see("well", minutes(at)).see(back, minutes(at + 4))
    assert (life.phase, life.happenings) == ("open", ["opened"])


def test_an_alert_whose_rule_is_gone_is_withdrawn_at_once() -> None:
    life = opened().see("gone", minutes(1))
    assert life.alert is not None
    assert (life.phase, life.alert.ended_as) == ("closed", "withdrawn")


def test_a_silence_holds_back_the_telling_and_loses_nothing() -> None:
    life = Life(Terms(0, 600)).see("breach", TEN, silenced=True).see("breach", minutes(60), silenced=True)
    assert life.told == [(TEN, "opened", False)]
    assert life.alert is not None
    assert life.alert.silenced
    life.see("breach", minutes(61))
    assert life.told[-1] == (minutes(61), "goes_on", True)
    assert life.see("breach", minutes(62)).happenings == ["opened", "goes_on"]


def test_what_ends_in_a_silence_is_told_to_those_who_heard_of_it_only() -> None:
    unheard = Life(Terms(0, 0)).see("breach", TEN, silenced=True).see("well", minutes(1), silenced=True)
    assert unheard.told == [(TEN, "opened", False), (minutes(1), "closed", False)]
    heard = Life(Terms(0, 0)).see("breach", TEN).see("well", minutes(1), silenced=True)
    assert heard.told == [(TEN, "opened", True), (minutes(1), "closed", True)]


def test_after_a_silence_it_is_told_again_that_it_is_there() -> None:
    life = opened().see("breach", minutes(1), silenced=True).see("breach", minutes(2))
    assert life.told == [(TEN, "opened", True), (minutes(2), "goes_on", True)]


looks = st.lists(st.tuples(st.sampled_from(VERDICTS), st.integers(1, 4 * 3600), st.booleans()), min_size=1, max_size=40)


def lived(steps: Sequence[tuple[Verdict, int, bool]]) -> tuple[Life, list[tuple[Moment, Verdict, bool]]]:
    life, at, seen = Life(), TEN, []
    for verdict, seconds, silenced in steps:
        at += seconds
        seen.append((at, verdict, silenced))
        life.see(verdict, at, silenced=silenced)
    return life, seen


@given(looks)
def test_openings_and_closings_take_turns(steps: list[tuple[Verdict, int, bool]]) -> None:
    life, _ = lived(steps)
    kinds = [kind for kind in life.happenings if kind != "goes_on"]
    assert all(one != other for one, other in pairwise(kinds))
    assert kinds[:1] in ([], ["opened"])
    assert (life.phase == "open") == (bool(kinds) and kinds[-1] == "opened")


@given(looks)
def test_it_never_opens_before_its_working_time_has_passed_in_breach(steps: list[tuple[Verdict, int, bool]]) -> None:
    life, seen = lived(steps)
    for opened_at in (at for at, kind, _ in life.told if kind == "opened"):
        before = [(at, verdict) for at, verdict, _ in seen if at <= opened_at]
        since = opened_at
        for at, verdict in reversed(before):
            if verdict not in {"breach", "unknown"}:
                break
            since = at if verdict == "breach" else since
        assert working().measure(since, opened_at) >= TERMS.lasts


@given(looks)
def test_whoever_has_to_know_knows_it_whenever_no_silence_holds(steps: list[tuple[Verdict, int, bool]]) -> None:
    life, seen = lived(steps)
    if life.phase == "open" and not seen[-1][2]:
        since = max(at for at, kind, _ in life.told if kind == "opened")
        assert any(is_told for at, kind, is_told in life.told if at >= since and kind in {"opened", "goes_on"})
    silent = {at for at, _, silenced in seen if silenced}
    assert not any(is_told and kind != "closed" for at, kind, is_told in life.told if at in silent)


@given(looks)
def test_the_same_look_twice_changes_nothing(steps: list[tuple[Verdict, int, bool]]) -> None:
    life, seen = lived(steps)
    at, verdict, silenced = seen[-1]
    before, told = life.alert, list(life.told)
    if before is not None and before.phase != "closed":
        life.see(verdict, at, silenced=silenced)
        assert (life.alert, life.told) == (before, told)


@given(looks, st.integers(0, 39))
def test_a_restart_anywhere_changes_nothing(steps: list[tuple[Verdict, int, bool]], cut: int) -> None:
    """All that a life is lies in the alert, which is in the database."""
    whole, _ = lived(steps)
    first, seen = lived(steps[:cut]) if steps[:cut] else (Life(), [])
    second, at = Life(alert=first.alert), seen[-1][0] if seen else TEN
    for verdict, seconds, silenced in steps[cut:]:
        at += seconds
        second.see(verdict, at, silenced=silenced)
    assert second.alert == whole.alert
    assert first.told + second.told == whole.told


@given(looks)
def test_it_closes_only_after_its_clearing_time(steps: list[tuple[Verdict, int, bool]]) -> None:
    life, seen = lived(steps)
    for closed_at in (at for at, kind, _ in life.told if kind == "closed"):
        verdicts = [(at, verdict) for at, verdict, _ in seen if at <= closed_at]
        if verdicts[-1][1] == "gone":
            continue
        since = closed_at
        for at, verdict in reversed(verdicts):
            if verdict != "well":
                break
            since = at
        assert closed_at - since >= TERMS.clear_for


def test_clearing_counts_any_time() -> None:
    """An alert whose cause ended in the evening is not there in the morning."""
    evening = moment_of(local("2026-03-17 18:00"))
    life = opened().see("well", evening).see("well", evening + int(timedelta(minutes=10).total_seconds()))
    assert life.phase == "closed"
