"""What becomes of a slot that has come: made now, waited with, or held for sources that are late. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from stream.core.calendar import WorkingCalendar
from stream.core.moment import moment_of
from stream.snapshot.schedule.book import LONGEST_WAIT, Decision, Taken
from stream.snapshot.schedule.schedule import Schedule

LOG_AGAIN: Final = timedelta(seconds=2)
HELD_AGAIN: Final = timedelta(seconds=30)
FIRST_WAIT: Final = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Look:
    """What is seen while deciding.

    `settled_until` is until when the log is applied, None where nobody can say. `lacks_sources` says whether sources
    are missing for a snapshot as known at a moment; it is asked only where it makes a difference.
    """

    now: datetime
    calendar: WorkingCalendar
    settled_until: datetime | None
    lacks_sources: Callable[[datetime], bool]


def decide(schedule: Schedule, taken: Taken, look: Look) -> Decision:
    """What becomes of it.

    It is made as known at its slot, however late that is: whoever makes it says the same figures. Only one that was
    held for its sources is made as known when it is let go: when none is late any more, or the working time is over
    for which it is held at most. In either case everything that came into the log until then has to be applied.
    """
    if not _is_settled(taken.known_at or taken.due_at, look):
        return _wait_for_log(schedule, taken, look, taken.known_at)
    if taken.known_at is not None:
        return _go(taken, taken.known_at, taken.held_since, look)
    is_held = taken.state == "held"
    if schedule.late_sources == "partial" or taken.origin != "schedule":
        return _go(taken, taken.due_at, None, look)
    if not is_held and not look.lacks_sources(taken.due_at):
        return _go(taken, taken.due_at, None, look)
    late = _also(taken.late, "sources_late")
    since = taken.held_since or look.now
    if look.lacks_sources(look.now) and not _is_over(schedule, taken, look):
        return Decision(is_go=False, next_at=look.now + HELD_AGAIN, late=late, held_since=since)
    # Let go: as known now. It goes on when all of it is applied.
    return Decision(is_go=False, next_at=look.now, late=late, known_at=look.now, held_since=since)


def wait_after(attempts: int) -> timedelta:
    """How long a slot waits after so many attempts: ten seconds, twice as long each time, an hour at most."""
    return min(FIRST_WAIT * (1 << min(max(attempts - 1, 0), 20)), LONGEST_WAIT)


def _is_settled(known_at: datetime, look: Look) -> bool:
    """Whether every record that was known by then is applied: what has that very moment counts, too."""
    return look.settled_until is not None and look.settled_until > known_at


def _wait_for_log(schedule: Schedule, taken: Taken, look: Look, known_at: datetime | None) -> Decision:
    is_late = look.now - (known_at or taken.due_at) > timedelta(seconds=schedule.on_time_within)
    late = _also(taken.late, "log_behind") if is_late else tuple(taken.late)
    next_at = look.now + LOG_AGAIN
    return Decision(is_go=False, next_at=next_at, late=late, known_at=known_at, held_since=taken.held_since)


def _is_over(schedule: Schedule, taken: Taken, look: Look) -> bool:
    held = look.calendar.measure(moment_of(taken.due_at), moment_of(look.now))
    return held >= schedule.hold_for.working(look.calendar)


def _go(taken: Taken, known_at: datetime, held_since: datetime | None, look: Look) -> Decision:
    next_at = look.now + wait_after(taken.attempts + 1)
    return Decision(is_go=True, next_at=next_at, late=tuple(taken.late), known_at=known_at, held_since=held_since)


def _also(late: Sequence[str], reason: str) -> tuple[str, ...]:
    return (*(each for each in late if each != reason), reason)
