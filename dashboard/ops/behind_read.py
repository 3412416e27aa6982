"""A page of the cases behind a figure, for one person: what they may see of it, and the sums over all of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple, get_args

from psycopg import Connection

from dashboard.figure.asked import Asked, NotUnderstoodError
from dashboard.figure.behind import Cases, cases_json, read_cases
from stream.store.behind import BEFORE_ALL, InScope, Leaf, Part, Place

MOST: Final = 500
"""Cases on a page, at most."""
_LEAST, _GREATEST = -(2**62), 2**62


class Turned(NamedTuple):
    """Which page was asked for: of which part of the fraction, behind which place, and how many cases."""

    part: Part = "all"
    after: Place = BEFORE_ALL
    most: int = 200

    def leaf(self, scope: tuple[InScope, ...] | None) -> Leaf:
        """The page, within a scope."""
        return Leaf("any", self.most, self.part, self.after, scope)


def turned(part: str | None, after: str | None, count: int | None) -> Turned:
    """What an address asks for. Raises `NotUnderstoodError`."""
    if part is not None and part not in get_args(Part):
        raise NotUnderstoodError(f"a part is one of {', '.join(get_args(Part))}")
    if count is not None and not 0 < count <= MOST:
        raise NotUnderstoodError(f"a page has 1 to {MOST} cases")
    return Turned(part or "all", _place(after), count or Turned().most)  # type: ignore[arg-type] # one of the parts


def _place(text: str | None) -> Place:
    if not text:
        return BEFORE_ALL
    try:
        rank, turn, part, case = (int(each) for each in text.split("_"))
    except ValueError:
        raise NotUnderstoodError("a page begins behind the place that the page before named") from None
    if not (0 <= part < 2**15 and all(_LEAST <= each < _GREATEST for each in (rank, turn, case))):
        raise NotUnderstoodError("a page begins behind the place that the page before named")
    return Place(rank, turn, part, case)


def place_text(place: Place) -> str:
    """A place as the address of the next page has it."""
    return "_".join(str(each) for each in place)


def read_leaf(
    connection: Connection[Any], asked: Asked, now: datetime, turn: Turned, scope: tuple[InScope, ...] | None
) -> Mapping[str, Any]:
    """The page as JSON; five statements at most.

    `number`, `upper`, `lower` are of all cases of the part, `seen` of those within the scope; `figure` is what they
    have to come to, `next` where the next page begins.
    """
    cases = read_cases(connection, asked, now, leaf=turn.leaf(scope))
    told = cases_json(cases)
    if cases is None:
        return told
    seen, last = cases.behind.seen, cases.behind.last
    is_full = len(cases.behind.cases) == turn.most
    return {
        **told,
        "part": turn.part,
        "value": cases.figure.value,
        "holds": holds(cases, turn.part),
        "seen": {
            "number": seen.number,
            "upper": seen.upper,
            "lower": seen.lower if cases.shares.lower is not None else None,
        },
        "next": place_text(last) if is_full and last is not None else None,
    }


def holds(cases: Cases, part: Part) -> bool:
    """Whether the cases of the part come to the figure's own part; a figure without data has nothing to come to."""
    behind, upper, lower = cases.behind, cases.upper, cases.figure.denominator
    if upper is None:
        return behind.number == 0
    if cases.shares.lower is None or lower is None:
        return behind.upper == upper
    return {
        "all": behind.upper == upper and behind.lower == lower,
        "upper": behind.upper == upper,
        "lower": behind.lower == lower,
        "missing": behind.lower - behind.upper == lower - upper,
    }[part]
