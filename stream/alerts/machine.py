"""The life of an alert: from the first breach to the end of its cause. Pure, and the only place that decides.

An alert is of one rule and one subject (a unit, the area, a source). It waits (`pending`) until its breach has lasted
for the rule's working time, is `open` until its cause has been gone for the rule's clearing time, then `closed`.

What is not known neither opens nor closes anything, and the time of it does not count. A silence holds back the
telling, never the alert: what is still open when it ends is told then.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple, TypeAlias

from stream.core.moment import Moment

Verdict: TypeAlias = Literal["breach", "between", "well", "unknown", "gone"]
"""breach: beyond the limit; between: within it, but not back at where the cause counts as ended; well: back; unknown:
the figure can't be trusted now; gone: there is no such rule or subject any more."""
Phase: TypeAlias = Literal["pending", "open", "closed"]
Happened: TypeAlias = Literal["opened", "goes_on", "closed"]
"""goes_on: told when a silence ends and the alert is still open."""
EndedAs: TypeAlias = Literal["ended", "withdrawn"]
"""Its cause ended, or nobody asks any more: the rule or the subject is gone."""

UNSEEN: Final = 900
"""Of a time in which nobody looked, so many working seconds count at most: nobody can say what it was like."""


class Observation(NamedTuple):
    """What was seen of a rule and a subject. `number` cases make it up, `cases` are the first of their codes.

    `held` says why nothing can be told, where the verdict is unknown.
    """

    verdict: Verdict
    value: float | None = None
    cases: tuple[str, ...] = ()
    number: int = 0
    held: str | None = None


class Terms(NamedTuple):
    """Working seconds for which a breach has to last, and plain seconds for which its end has to."""

    lasts: int = 0
    clear_for: int = 0


@dataclass(frozen=True, slots=True)
class Alert:
    """How it stands. `worked` is the working time for which the breach was seen, `seen` when it was last looked at.

    `well_since` is since when its cause has been gone, `worst` the value that lay farthest out. `told`: whoever has to
    know was told that it is open. `silenced`: a silence held as it was last looked at.
    """

    phase: Phase
    began: Moment
    seen: Moment
    worked: int = 0
    opened: Moment | None = None
    closed: Moment | None = None
    well_since: Moment | None = None
    value: float | None = None
    worst: float | None = None
    cases: tuple[str, ...] = ()
    number: int = 0
    held: str | None = None
    told: bool = False
    silenced: bool = False
    ended_as: EndedAs | None = None

    @property
    def is_open(self) -> bool:
        """Whether people see it."""
        return self.phase == "open"


class Happening(NamedTuple):
    """What became of an alert. `is_told`: it goes out to people, and not only into the book."""

    kind: Happened
    is_told: bool


class Stepped(NamedTuple):
    """The alert a moment later, None where there is none (any more), and what became of it on the way."""

    alert: Alert | None
    happenings: tuple[Happening, ...] = ()


class Moments(NamedTuple):
    """When it is looked at, and how working time is measured between two moments."""

    now: Moment
    worked: Callable[[Moment, Moment], int]


def step(
    alert: Alert | None, seen: Observation, when: Moments, terms: Terms, *, silenced: bool, is_above: bool = True
) -> Stepped:
    """What an alert is after one more look. The same look twice changes nothing."""
    if alert is None or alert.phase == "pending":
        return _waiting(alert, seen, when, terms, silenced=silenced)
    if alert.phase == "closed":
        return Stepped(alert)
    return _open(alert, _with(alert, seen, is_above=is_above), seen, (when.now, terms), silenced=silenced)


def _waiting(alert: Alert | None, seen: Observation, when: Moments, terms: Terms, *, silenced: bool) -> Stepped:
    now = when.now
    if seen.verdict == "unknown":  # the time does not count, what was counted before stays
        return Stepped(None if alert is None else replace(alert, seen=now, held=seen.held))
    if seen.verdict != "breach":
        return Stepped(None)
    if alert is None:
        alert = Alert("pending", now, now)
    worked = alert.worked + min(max(when.worked(alert.seen, now), 0), UNSEEN)
    alert = replace(_with(alert, seen), seen=now, worked=worked, held=None, worst=seen.value)
    if worked < terms.lasts:
        return Stepped(alert)
    opened = replace(alert, phase="open", opened=now, told=not silenced, silenced=silenced)
    return Stepped(opened, (Happening("opened", not silenced),))


def _open(before: Alert, alert: Alert, seen: Observation, at: tuple[Moment, Terms], *, silenced: bool) -> Stepped:
    now, terms = at
    if seen.verdict == "gone":
        return _close(alert, now, "withdrawn")
    if seen.verdict == "well":
        since = now if before.well_since is None else before.well_since
        alert = replace(alert, well_since=since)
        if now - since >= terms.clear_for:
            return _close(alert, now, "ended")
    else:
        alert = replace(alert, well_since=None)
    alert = replace(alert, seen=now, silenced=silenced)
    if silenced or (before.told and not before.silenced):
        return Stepped(alert)
    return Stepped(replace(alert, told=True), (Happening("goes_on", is_told=True),))


def _close(alert: Alert, now: Moment, ended_as: EndedAs) -> Stepped:
    """Whoever was told that it is open is told that it is over, in a silence too: it is what they wait for."""
    closed = replace(alert, phase="closed", seen=now, closed=now, ended_as=ended_as)
    return Stepped(closed, (Happening("closed", alert.told),))


def _with(alert: Alert, seen: Observation, *, is_above: bool = True) -> Alert:
    """The alert with what was seen; of what is not known the last that was known stays."""
    if seen.verdict in {"unknown", "gone"}:
        return replace(alert, held=seen.held)
    worst = alert.worst
    if seen.value is not None:
        worst = seen.value if worst is None else (max if is_above else min)(worst, seen.value)
    return replace(alert, value=seen.value, worst=worst, cases=seen.cases, number=seen.number, held=None)
