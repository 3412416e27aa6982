"""Incidents: one for each cause, however often it comes and goes, until all has been well for a while. Pure.

A source that flaps raises no second incident while the first is open, and the first closes only after it has been
well for `quiet` seconds: with half an hour, it raises at most two in an hour.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple, TypeAlias

from stream.core.moment import Moment

Cause: TypeAlias = Literal["silent", "late", "intake", "halted"]
"""silent: a source is; late: what a source tells lags; intake: all sources fell silent at once, which is our own
way in rather than all of them; halted: a partition was stopped over its poison."""

INTAKE_OF: Final = 2
"""From so many sources on that fall silent at once it is the way in."""


class Trouble(NamedTuple):
    """Something is wrong now, since `began`; `source` is None where it is no single source.

    `well_until` is the last moment at which all was still well with all that the trouble is made of.
    """

    cause: Cause
    source: str | None
    began: Moment
    well_until: Moment = 0


@dataclass(frozen=True, slots=True)
class Incident:
    """See `stream.sources.incident`, with moments as the core counts them. `number` is 0 until it is stored."""

    cause: Cause
    source: str | None
    began: Moment
    seen: Moment
    recovered: Moment | None = None
    closed: Moment | None = None
    flaps: int = 0
    number: int = 0

    @property
    def about(self) -> tuple[str, str]:
        """What there can be one open incident of: a source, or a cause that is no single source."""
        return ("source", self.source) if self.source is not None else ("cause", self.cause)


class Silence(NamedTuple):
    """A source that promised, heard of before: what it takes to say whether all fell silent at once.

    `silent_from` is the first moment at which it is silent unless it is heard of.
    """

    source: str
    heard: Moment
    silent_from: Moment


def intake(sources: Sequence[Silence], now: Moment) -> Trouble | None:
    """The trouble of all these sources being silent at once; None where it is not so.

    At once: none was silent yet when the last of them was heard of. A source that had long gone before is not of it,
    and then it is the others' own silence.
    """
    if len(sources) < INTAKE_OF or any(each.silent_from > now for each in sources):
        return None
    last = max(each.heard for each in sources)
    if any(each.silent_from <= last for each in sources):
        return None
    return Trouble("intake", None, max(each.silent_from for each in sources), last)


def next_incidents(
    open_now: Iterable[Incident], troubles: Iterable[Trouble], now: Moment, quiet: int
) -> Sequence[Incident]:
    """The incidents that are new or have changed. `open_now` are all that are open, `troubles` all that is wrong now.

    While the way in is at fault, and until its incident is closed, no source gets an incident of its own: what follows
    from one cause is one incident. Incidents of sources that turn out to be the way in are taken up by it: the first
    becomes it, the others are closed without having recovered.
    """
    before = {each.about: each for each in open_now}
    wrong = {_about(each): each for each in troubles}
    after = {about: _after(each, wrong.get(about), now, quiet) for about, each in before.items()}
    fell = wrong.get(_INTAKE)
    if fell is not None and _INTAKE not in before:
        _take_up(after, fell, now)
    covered = fell is not None or (_INTAKE in after and after[_INTAKE].closed is None)
    for about, trouble in wrong.items():
        if about not in before and about not in after and not (covered and trouble.source is not None):
            after[about] = Incident(trouble.cause, trouble.source, trouble.began, now)
    stored = {each.number: each for each in before.values()}
    return [each for each in after.values() if each.number == 0 or each != stored[each.number]]


_About: TypeAlias = tuple[str, str]
_INTAKE: Final[_About] = ("cause", "intake")


def _about(trouble: Trouble) -> _About:
    return ("source", trouble.source) if trouble.source is not None else ("cause", trouble.cause)


def _after(incident: Incident, trouble: Trouble | None, now: Moment, quiet: int) -> Incident:
    """The incident a moment later: still ill (perhaps worse), ill again, well, or well for long enough."""
    if trouble is not None:
        cause = trouble.cause if incident.cause == "late" else incident.cause
        return replace(incident, cause=cause, recovered=None, flaps=incident.flaps + (incident.recovered is not None))
    if incident.recovered is None:
        return replace(incident, recovered=now)
    return replace(incident, closed=now) if now - incident.recovered >= quiet else incident


def _take_up(after: dict[_About, Incident], fell: Trouble, now: Moment) -> None:
    """The incident of the way in takes up those of its sources that began with it."""
    own = [
        about
        for about, each in after.items()
        if each.cause == "silent" and each.recovered is None and each.began > fell.well_until
    ]
    for place, about in enumerate(sorted(own, key=lambda each: after[each].began)):
        if place == 0:
            after[_INTAKE] = replace(after.pop(about), cause="intake", source=None)
        else:
            after[about] = replace(after[about], closed=now)
