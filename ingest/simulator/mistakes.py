"""What is written wrong in a record: a year mistyped, an end clicked days after the fact; often put right later.

The steps stay what was done in the software; a telling says what the record writes for one of them.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from ingest.contracts.onestop import Status
from ingest.simulator.calendar import DAY, OfficeCalendar
from ingest.simulator.chance import Ask, chance
from ingest.simulator.life import Filing, Step, Telling
from ingest.simulator.profile import Profile

_A_YEAR = timedelta(days=365)
_WORTH_CORRECTING = 1200  # seconds of office time between the moments


class Told(NamedTuple):
    """The steps with those added at which a record is put right, and what the records write."""

    steps: tuple[Step, ...]
    tellings: tuple[Telling, ...] = ()


def told(profile: Profile, filing: Filing, steps: tuple[Step, ...], calendar: OfficeCalendar) -> Told:
    """How the records tell these steps: as they were, but for some per mille. Only results are mistaken here."""
    aim = chance(filing.salt, Ask.MISTAKEN)
    if steps[-1].status is not Status.RETURNED or aim >= profile.corrected + profile.mistyped:
        return Told(steps)
    if aim < profile.corrected:
        return _corrected(filing, steps, calendar)
    return _mistyped(filing, steps, calendar)


def _corrected(filing: Filing, steps: tuple[Step, ...], calendar: OfficeCalendar) -> Told:
    """A later record for an earlier moment: the end was clicked too late, or the receipt was."""
    place = _last(steps, Status.SETTLED)
    if chance(filing.salt, Ask.MISTAKE) < 0.3:
        received = _last(steps, Status.RECEIVED)
        place = received if received else place  # at the counter, nothing comes before the receipt
    if not place:
        return Told(steps)
    step, before = steps[place], steps[place - 1]
    worked = calendar.between(before.at, step.at)
    if worked < _WORTH_CORRECTING:
        return Told(steps)
    moment = calendar.add(before.at, int(worked * chance(filing.salt, Ask.MISTAKE_BY)))
    seen = _seen(filing, steps, calendar)
    return Told((*steps, seen), (Telling(step.status, moment, seen.at),))


def _mistyped(filing: Filing, steps: tuple[Step, ...], calendar: OfficeCalendar) -> Told:
    """A date of the year before: impossible, and put right after some days, or never."""
    kind = chance(filing.salt, Ask.MISTAKE)
    if kind < 0.2:
        return Told(_due_mistyped(steps))
    place = _last(steps, Status.SETTLED) if kind < 0.7 else len(steps) - 1
    if not place:
        return Told(steps)
    step = steps[place]
    wrong = Telling(step.status, step.at - _A_YEAR, step.at)
    if chance(filing.salt, Ask.MISTAKE_BY) < 0.4:
        return Told(steps, (wrong,))
    seen = _seen(filing, steps, calendar)
    return Told((*steps, seen), (wrong, Telling(step.status, step.at, seen.at)))


def _due_mistyped(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The first promise bears the wrong year; the next record has the right one."""
    return tuple(
        replace(step, due_at=step.due_at - _A_YEAR) if step.status is Status.RECEIVED and step.due_at else step
        for step in steps
    )


def _seen(filing: Filing, steps: Sequence[Step], calendar: OfficeCalendar) -> Step:
    """The record that puts it right: nothing changes but what it writes."""
    last = steps[-1]
    return replace(last, at=_days_later(last.at, 0.3 + 12 * chance(filing.salt, Ask.MISTAKE_SEEN), calendar))


def _days_later(moment: datetime, days: float, calendar: OfficeCalendar) -> datetime:
    return calendar.add(moment, int(days * DAY))


def _last(steps: Sequence[Step], status: Status) -> int | None:
    """Where the last step of a status stands."""
    return next((place for place in reversed(range(len(steps))) if steps[place].status is status), None)
