"""Whether a snapshot is late, by how much, and why. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from stream.snapshot.content.document import LateReason
from stream.snapshot.schedule.book import Taken
from stream.snapshot.schedule.schedule import Schedule
from stream.snapshot.schedule.wording import late_reason


class Lateness(NamedTuple):
    """The reasons, in the order in which they were found; none where it is on time."""

    ids: tuple[str, ...]

    @property
    def reasons(self) -> tuple[LateReason, ...]:
        """The same with their words."""
        return tuple(late_reason(each) for each in self.ids)


def lateness(schedule: Schedule, taken: Taken, away: Iterable[str], now: datetime) -> Lateness:
    """Why a slot that is made now is late: what was found on the way, else who was `away` between its slot and now.

    Where nothing was found: who made it before ended in the midst of it, or others were made before it.
    """
    if now - taken.due_at <= timedelta(seconds=schedule.on_time_within):
        return Lateness(())
    found = tuple(taken.late) or tuple(away)
    return Lateness(found or (("scheduler_away",) if taken.attempts > 1 else ("busy",)))
