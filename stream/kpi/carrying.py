"""Figures of earlier units read in the units of today (handbook section 2), with nothing lost and nothing invented.

A window is taken apart where the units changed; the sums of each part are carried along the lineage by the exact
shares of `geo.through_time`. What was merged whole is exact, what was divided is an estimate and marked as one. What
no recorded unit answers for stays unattributed, and counts in the area.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Final, NamedTuple

from geo.generations import Generation, generation_on, spans
from geo.through_time import DatedCode, carry
from stream.core.moment import Day, date_of, day_number, start_of
from stream.kpi.readings import Ask, Found, Readings
from stream.kpi.terms import Term
from stream.kpi.window import Windows

UNATTRIBUTED: Final = 0
"""Stands for the unit where no unit of today answers for a sum; no unit has this code."""


class Stretch(NamedTuple):
    """A part of a window in which no unit changed, and what is asked of it."""

    generation: Generation
    windows: Windows
    asks: Sequence[Ask]


@dataclass(frozen=True, slots=True)
class Carried:
    """Readings in the units of one generation.

    `estimated` are the units whose answer to an ask is an estimate; `unattributed` what stays with an earlier unit.
    """

    readings: Readings
    units_of: Generation
    estimated: Mapping[Ask, frozenset[int]]
    unattributed: Mapping[Ask, Mapping[DatedCode, Fraction | frozenset[str]]]

    def is_estimate(self, unit: int, asks: Sequence[Ask]) -> bool:
        """Whether an estimate went into one of these answers for a unit."""
        return any(unit in self.estimated.get(ask, ()) for ask in asks)


def stretches(windows: Windows, asks: Sequence[Ask]) -> list[Stretch]:
    """What has to be read so that the answers can be carried: each ask over each stretch that it counts in."""
    return list(_stretches(windows, asks))


def _stretches(windows: Windows, asks: Sequence[Ask]) -> Iterator[Stretch]:
    at_the_end = [ask for ask in asks if ask.window is None]
    if at_the_end:
        yield Stretch(_generation(windows.day), windows, at_the_end)
    for window in dict.fromkeys(ask.window for ask in asks if ask.window is not None):
        since = windows.start(window)
        of_window = [ask for ask in asks if ask.window == window]
        at_the_start = [ask for ask in of_window if _is_at_start(ask)]
        if at_the_start:
            yield Stretch(_generation(since), Windows(windows.until, since), at_the_start)
        for span in spans(date_of(since), date_of(windows.day)):
            until = min(windows.until, start_of(day_number(span.last) + 1))
            part = Windows(until, day_number(span.first))
            yield Stretch(span.generation, part, [ask for ask in of_window if not _is_at_start(ask)])


def carried(windows: Windows, parts: Sequence[Stretch], answers: Sequence[Readings], units_of: Generation) -> Carried:
    """The answers to the stretches of a window, in the units of one generation.

    Raises `geo.errors.UnitsUnknownError` where those units are not recorded.
    """
    sums: dict[Ask, dict[DatedCode, int | Fraction]] = {}
    used: dict[Ask, dict[DatedCode, frozenset[str]]] = {}
    counts: dict[Ask, int | None] = {}
    for part, answer in zip(parts, answers, strict=True):
        counts |= answer.found.counts
        for ask, by_unit in answer.found.sums.items():
            gained = sums.setdefault(ask, {})
            for unit, n in by_unit.items():
                key = _code(unit), part.generation
                gained[key] = gained.get(key, 0) + n
        for ask, codes in answer.found.used.items():
            used.setdefault(ask, {}).update({(_code(unit), part.generation): found for unit, found in codes.items()})
    gathering = _Gathering(units_of)
    for ask, by_code in sums.items():
        gathering.add_sums(ask, by_code)
    for ask, by_code_used in used.items():
        gathering.add_used(ask, by_code_used)
    found = Found(gathering.sums, gathering.used, counts)
    readings = Readings(windows, {}, found)
    for answer in answers[:1]:  # what was ever heard is the same in all of them
        by_subject = answer.heard_of
        readings = replace(
            readings,
            heard=_heard(answer.heard, units_of),
            heard_of=None if by_subject is None else {of: _heard(by_subject[of], units_of) for of in by_subject},
        )
    return Carried(readings, units_of, gathering.estimated, gathering.unattributed)


class _Gathering:
    """Answers as they gather in the units of one generation."""

    def __init__(self, units_of: Generation) -> None:
        self._units_of = units_of
        self.sums: dict[Ask, dict[int, int | Fraction]] = {}
        self.used: dict[Ask, dict[int, frozenset[str]]] = {}
        self.estimated: dict[Ask, frozenset[int]] = {}
        self.unattributed: dict[Ask, dict[DatedCode, Fraction | frozenset[str]]] = {}

    def add_sums(self, ask: Ask, by_code: Mapping[DatedCode, int | Fraction]) -> None:
        moved = carry(by_code, self._units_of)
        self.sums[ask] = {int(code): amount.value for code, amount in moved.amounts.items()}
        self.sums[ask][UNATTRIBUTED] = sum(moved.unattributed.values(), Fraction())
        self.estimated[ask] = frozenset(map(int, moved.estimated))
        self.unattributed[ask] = {of: n for of, n in moved.unattributed.items() if n}

    def add_used(self, ask: Ask, by_code: Mapping[DatedCode, frozenset[str]]) -> None:
        """A procedure that a divided unit used may have been used in each of its parts: an estimate."""
        found: dict[int, frozenset[str]] = {}
        estimated: set[int] = set()
        self.unattributed[ask] = {}
        for of, codes in by_code.items():
            heirs = heirs_of(of, self._units_of)
            if not heirs:
                self.unattributed[ask][of] = codes
            for heir in heirs or {UNATTRIBUTED: True}:
                found[heir] = found.get(heir, frozenset()) | codes
            estimated |= {heir for heir, is_whole in heirs.items() if not is_whole and codes}
        self.used[ask] = found
        self.estimated[ask] = frozenset(estimated)


@cache
def heirs_of(of: DatedCode, units_of: Generation) -> Mapping[int, bool]:
    """Which units of a generation answer for a unit of another, and whether for the whole of it; none: nobody."""
    moved = carry({of: 1}, units_of)
    return {int(code): not amount.is_estimate for code, amount in moved.amounts.items() if amount.value}


def _heard(then: Mapping[int, Day], units_of: Generation) -> Mapping[int, Day]:
    """The first day known of each unit, by itself or by those it came from."""
    heard: dict[int, Day] = {}
    for unit, day in then.items():
        for heir in heirs_of((_code(unit), _generation(day)), units_of) or (UNATTRIBUTED,):
            heard[heir] = min(day, heard.get(heir, day))
        if _code(unit) in units_of.unit_codes:
            own = max(day, day_number(units_of.valid_from)) if units_of.valid_from else day
            heard[unit] = min(own, heard.get(unit, own))
    return heard


def _is_at_start(ask: Ask) -> bool:
    return isinstance(ask.term, Term) and ask.term.at is not None


@cache
def _generation(day: Day) -> Generation:
    return generation_on(date_of(day))


def _code(unit: int) -> str:
    return f"{unit:05d}"
