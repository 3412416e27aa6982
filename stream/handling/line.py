"""The unit's line: to whom a case is escalated, and how long everybody has, in working time."""

from functools import cache
from importlib.resources import files
from typing import Annotated

import msgspec

Hours = Annotated[float, msgspec.Meta(gt=0, le=400)]


class RankName(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who answers at a rank, in both languages."""

    vi: str
    en: str


class Rank(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rank of the line; `hours` of working time to answer."""

    name: RankName
    hours: Hours


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`line.toml`. The first rank is number 1."""

    acknowledged_hours: Hours
    rank: tuple[Rank, ...]

    def at(self, rank: int) -> Rank | None:
        """The rank of that number; None above the last one."""
        return self.rank[rank - 1] if 1 <= rank <= len(self.rank) else None


@cache
def shipped_line() -> Line:
    """The line that the product comes with."""
    return msgspec.toml.decode(files(__package__).joinpath("line.toml").read_text(encoding="utf-8"), type=Line)
