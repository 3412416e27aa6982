"""What has to be read to answer questions about figures: keys of sums, uses of procedures, counts of the register."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from stream.core.moment import Day, start_of
from stream.kpi.generations import OwnTime, own_time
from stream.kpi.quality import Gauge
from stream.kpi.readings import Ask, Found, Own, Readings
from stream.kpi.subjects import Subject
from stream.kpi.terms import Count, Term
from stream.kpi.window import Windows
from stream.store.gauges import GaugeSums, Stretch
from stream.store.register import Counts, Use
from stream.store.slices import Key


class Question(NamedTuple):
    """What is asked for, and over which windows."""

    windows: Windows
    asks: Sequence[Ask]


class Read(NamedTuple):
    """What was read: sums of the ledger, what the register has, and sums of samples."""

    sums: Mapping[Key, Mapping[int, int]]
    counts: Counts
    gauges: GaugeSums


class Heard(NamedTuple):
    """The first day known of each unit: of anything, and by subject."""

    units: Mapping[int, Day]
    by_subject: Mapping[Subject, Mapping[int, Day]]

    def also(self, subject: Subject, units: Mapping[int, Day]) -> "Heard":
        """With what is known of one more subject."""
        first = {unit: min(day, self.units.get(unit, day)) for unit, day in units.items()}
        return Heard({**self.units, **first}, {**self.by_subject, subject: units})


class Part(NamedTuple):
    """What answers some asks, and the day as of which the register is looked at."""

    sums: Mapping[Ask, Key]
    uses: Mapping[Ask, Use]
    counts: Sequence[Ask]
    gauges: Mapping[Ask, Stretch]
    day: Day

    def found(self, read: "Read") -> Found:
        """The answers, from what was read. Without a register nothing of it is known."""
        counts = read.counts
        sums = {ask: read.sums[key] for ask, key in self.sums.items()}
        sums |= {ask: read.gauges[stretch][_gauge(ask).name] for ask, stretch in self.gauges.items()}
        if not counts.has_register:
            return Found(sums, {}, dict.fromkeys([*self.uses, *self.counts]))
        return Found(
            sums,
            {ask: counts.used(_count(ask), use, self.day) for ask, use in self.uses.items()},
            {ask: counts.counted(_count(ask), self.day) for ask in self.counts},
        )


class Plan(NamedTuple):
    """A question taken apart: for everybody, and for units over their own time where that is shorter."""

    windows: Windows
    whole: Part
    own_time: OwnTime | None
    own: Part | None

    def parts(self) -> Iterator[Part]:
        """All that has to be read."""
        yield self.whole
        if self.own is not None:
            yield self.own

    def answer(self, read: Read, heard: Heard) -> Readings:
        """The answer, from what was read."""
        own = None
        if self.own is not None and self.own_time is not None:
            own = Own(self.own_time, self.own.found(read))
        return Readings(self.windows, heard.units, self.whole.found(read), own, heard.by_subject)


def plan_of(question: Question) -> Plan:
    """What has to be read for a question."""
    windows, asks = question
    own = own_time(windows.day)
    whole = _part(windows, asks, None)
    if own is None:
        return Plan(windows, whole, None, None)
    cut = [ask for ask in asks if ask.window is not None and windows.start(ask.window) < own.since]
    return Plan(windows, whole, own, _part(windows, cut, own.since) if cut else None)


def key_of(windows: Windows, ask: Ask, cut: Day | None = None) -> Key:
    """What has to be summed for an ask of a term; the window begins on the day `cut` where one is given.

    A level at the start of a window that is cut has the steps of that very moment in it: what the units of before
    handed over to those that began then.
    """
    term = ask.term
    if not isinstance(term, Term):
        raise TypeError(f"{term} is no sum of the ledger")
    if ask.window is None:
        return Key(term, None, windows.until)
    since = windows.start(ask.window) if cut is None else cut
    if term.at is None:
        return Key(term, since, windows.until)
    return Key(term._replace(at=None), None, start_of(since) + (0 if cut is None else 1))


def _part(windows: Windows, asks: Iterable[Ask], cut: Day | None) -> Part:
    sums: dict[Ask, Key] = {}
    uses: dict[Ask, Use] = {}
    counts: list[Ask] = []
    gauges: dict[Ask, Stretch] = {}
    for ask in asks:
        if isinstance(ask.term, Term):
            sums[ask] = key_of(windows, ask, cut)
        elif isinstance(ask.term, Gauge):
            gauges[ask] = Stretch(_gauged_since(windows, ask, cut), windows.until)
        elif ask.window is None:
            counts.append(ask)
        else:
            since = windows.start(ask.window) if cut is None else cut
            uses[ask] = Use(ask.term.channel, ask.term.traits, since, windows.until)
    return Part(sums, uses, counts, gauges, windows.day)


def _gauged_since(windows: Windows, ask: Ask, cut: Day | None) -> Day:
    if ask.window is None:
        raise TypeError(f"{ask.term} needs a window")
    return windows.start(ask.window) if cut is None else cut


def _gauge(ask: Ask) -> Gauge:
    if not isinstance(ask.term, Gauge):
        raise TypeError(f"{ask.term} is no sum of samples")
    return ask.term


def _count(ask: Ask) -> Count:
    if not isinstance(ask.term, Count):
        raise TypeError(f"{ask.term} is no count of the register")
    return ask.term
