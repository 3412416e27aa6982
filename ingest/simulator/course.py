"""The course of an application: every moment from its filing to the return of its result.

The moves are those of handbook 3.1, but for a small share that `unusual.py` bends.
"""

from datetime import datetime, timedelta
from random import Random

from ingest.contracts.onestop import Channel, Status
from ingest.simulator.calendar import DAY, OfficeCalendar, calendar_of
from ingest.simulator.chance import Ask, chance
from ingest.simulator.ending import draw_ending, draw_work
from ingest.simulator.life import LATE_ENDINGS, Ending, Filing, Step, Wait
from ingest.simulator.pauses import Pause, draw_pauses
from ingest.simulator.profile import Profile
from ingest.simulator.unusual import bend

_CLOSINGS = {Ending.WITHDRAWN: Status.WITHDRAWN, Ending.STOPPED: Status.STOPPED}
_PROMISED_AGAIN_FROM = 3  # working days: for shorter terms nobody makes a second appointment


def course(profile: Profile, filing: Filing, rng: Random) -> tuple[tuple[Step, ...], tuple[Wait, ...]]:
    """What is done, and what is waited for, by the random numbers that came with the filing."""
    calendar = calendar_of(filing.at.year)
    laid = _Course(filing, calendar, rng)
    ending = draw_ending(profile, filing, rng)
    looked_at = laid.file()
    if ending is Ending.REFUSED:
        laid.step(looked_at, Status.REFUSED)
    elif ending is Ending.WITHDRAWN and looked_at > filing.at and rng.random() < 0.2:
        laid.step(looked_at, Status.WITHDRAWN)
    else:
        laid.receive(looked_at)
        work = draw_work(ending, filing.procedure, looked_at, calendar, rng)
        pauses = draw_pauses(profile, filing, ending, rng)
        laid.handle(work, pauses)
        if not pauses and _is_promised_again(profile, filing, ending):
            laid.promise_again()
        laid.close(ending)
    steps = tuple(laid.steps)
    if rng.random() < profile.unusual:
        steps = bend(steps, calendar, rng)
    return steps, tuple(laid.waits)


def is_undated(profile: Profile, filing: Filing) -> bool:
    """Whether its software never writes a due date: the procedure's term has to tell it."""
    return chance(filing.salt, Ask.UNDATED) < profile.undated


def _is_promised_again(profile: Profile, filing: Filing, ending: Ending) -> bool:
    if is_undated(profile, filing):
        return False
    if ending not in {Ending.EARLY, Ending.ON_DATE} or filing.procedure.term < _PROMISED_AGAIN_FROM:
        return False
    return chance(filing.salt, Ask.REAPPOINTED) < profile.reappointed


class _Course:
    """Lays one moment after the other, in office time."""

    def __init__(self, filing: Filing, calendar: OfficeCalendar, rng: Random) -> None:
        self._filing = filing
        self._calendar = calendar
        self._rng = rng
        self._due = filing.at  # until it is received; no step shows it before
        self._rest = 0  # office seconds of work still to do
        self.steps: list[Step] = []
        self.waits: list[Wait] = []

    @property
    def _now(self) -> datetime:
        return self.steps[-1].at

    def step(self, at: datetime, status: Status, due_at: datetime | None = None) -> None:
        """Let the status change at that moment, or just after the change before it."""
        if self.steps and at <= self._now:
            at = self._now + timedelta(seconds=1)
        self.steps.append(Step(at, status, due_at))

    def file(self) -> datetime:
        """Hand it in; the answer is when somebody looks at it: at the counter at once, online in office time."""
        at = self._filing.at
        if self._filing.channel is not Channel.ONLINE:
            return at
        self.step(at, Status.NEW)
        return self._calendar.add(at, 180 + self._upto(5000))

    def receive(self, at: datetime) -> None:
        """Receive it and promise a due date: the close of a day, for terms under a day the hour."""
        procedure = self._filing.procedure
        if procedure.term >= 1:
            self._due = self._calendar.close_after(at, int(procedure.term))
        else:
            self._due = self._calendar.add(at, procedure.seconds)
        self.step(at, Status.RECEIVED, self._due)

    def handle(self, work: int, pauses: tuple[Pause, ...]) -> None:
        """Work on it up to its end, with the clock stopped in the pauses."""
        begin = min(60 + self._upto(1500), work // 4)
        self.step(self._calendar.add(self._now, begin), Status.IN_PROGRESS, self._due)
        self._rest = work - begin
        for pause in pauses:
            done = max(60, int(self._rest * pause.after))
            self._rest = max(60, self._rest - done)
            self.step(self._calendar.add(self._now, done), pause.status, self._due)
            if not pause.answered:
                self.waits.append(Wait(pause.status, self._now, self._due))
                self._rest = int(pause.days * DAY)
                return
            self._resume(pause)

    def promise_again(self) -> None:
        """Give a later due date, without any wait, while there is still time."""
        days = 1 + int(4 * chance(self._filing.salt, Ask.REAPPOINTED_BY))
        done = max(60, int(self._rest * 0.7))
        self._rest = max(60, self._rest - done + days * DAY // 2)
        self._due = self._calendar.close_after(self._due, days)
        self.step(self._calendar.add(self._now, done), Status.IN_PROGRESS, self._due)

    def close(self, ending: Ending) -> None:
        """Settle it and return the result, or end it otherwise."""
        end = self._calendar.add(self._now, self._rest)
        if ending in _CLOSINGS:
            self.step(end, _CLOSINGS[ending], self._due)
            return
        if ending not in LATE_ENDINGS and end.date() > self._due.date():
            end = max(self._now + timedelta(seconds=60), self._due - timedelta(seconds=self._upto(3600)))
        self.step(end, Status.SETTLED, self._due)
        self.step(self._returned(end), Status.RETURNED, self._due)

    def _resume(self, pause: Pause) -> None:
        """Go on after a wait: the due date moves by the working days that it took, begun ones included."""
        begin, before = self._now, self._due
        end = self._calendar.opening_from(begin + timedelta(days=pause.days))
        self._due = self._calendar.close_after(before, -(-self._calendar.between(begin, end) // DAY) or 1)
        self.waits.append(Wait(pause.status, begin, before, end, self._due))
        self.step(end, Status.IN_PROGRESS, self._due)

    def _returned(self, end: datetime) -> datetime:
        """An electronic result goes out by itself; others are fetched at the counter, soon or days later."""
        if self._filing.channel is Channel.ONLINE:
            return end + timedelta(seconds=20 + self._upto(600))
        return self._calendar.add(end, 120 + self._upto(3600 if self._rng.random() < 0.7 else 4 * DAY))

    def _upto(self, seconds: int) -> int:
        return int(self._rng.random() * seconds)
