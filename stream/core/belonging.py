"""To which unit an application belonged, and from when on.

A record that names another unit tells of a transfer at its own moment, or corrects what was said before. When units
merge, the open applications of an ended one belong to its successor from that moment on (handbook section 2).
"""

from collections.abc import Sequence
from typing import Protocol

from stream.core.moment import Moment
from stream.core.rules import Merger, Rules
from stream.core.timeline import Told

UnitLine = list[tuple[Moment, int]]
"""Each unit with the moment from which the application belonged to it, in order of those moments."""

_CORRECTED = int(Told.UNIT_CORRECTED)


class OfUnit(Protocol):
    """A record that names a unit; `told` are bits of `Told`."""

    @property
    def at(self) -> Moment:
        """Its own moment."""
        ...

    @property
    def unit(self) -> int:
        """The unit, a five-digit code as a number."""
        ...

    @property
    def told(self) -> int:
        """What else it says."""
        ...


def unit_line(records: Sequence[OfUnit], received: Moment, rules: Rules) -> UnitLine:
    """The units of an application, or of what else outlives mergers. The first record speaks for all before it."""
    unit = records[0].unit
    line: UnitLine = [(received, unit)]
    for record in records:
        if record.unit == unit:
            continue
        unit = record.unit
        since = line[-1][0]
        if record.told & _CORRECTED or record.at <= since:
            line[-1] = since, unit
        else:
            line.append((record.at, unit))
    if received < rules.last_merger or unit in rules.ended_units or len(line) > 1:
        for merger in rules.mergers:
            line = _over(merger, line)
    return line


def in_force(unit: int, at: Moment, rules: Rules) -> int:
    """The unit itself, or the likeliest successor that stands for it at a moment after it had ended."""
    for merger in rules.mergers if unit in rules.ended_units else ():
        if merger.at <= at:
            unit = _in_force(merger, unit)
    return unit


def _over(merger: Merger, line: UnitLine) -> UnitLine:
    """The line with a step at the merger, and no ended unit behind it."""
    before = [step for step in line if step[0] < merger.at]
    after = [(at, _in_force(merger, unit)) for at, unit in line if at >= merger.at]
    successors = merger.became.get(before[-1][1], ()) if before else ()
    if not successors:
        return [*before, *after]
    named = after[0][1] if after else None
    return [*before, (merger.at, named if named in successors else successors[0]), *after]


def _in_force(merger: Merger, unit: int) -> int:
    """A unit named after it had ended: its likeliest successor is meant."""
    return unit if unit in merger.in_force else next(iter(merger.became.get(unit, ())), unit)
