"""The queue itself: every open case, how it is handled, and how likely it is to be late. Touches no table."""

from bisect import bisect_left, insort
from collections.abc import Collection, Sequence
from typing import Final

import numpy as np

from stream.core.calendar import WorkingCalendar
from stream.core.clock import thresholds
from stream.core.handling import Handling
from stream.core.moment import Moment
from stream.queue.columns import Columns
from stream.queue.course import NEVER, Course, Phase
from stream.queue.names import Names
from stream.queue.risks import Risk, Risks
from stream.queue.words import folded
from stream.queue.working import Moments, worked_time

_BY_CLOCK: Final = ("near", "over", "owed", "sent", "late", "acknowledged")
"""Moments at which a row stands otherwise than before, though nothing was told."""


class Queue:
    """All rows as of a moment, which only goes on. For one thread at a time."""

    def __init__(self, names: Names, moment: Moment, working_day: int = 8 * 3_600) -> None:
        self.names = names
        self.working_day = working_day
        self.moment = moment
        self.columns = Columns()
        self.codes: list[str] = []
        self.searched: list[str] = []
        self.slots: dict[str, int] = {}
        self.handlings: dict[str, Handling] = {}
        self.risks: Risks = {}
        self.holders: list[str] = []
        self._calendars: list[WorkingCalendar] = []
        self._later: dict[int, tuple[Phase, ...]] = {}
        self._order: list[str] = []
        self._ranks: Moments | None = None
        self._unsettled: set[int] = set()

    def __len__(self) -> int:
        """How many rows there are, those that wait for their time with them."""
        return len(self.slots)

    def unit_of(self, code: str) -> int | None:
        """The unit of a row; None where the case does not stand in the queue now."""
        slot = self.slots.get(code)
        return None if slot is None or not self.columns["listed"][slot] else int(self.columns["unit"][slot])

    def put(self, course: Course) -> None:
        """A case that came, or of which more is known; `settle` has to follow."""
        slot = self.slots.get(course.code)
        slot = self._come(course.code) if slot is None else slot
        columns = self.columns
        columns.set(
            slot, number=course.number, kind=course.kind, field=course.field, procedure=course.procedure,
            channel=course.channel, level=course.level, received=course.received, owed=course.owed, sent=course.sent,
            late=course.late, calendar=self._calendar(course.calendar),
        )  # fmt: skip
        self._enter(slot, course.phases)
        self._warn(slot, self.risks.get(course.number))

    def remove(self, code: str) -> None:
        """The case ended, or is none of the queue."""
        slot = self.slots.pop(code, None)
        if slot is None:
            return
        del self._order[bisect_left(self._order, code)]
        self._ranks = None
        self.codes[slot] = self.searched[slot] = ""
        self.handlings.pop(code, None)
        self._later.pop(slot, None)
        self._unsettled.discard(slot)
        self.columns.give_back(slot)

    def handle(self, code: str, handling: Handling) -> bool:
        """How a case is handled now; False where it does not stand in the queue."""
        slot = self.slots.get(code)
        if slot is None:
            return False
        self.handlings[code] = handling
        if handling.holder is not None and handling.holder not in self.holders:
            self.holders.append(handling.holder)
        self.columns.set(
            slot, holder=None if handling.holder is None else self.holders.index(handling.holder), rank=handling.rank,
            acknowledged=handling.acknowledged_until, dismissed=handling.is_dismissed,
            dismissed_due=handling.dismissed_due,
        )  # fmt: skip
        return True

    def warn(self, risks: Risks) -> Collection[str]:
        """Other chances to be late, by the number of the case; answers which rows changed."""
        before, self.risks = self.risks, risks
        changed = []
        for code, slot in self.slots.items():
            number = int(self.columns["number"][slot])
            if risks.get(number) != before.get(number):
                self._warn(slot, risks.get(number))
                changed.append(code)
        return changed

    def due_by(self, moment: Moment) -> Collection[str]:
        """The rows that will stand otherwise by a later moment, by the clock alone."""
        columns = self.columns
        passed = columns["until"] <= moment
        for name in _BY_CLOCK:
            passed |= (columns[name] > self.moment) & (columns[name] <= moment) & columns["listed"]
        return [self.codes[slot] for slot in np.flatnonzero(passed).tolist()]

    def advance(self, moment: Moment) -> None:
        """Go on to a later moment; `settle` has to follow."""
        self.moment = max(self.moment, moment)
        for slot in np.flatnonzero(self.columns["until"] <= self.moment).tolist():
            self._enter(slot, self._later.pop(slot, ()))

    def settle(self) -> None:
        """Work out what the calendars make of the rows that were put, all at once."""
        slots = np.fromiter(self._unsettled, dtype=np.intp, count=len(self._unsettled))
        self._unsettled.clear()
        columns = self.columns
        for number, calendar in enumerate(self._calendars):
            mine = slots[columns["calendar"][slots] == number]
            dated, standing = mine[columns["due"][mine] != NEVER], mine[columns["paused"][mine] != NEVER]
            worked = worked_time(calendar)
            columns["worked_due"][dated] = worked.until(columns["due"][dated])
            columns["worked_paused"][standing] = worked.until(columns["paused"][standing])
            columns["near"][mine] = columns["over"][mine] = NEVER
            if dated.size:
                found = np.array([thresholds(due, calendar) for due in columns["due"][dated].tolist()], dtype=np.int64)
                columns["near"][dated], columns["over"][dated] = found[:, 0], found[:, 1]

    def worked(self) -> Moments:
        """The working time before this moment, by the number of the calendar."""
        return np.array([worked_time(each).until_one(self.moment) for each in self._calendars], dtype=np.int64)

    @property
    def ranks(self) -> Moments:
        """The place of each row by its code."""
        if self._ranks is None or len(self._ranks) != self.columns.size:
            ranks = np.zeros(self.columns.size, dtype=np.int64)
            slots = np.fromiter((self.slots[code] for code in self._order), dtype=np.intp, count=len(self._order))
            ranks[slots] = np.arange(len(slots))
            self._ranks = ranks
        return self._ranks

    def _come(self, code: str) -> int:
        slot = self.columns.take()
        if slot == len(self.codes):
            self.codes.append("")
            self.searched.append("")
        self.codes[slot], self.searched[slot], self.slots[code] = code, folded(code), slot
        insort(self._order, code)
        self._ranks = None
        return slot

    def _enter(self, slot: int, phases: Sequence[Phase]) -> None:
        """The phase of now, and those to come; a row without any leaves."""
        left = tuple(phase for phase in phases if phase.end > self.moment)
        if not left:
            self.remove(self.codes[slot])
        elif left[0].start > self.moment:  # not received yet, by a clock that is ahead
            self.columns.set(slot, listed=False, until=left[0].start)
            self._later[slot] = left
        else:
            self.columns.set_phase(slot, left[0])
            self._later[slot] = left[1:]
            self._unsettled.add(slot)
        if not self._later.get(slot):
            self._later.pop(slot, None)

    def _warn(self, slot: int, risk: Risk | None) -> None:
        if risk is None:
            self.columns.set(slot, chance=None, warned=None)
        else:
            self.columns.set(slot, chance=risk.chance, warned=risk.is_warned)

    def _calendar(self, calendar: WorkingCalendar) -> int:
        """The number of a calendar: nearly always there is one, while another is being adopted two."""
        if calendar not in self._calendars:
            self._calendars.append(calendar)
        return self._calendars.index(calendar)
