"""Random histories of applications: what sources say of a life, as they say it: late, twice, corrected, in any order.

A history follows from one number, so that a batch of them is one example for hypothesis, and a failing one can be made
again from its number. `smaller` yields the same history with one thing less, to find the smallest that still fails.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from tests.reference.history import Law, Merger, Said, Wait
from tests.reference.minutes import MINUTES_A_DAY, Minute, minute
from tests.reference.working_time import FIVE_DAYS, WITH_SATURDAY_MORNINGS, WorkingTime

UNITS: Final = (3980, 4033, 3985)
MERGED: Final = 3979
"""A unit of after the merger; the third of `UNITS` lives on under its code, as codes do."""
MERGER: Final = Merger(minute("2025-07-01"), ((3980, MERGED), (4033, MERGED), (3985, 3985)), frozenset({MERGED, 3985}))
ALL_UNITS: Final = frozenset({*UNITS, MERGED})

CALENDARS: Final = (
    WorkingTime(),
    WorkingTime(cut_off=15 * 60),
    WorkingTime(WITH_SATURDAY_MORNINGS),
    WorkingTime(WITH_SATURDAY_MORNINGS, cut_off=16 * 60),
    WorkingTime(FIVE_DAYS, free=frozenset(), worked_instead=frozenset()),
)
HOT: Final = tuple(
    minute(text)
    for text in ("2024-12-30", "2025-01-22", "2025-01-29", "2025-04-25", "2025-04-30", "2025-06-26", "2025-08-29",
                 "2025-12-31", "2026-01-08", "2026-02-12", "2026-02-18")
)  # fmt: skip
FIRST, LAST = minute("2024-12-01"), minute("2026-03-31")
EDGES: Final = (0, 450, 690, 810, 900, 960, 1050, 1439)
OPEN, WAITING, ENDED = frozenset({1, 2, 4}), frozenset({5, 6}), frozenset({3, 7, 8, 9, 10})


@dataclass(frozen=True)
class History:
    """One application: records in the order of their arrival, and the law it is judged by."""

    number: int
    said: tuple[Said, ...]
    law: Law


def history(number: int) -> History:
    """The history of this number."""
    random = Random(number)
    law = _law(random)
    said = _Source(random, law).life()
    if len(said) > 2 and random.random() < 0.1:  # one was lost on its way
        said.pop(random.randrange(len(said)))
    if random.random() < 0.6:
        random.shuffle(said)
    said += random.choices(said, k=random.choice((0, 0, 0, 1, 2)))
    return History(number, tuple(said), law)


def smaller(one: History) -> Iterator[History]:
    """The same history with one thing less."""
    for place, record in enumerate(one.said):
        if len(one.said) > 1:
            yield replace(one, said=one.said[:place] + one.said[place + 1 :])
        for plainer in (replace(record, due=None), replace(record, ended=None), replace(record, returned=None)):
            if plainer != record:
                yield _with(one, place, plainer)
        for at, wait in enumerate(record.waits):
            for plain in (replace(wait, new_due=None), replace(wait, old_due=None)):
                if plain != wait:
                    kept = (*record.waits[:at], plain, *record.waits[at + 1 :])
                    yield _with(one, place, replace(record, waits=kept))
    if one.law.mergers:
        yield replace(one, law=replace(one.law, mergers=()))
    if one.law.time != CALENDARS[0]:
        yield replace(one, law=replace(one.law, time=CALENDARS[0]))


def _with(one: History, place: int, record: Said) -> History:
    return replace(one, said=(*one.said[:place], record, *one.said[place + 1 :]))


def _law(random: Random) -> Law:
    time = random.choice(CALENDARS)
    term = random.choice((None, random.randrange(1, 61) * time.day_length // 2, random.randrange(1, 49) * 60))
    return Law(time, term, (MERGER,) if random.random() < 0.5 else ())


def a_moment(random: Random, on: Minute) -> Minute:
    """A minute of the day of `on`: an edge of working time, an hour in it, or any, at night too."""
    midnight = on - on % MINUTES_A_DAY
    return midnight + random.choice((random.choice(EDGES), random.randrange(450, 1050), random.randrange(1440)))


class _Source:
    """Tells one life; how it tells it (lists waits, moves its date, has a time of its own) stays its habit."""

    def __init__(self, random: Random, law: Law) -> None:
        self.random, self.law = random, law
        self.lists_waits = random.random() < 0.8
        self.updates_due = random.random() < 0.5
        self.has_own_time = random.random() < 0.75
        self.transitions = random.choice((0.0, 0.3, 0.7))
        on = random.choice(HOT) + random.randrange(-2, 6) * MINUTES_A_DAY
        self.at = a_moment(random, on if random.random() < 0.5 else random.randrange(FIRST, LAST))
        self.said: list[Said] = []
        self.now = Said(0, self.at, 1, random.choice(UNITS), channel=random.choice((1, 2, 2, 3)))

    def life(self) -> list[Said]:
        if self._maybe(0.2):
            self._say(0.0)
            self._wait_a_while()
        if self._maybe(0.03):
            self.now = replace(self.now, status=self.random.choice((3, 7)), refused=self.at)
            self._say(0.0)
            return self.said
        due = self._promise() if self.law.term is None or self._maybe(0.7) else None
        due = None if self._maybe(0.03) else due
        self.now = replace(self.now, status=2, received=self.at, due=due)
        self._say(0.0)
        for _ in range(self.random.choice((0, 1, 2, 3, 4, 6, 8))):
            self._wait_a_while()
            self._go_on()
        if self.now.status in OPEN and self._maybe(0.5):
            self._wait_a_while()
            self._end()
        return self.said

    def _go_on(self) -> None:
        status = self.now.status
        if status in ENDED:
            self._after_the_end()
        elif status in WAITING and self._maybe(0.6):
            self._answer()
        else:
            self.random.choice((self._ask, self._ask, self._end, self._end, self._move, self._appoint, self._work,
                                self._correct))()  # fmt: skip

    def _work(self) -> None:
        self.now = replace(self.now, status=self.random.choice((4, 4, 4, 2)))
        self._say()

    def _ask(self) -> None:
        payment = self._maybe(0.3)
        wait = Wait(self.at, None, None, self.random.choice((None, self.now.due)), payment)
        self.now = replace(self.now, status=6 if payment else 5, waits=(*self.now.waits, wait))
        self._say()

    def _answer(self) -> None:
        waits = list(self.now.waits)
        running = [place for place, each in enumerate(waits) if each.answered is None]
        if running:
            place = self.random.choice(running)
            new = self._promise() if self._maybe(0.4) else None
            waits[place] = replace(waits[place], answered=self.at, new_due=new)
            if new is not None and self.updates_due:
                self.now = replace(self.now, due=new)
        still = [each for each in waits if each.answered is None]
        status = (6 if still[0].payment else 5) if still else self.random.choice((4, 4, 2))
        self.now = replace(self.now, status=status, waits=tuple(waits))
        self._say()

    def _move(self) -> None:
        self.now = replace(self.now, status=4, unit=self.random.choice(UNITS))
        self._say()

    def _appoint(self) -> None:
        self.now = replace(self.now, due=self._promise())
        self._say()

    def _correct(self) -> None:
        """What was wrong before is right now; the record is of the same moment, or of this one."""
        if self._maybe(0.5) and self.now.received is not None:
            self.now = replace(self.now, received=a_moment(self.random, self.now.received))
        else:
            self.now = replace(self.now, unit=self.random.choice(UNITS), corrects_unit=True)
        self._say(0.0)
        self.now = replace(self.now, corrects_unit=False)

    def _end(self) -> None:
        if self.now.due and self._maybe(0.3):  # on the day that was promised, or the one before or after
            at = a_moment(self.random, self.now.due + self.random.choice((-1, 0, 0, 1)) * MINUTES_A_DAY)
            self.at = max(self.at, at)
        status = self.random.choice((9, 9, 9, 9, 10, 7, 8, 3))
        self.now = replace(
            self.now, status=status, ended=self.at if status != 3 else None,
            refused=self.at if status == 3 else None, returned=self.at if status == 10 else None,
        )  # fmt: skip
        self._say()

    def _after_the_end(self) -> None:
        if self.now.status == 9 and self._maybe(0.6):
            self.now = replace(self.now, status=10, returned=self.at)
            self._say()
        elif self._maybe(0.5):
            self.now = replace(self.now, status=4, ended=None, returned=None, refused=None)
            self._say()

    def _promise(self) -> Minute:
        worked = self.law.time.after(self.at, self.random.randrange(1, 31) * self.law.time.day_length // 2)
        at_the_end_of_the_day = worked - worked % MINUTES_A_DAY + 17 * 60
        return self.random.choice((worked, at_the_end_of_the_day, a_moment(self.random, worked)))

    def _wait_a_while(self) -> None:
        gap = self.random.choice((0, 30, 240, 1440, 3 * 1440, 7 * 1440, 20 * 1440, 45 * 1440))
        later = self.at + self.random.randrange(gap + 1)
        self.at = max(self.at, a_moment(self.random, later)) if self._maybe(0.5) else later

    def _say(self, transitions: float | None = None) -> None:
        number = self.random.getrandbits(64) - 2**63
        told = replace(self.now, number=number, at=self.at)
        if self._maybe(self.transitions if transitions is None else transitions):
            due = self.now.due if self._maybe(0.3) else None
            self.said.append(Said(number, self.at, told.status, told.unit, whole=False, due=due))
            return
        if not self.lists_waits:
            told = replace(told, waits=())
        if not self.has_own_time and told.received is not None:
            told = replace(told, at=_newest_moment(told))
        self.said.append(told)

    def _maybe(self, chance: float) -> bool:
        return self.random.random() < chance


def _newest_moment(told: Said) -> Minute:
    moments = [told.received, told.ended, told.returned, told.refused]
    moments += [each for wait in told.waits for each in (wait.asked, wait.answered)]
    return max(each for each in moments if each is not None)
