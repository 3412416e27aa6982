"""What holds of every row at the queue's moment: the ledger's levels, and what people did about it, all at once."""

from functools import cached_property
from typing import Final, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from stream.apply.cases import APPLICATION
from stream.queue.course import NEVER
from stream.queue.queue import Queue
from stream.queue.working import Moments

Mask: TypeAlias = npt.NDArray[np.bool_]

State: TypeAlias = Literal["overdue", "due_soon", "paused", "running", "warned", "owed", "escalated", "unacknowledged"]
"""Every open case is just one of the first four. `running`: the clock runs, and it is neither overdue nor due soon."""
STATES: Final[tuple[State, ...]] = get_args(State)


class Held:
    """One array a fact, by the place of the row; asked for once, however often it is looked at."""

    def __init__(self, queue: Queue) -> None:
        self._columns = queue.columns
        self._now = queue.moment
        self._worked = queue.worked()

    @cached_property
    def paused(self) -> Mask:
        """The clock stands: papers or a payment are awaited."""
        found: Mask = self._columns["paused"] != NEVER
        return found

    @cached_property
    def overdue(self) -> Mask:
        """Since the day after the due date (handbook 3.4), unless the clock stands."""
        return (self._columns["over"] <= self._now) & ~self.paused

    @cached_property
    def due_soon(self) -> Mask:
        """Due within a working day, or today."""
        return (self._columns["near"] <= self._now) & ~self.paused & ~self.overdue

    @cached_property
    def running(self) -> Mask:
        """In time: the clock runs."""
        return ~(self.paused | self.overdue | self.due_soon)

    @cached_property
    def late_by_index(self) -> Mask:
        """Late by the service-quality index (handbook section 5); of applications only."""
        columns = self._columns
        asked_late = self.paused & (columns["paused"] >= columns["over"])
        late = self.overdue | asked_late | (columns["late"] <= self._now)
        found: Mask = late & (columns["kind"] == APPLICATION)
        return found

    @cached_property
    def has_chance(self) -> Mask:
        """There is a chance that it will be late: not where it is late already."""
        return ~np.isnan(self._columns["chance"]) & ~self.overdue

    @cached_property
    def warned(self) -> Mask:
        """It stands on the list "will be late"."""
        found: Mask = self._columns["warned"] & ~self.overdue
        return found

    @cached_property
    def sent(self) -> Mask:
        """The letter of apology that was owed is sent."""
        found: Mask = self._columns["sent"] <= self._now
        return found

    @cached_property
    def owed(self) -> Mask:
        """A letter of apology is owed, and none was sent."""
        return (self._columns["owed"] <= self._now) & ~self.sent

    @cached_property
    def escalated(self) -> Mask:
        """Reported to somebody above."""
        found: Mask = self._columns["rank"] > 0
        return found

    @cached_property
    def unacknowledged(self) -> Mask:
        """Calls for somebody, and nobody has said that they take care: late, due soon or warned of.

        An acknowledgement counts until it expires, an alarm that was dismissed as long as the due date stays.
        """
        columns = self._columns
        calls = self.overdue | self.due_soon | self.warned
        is_dismissed = columns["dismissed"] & (columns["dismissed_due"] == columns["due"])
        found: Mask = calls & ~is_dismissed & (columns["acknowledged"] <= self._now)
        return found

    @cached_property
    def has_due(self) -> Mask:
        """It has a due date."""
        found: Mask = self._columns["due"] != NEVER
        return found

    @cached_property
    def remaining(self) -> Moments:
        """Working seconds to the due date, from the pause where the clock stands; only where `has_due`."""
        columns = self._columns
        now = self._worked[columns["calendar"]] if len(self._worked) else np.zeros(columns.size, dtype=np.int64)
        left: Moments = columns["worked_due"] - np.where(self.paused, columns["worked_paused"], now)
        return left

    def of(self, state: State) -> Mask:
        """Which rows are in a state."""
        found: Mask = getattr(self, state)
        return found
