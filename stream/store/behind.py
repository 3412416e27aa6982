"""Reading the cases behind a figure, page by page: those that make up its sums, with what each of them adds."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from psycopg import Connection

from stream.core.ledger import Measure
from stream.kpi.definition import Kpi
from stream.kpi.linear import Shares
from stream.kpi.readings import asks_of
from stream.kpi.window import Windows
from stream.store.asking import Question
from stream.store.changes import keys_of, span_of
from stream.store.columns import columns
from stream.store.queries import query

First: TypeAlias = Literal["missing", "counted", "any"]
"""Which cases stand first: those that are divided by and not counted, those that are counted, or all alike."""
Part: TypeAlias = Literal["all", "upper", "lower", "missing"]
"""Cases that count at all, in what is divided (tử số), in what it is divided by (mẫu số), or there and not above."""
_EVER: Final = "infinity"


class Behind(NamedTuple):
    """A case: where and when it was counted, for what, and what it adds to both parts of the fraction."""

    case: str
    unit: str
    at: datetime
    measures: tuple[str, ...]
    upper: int
    lower: int


class Sums(NamedTuple):
    """How many cases, and what they add up to."""

    number: int
    upper: int
    lower: int


class Place(NamedTuple):
    """The place of a case in the order of the list."""

    rank: int
    turn: int
    part: int
    case: int


BEFORE_ALL: Final = Place(-(2**62), 0, 0, 0)


class BehindFigure(NamedTuple):
    """Some of the cases, how many there are in all, and what all of them add up to.

    `seen` are the same sums over the cases within the scope; `last` is the place of the last one that is listed.
    """

    number: int
    upper: int
    lower: int
    cases: Sequence[Behind]
    seen: Sums = Sums(0, 0, 0)
    last: Place | None = None


class Wanted(NamedTuple):
    """The cases of which figure: of one unit (None: the area) or as known at a moment (None: as known now).

    `units` are all that the area has, by code as numbers.
    """

    kpi: Kpi
    shares: Shares
    windows: Windows
    unit: str | None
    units: Collection[int]
    known_at: datetime | None = None


class InScope(NamedTuple):
    """A unit whose cases somebody may see: its code as a number, from when (included) until when it bore it."""

    unit: int
    since: datetime
    until: datetime


class Leaf(NamedTuple):
    """A page of the list: at most so many of one part, behind a place, within a scope (None: all there are)."""

    first: First
    most: int
    part: Part = "all"
    after: Place = BEFORE_ALL
    scope: Sequence[InScope] | None = None


def read_behind(connection: Connection[Any], wanted: Wanted, leaf: Leaf) -> BehindFigure:
    """A page of the cases; one statement, to be called inside a `snapshot`.

    The sums are over all cases of the part, listed or not: of the same snapshot they are the sums that the figure
    is made of. Where nothing stands for longer than a moment the newest stand first, levels have the longest standing
    first.
    """
    shares = wanted.shares
    keys = keys_of(Question(wanted.windows, asks_of([wanted.kpi])), wanted.unit)
    rows = [
        (int(measure), sign * shares.upper.get(term, 0), sign * (shares.lower or {}).get(term, 0), *term.keep,
         *span_of(key))
        for term, key in keys.items()
        for measure, sign in term.parts
    ]  # fmt: skip
    names = ("measures", "uppers", "lowers", "channels", "fields", "levels", "traits", "starts", "stops")
    given = columns("", names, rows) | {
        "units": list(wanted.units) if wanted.unit is None else [int(wanted.unit)],
        "known_at": wanted.known_at or _EVER,
        "oldest": all(key.term.is_level for key in keys.values()),
        "first": leaf.first,
        "part": leaf.part,
        "most": leaf.most,
        **{f"after_{name}": value for name, value in leaf.after._asdict().items()},
        **_scope(leaf.scope),
    }
    found = connection.execute(query("read_behind"), given).fetchall()
    totals = found[0][-6:]
    listed = [row for row in found if row[1] is not None]
    cases = [
        Behind(code, f"{unit:05d}", at, tuple(Measure(each).name.lower() for each in measures or ()), upper, lower)
        for code, unit, at, measures, upper, lower, *_ in listed
    ]
    last = Place(*listed[-1][6:10]) if listed else None
    number, upper, lower = totals[:3]
    return BehindFigure(number, upper, lower, cases, Sums(*totals[3:]), last)


def _scope(scope: Sequence[InScope] | None) -> dict[str, object]:
    units, since, until = zip(*scope, strict=True) if scope else ((), (), ())
    return {
        "scope": None if scope is None else list(units), "scope_from": list(since), "scope_until": list(until)
    }  # fmt: skip
