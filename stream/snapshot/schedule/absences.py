"""When nobody looked at the slots, as far as one scheduler knows, and why."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple, TypeAlias

Away: TypeAlias = Literal["scheduler_away", "clock_set"]
GAP: Final = timedelta(minutes=1)
"""A scheduler gives a sign of life every few seconds: silence longer than this is an absence."""
LEAP: Final = timedelta(seconds=30)
"""A clock that goes so much further than time did was set."""
_MOST: Final = 200


class Absence(NamedTuple):
    """Nobody looked between two moments."""

    since: datetime
    until: datetime
    reason: Away


class Absences:
    """Learned from each sign of life: how far the clock went since the one before, and how much time passed.

    `steady` counts seconds that no setting of a clock changes. Clocks that go back are no absence.
    """

    def __init__(self, steady: Callable[[], float]) -> None:
        self._steady = steady
        self._last: tuple[datetime, float] | None = None
        self._known: list[Absence] = []

    def begin(self, now: datetime, last_seen: datetime | None) -> None:
        """The scheduler begins to look; `last_seen` is when any was heard of before."""
        if last_seen is not None and now - last_seen > GAP:
            self._add(Absence(last_seen, now, "scheduler_away"))
        self._last = (now, self._steady())

    def looked(self, now: datetime) -> None:
        """Called at each sign of life that was written."""
        steady = self._steady()
        if self._last is not None:
            before, counted = self._last
            went, passed = now - before, timedelta(seconds=steady - counted)
            if went - passed > LEAP:
                self._add(Absence(before, now, "clock_set"))
            elif went > GAP:
                self._add(Absence(before, now, "scheduler_away"))
        self._last = (now, steady)

    def between(self, due_at: datetime, now: datetime) -> Iterator[Away]:
        """Why nobody looked between the two moments; nothing where somebody did all the time."""
        found = dict.fromkeys(each.reason for each in self._known if each.since < now and due_at < each.until)
        return iter(found)

    def _add(self, absence: Absence) -> None:
        self._known = [*self._known[-_MOST:], absence]
