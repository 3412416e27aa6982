"""The line of a unit (tuyến báo cáo): who is told next when something is escalated, and by when they have to answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated, Final

import msgspec

from stream.alerts.lasting import Lasting, lasting
from stream.alerts.written import Place, converted, table_of
from stream.core.calendar import WorkingCalendar
from stream.core.moment import Moment
from stream.kpi.definition import Bilingual

LINE_FILE: Final = "line.toml"
MOST_RANKS: Final = 9


class WrittenRank(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rank as a file has it."""

    name: Bilingual
    within: str


class WrittenLine(msgspec.Struct, frozen=True):
    """The ranks as a file has them."""

    line: Annotated[list[WrittenRank], msgspec.Meta(min_length=1, max_length=MOST_RANKS)]


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank of the line: the first is 1. It answers within so much working time."""

    number: int
    name: Bilingual
    within: Lasting

    def respond_by(self, now: Moment, calendar: WorkingCalendar) -> Moment:
        """By when it has to answer what it is told now."""
        return calendar.add(now, self.within.working(calendar))


@dataclass(frozen=True, slots=True)
class Line:
    """All ranks, the lowest first."""

    ranks: tuple[Rank, ...]

    def after(self, rank: int) -> Rank | None:
        """Who is told next where `rank` (0: nobody yet) was told; None above the last."""
        return self.ranks[rank] if 0 <= rank < len(self.ranks) else None

    def rank(self, number: int) -> Rank | None:
        """The rank of that number; None where the line has none (any more)."""
        return self.after(number - 1) if number > 0 else None


@cache
def shipped_line() -> Line:
    """The line that the program brings. Raises `AlertRuleError`."""
    return read_line(LINE_FILE, (files(__package__) / LINE_FILE).read_text())


def read_line(file: str, text: str) -> Line:
    """The line that a file has under `[[line]]`. Raises `AlertRuleError`, which names file, rank and field."""
    written = converted({"line": table_of(file, text).get("line")}, WrittenLine, Place(file))
    return line_of(written.line, file)


def line_of(written: Sequence[WrittenRank], file: str) -> Line:
    """The line of these ranks, the lowest first. Raises `AlertRuleError`."""
    return Line(tuple(_rank(number, each, file) for number, each in enumerate(written, start=1)))


def _rank(number: int, written: WrittenRank, file: str) -> Rank:
    try:
        return Rank(number, written.name, lasting(written.within))
    except ValueError as error:
        raise Place(file, f"line {number}").error("within", str(error)) from None
