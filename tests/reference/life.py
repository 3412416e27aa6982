"""The life of an application, asked at any minute: handbook 3.1 and 3.4."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tests.reference.history import CLOSED, NOT_RECEIVED, SETTLED, WAITS, Law, Said, Wait, in_order
from tests.reference.minutes import DAYS, MINUTES_A_DAY, Minute, day

LAST: Minute = DAYS * MINUTES_A_DAY - 1
Outcome = Literal["early", "on date", "late", "undated", "closed unsettled"]


@dataclass(frozen=True)
class Life:
    """What all records together say. With all of them known: a settlement that was taken back never happened."""

    said: tuple[Said, ...]
    law: Law

    @cached_property
    def records(self) -> list[Said]:
        """The records in the order of the life."""
        return in_order(self.said)

    @cached_property
    def newest(self) -> Said:
        """The truth of status."""
        return self.records[-1]

    @cached_property
    def whole(self) -> Said | None:
        """The newest whole state, whose dates hold."""
        return next((each for each in reversed(self.records) if each.whole), None)

    @cached_property
    def received(self) -> Minute | None:
        """When it was received; None: status 1, or refused or withdrawn without ever having been received."""
        if self.newest.status == 1:
            return None
        if self.whole and self.whole.received is not None:
            return self.whole.received
        return next((each.at for each in self.records if each.status not in NOT_RECEIVED), None)

    @cached_property
    def ended(self) -> Minute | None:
        """End of processing: the time of status 9, else of 10; of 7, 8, 3 where it was closed; None while open.

        Only records since the last that says it is not at its end speak of the end.
        """
        if self.received is None or self.newest.status not in SETTLED | CLOSED:
            return None
        final: list[Said] = []
        for record in reversed(self.records):
            if record.status not in SETTLED | CLOSED:
                break
            final.insert(0, record)
        return max(self.received, self._end_told(final))

    def _end_told(self, final: list[Said]) -> Minute:
        whole = next((each for each in reversed(final) if each.whole), None)
        settled = [each.at for each in final if each.status == 9]
        returned = [each.at for each in final if each.status == 10]
        if whole and self.newest.status == 3 and whole.refused is not None:
            return whole.refused
        if whole and whole.ended is not None:
            return whole.ended
        if settled:
            return settled[0]
        if returned and (self.newest.status in SETTLED or final[0].status == 10):  # else closed before, and still
            return whole.returned if whole and whole.returned is not None else returned[0]
        return final[0].at

    # -- waiting

    @cached_property
    def waits(self) -> list[Wait]:
        """Every wait, with its end where it has one; of the newest whole state, and those only a status tells of."""
        return sorted([*self.listed, *self._told_by_status()], key=lambda each: each.asked)

    @cached_property
    def listed(self) -> list[Wait]:
        """The waits that the newest whole state lists."""
        return [self._until_work_goes_on(each) for each in (self.whole.waits if self.whole else ())]

    def _until_work_goes_on(self, wait: Wait) -> Wait:
        if wait.answered is not None:
            return wait
        newer = self.records[self.records.index(self.whole) :] if self.whole else []
        after = [each.at for each in self.records if each.status not in WAITS and each.at > wait.asked]
        after += [each.at for each in newer[1:] if each.status not in WAITS and each.at == wait.asked]
        return Wait(wait.asked, min(after, default=None), None, wait.old_due, wait.payment)

    def _told_by_status(self) -> list[Wait]:
        """From a record that says so, of a wait that the list does not have, to the next that says something else."""
        told: list[Wait] = []
        since: Said | None = None
        for record, following in zip(self.records, [*self.records[1:], None], strict=True):
            if since and record.status != since.status:
                told.append(Wait(since.at, record.at, payment=since.status == 6))
                since = None
            until = following.at if following else None
            if not since and record.status in WAITS and not any(_same(record, until, each) for each in self.listed):
                since = record
        if since:
            told.append(Wait(since.at, payment=since.status == 6))
        return told

    def _waiting(self, waits: list[Wait], until: Minute) -> NDArray[np.bool_]:
        """For every minute from receipt to `until`: whether one of the waits covers it. Waits that overlap are one."""
        assert self.received is not None
        minutes = np.zeros(max(0, until - self.received), dtype=np.bool_)
        for wait in waits:
            answered = until if wait.answered is None else wait.answered
            minutes[max(0, wait.asked - self.received) : max(0, answered - self.received)] = True
        return minutes

    def paused(self, at: Minute) -> bool:
        """Open, and waiting for papers or a payment."""
        return self.open(at) and any(
            each.asked <= at and (each.answered is None or at < each.answered) for each in self.waits
        )

    def waiting_since(self, at: Minute) -> Minute:
        """The request with which the wait of this minute began; receipt, if it waited from then on."""
        assert self.received is not None
        worked_on = np.flatnonzero(~self._waiting(self.waits, at))
        return self.received + (int(worked_on[-1]) + 1 if worked_on.size else 0)

    def requests(self, at: Minute) -> int:
        """How many requests for further papers there were up to a minute; a request for payment is none."""
        return sum(each.asked <= at and not each.payment for each in self.waits)

    # -- the due date

    def due(self, at: Minute) -> Minute | None:
        """The due date in force: the last date that was given by then, moved by the worked minutes waited since.

        The source's own date rules; the first one given speaks for the time before it too. Where none was ever
        given: receipt, after the cut-off the next working day, and the procedure's term in working time. A wait
        moves the date when it is over.
        """
        date, given = self._given(at)
        if date is None or self.received is None:
            return None
        over = self._over(at)
        until = LAST if self.ended is None else self.ended
        until = min(until, max((each.answered or until for each in over), default=given))
        since = max(self.received, given)
        waited = self._moving(over, until)[since - self.received :] & self.law.time.is_worked[since : max(since, until)]
        return self.law.time.after(date, int(np.count_nonzero(waited)))

    def _moving(self, over: list[Wait], until: Minute) -> NDArray[np.bool_]:
        """The minutes that move the date. One that several waits cover goes with the first of them to end."""
        taken = moving = self._waiting([], until)
        for wait in sorted(over, key=lambda each: (each.answered or LAST, each.asked)):
            mine = self._waiting([wait], until) & ~taken
            taken = taken | mine
            moving = moving if self._moved(wait) else moving | mine
        return moving

    def _over(self, at: Minute) -> list[Wait]:
        if self.ended is not None and at >= self.ended:
            return self.waits
        return [each for each in self.waits if each.answered is not None and each.answered <= at]

    def _moved(self, wait: Wait) -> bool:
        """Whether the source, which names the date before a wait, has another since, and so has moved it by itself."""
        answered = self.whole.waits if self.whole and wait.answered is not None else ()
        if wait not in answered or wait.answered is None or wait.old_due is None or wait.new_due:
            return False
        told = [each for each in self.records if each.due is not None]
        said = [each.due for each in told if each.at < wait.answered] or [each.due for each in told[:1]]
        return bool(said) and wait.old_due not in {said[-1], self.due(min(wait.answered, self.ended or LAST) - 1)}

    def _given(self, at: Minute) -> tuple[Minute | None, Minute]:
        date, given, told = self._first_given(), 0, None
        news = [(each.answered, 0, each.asked, each.new_due) for each in self.waits if each.answered and each.new_due]
        news += [(each.at, 1, 0, each.due) for each in self.records if each.due is not None]
        for moment, kind, _, new in sorted(news):  # of two dates of one moment the later one is the newer
            if moment > at:
                break
            if kind == 0:  # the new date that a supplement brought
                date, given = new, moment
            elif told is None:
                told = new
            elif new != told:  # a new appointment; what is only said again is none
                told = new
                if new != date:
                    date, given = new, moment
        return date, given

    def _first_given(self) -> Minute | None:
        given = next((each.due for each in self.records if each.due is not None), None)
        if given is not None or self.law.term is None or self.received is None or self.whole is None:
            return given  # a transition does not name its procedure
        return self.law.time.after(self.law.time.count_from(self.received), self.law.term)

    @cached_property
    def judged_by(self) -> Minute | None:
        """The due date that judges an ended application: the last one known."""
        return self.due(LAST)

    # -- what it counts for

    @cached_property
    def outcome(self) -> Outcome | None:
        """Early, on time and late compare the dates of end and due date. None while open."""
        if self.ended is None:
            return None
        if self.newest.status in CLOSED:
            return "closed unsettled"
        if self.judged_by is None:
            return "undated"
        end, due = day(self.ended), day(self.judged_by)
        return "early" if end < due else "late" if end > due else "on date"

    def open(self, at: Minute) -> bool:
        """Received and not ended."""
        return self.received is not None and self.received <= at and (self.ended is None or at < self.ended)

    def overdue(self, at: Minute) -> bool:
        """Open, not waiting, and the day is after that of the due date."""
        due = self.due(at) if self.open(at) else None
        return due is not None and day(at) > day(due) and not self.paused(at)

    def due_soon(self, at: Minute) -> bool:
        """Open, not waiting, not overdue, and due within one working day."""
        due = self.due(at) if self.open(at) and not self.paused(at) else None
        return due is not None and day(at) <= day(due) and self.law.time.between(at, due) <= self.law.time.day_length

    def unit(self, at: Minute) -> int:
        """Where it is: in the unit that the newest record up to then names, or in what became of it by then.

        The first record speaks for the time before it too; one that corrects the unit also for the error before it.
        """
        units = [each.unit for each in self.records]
        for place in range(len(units) - 1, 0, -1):
            wrong = units[place - 1]
            back = place - 1
            while self.records[place].corrects_unit and back >= 0 and units[back] == wrong:
                units[back] = units[place]
                back -= 1
        here = [each for each in zip(units, self.records, strict=True) if each[1].at <= at]
        unit, said = here[-1] if here else (units[0], self.records[0])
        for merger in self.law.mergers:
            if merger.since <= at and (said.at < merger.since or unit not in merger.in_force):
                unit = dict(merger.became).get(unit, unit)
        return unit


def _same(waiting: Said, until: Minute | None, listed: Wait) -> bool:
    """Whether the wait that a status tells of is one that the list has with its own times: of one kind, at one time."""
    told_end = LAST if until is None else until
    listed_end = LAST if listed.answered is None else listed.answered
    at_one_time = waiting.at == listed.asked or (waiting.at < listed_end and listed.asked < told_end)
    return (waiting.status == 6) == listed.payment and at_one_time
