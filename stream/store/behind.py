"""Reading the cases behind a figure: those that make up its sums, with what each of them adds."""

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
_EVER: Final = "infinity"


class Behind(NamedTuple):
    """A case: where and when it was counted, for what, and what it adds to both parts of the fraction."""

    case: str
    unit: str
    at: datetime
    measures: tuple[str, ...]
    upper: int
    lower: int


class BehindFigure(NamedTuple):
    """Some of the cases, how many there are in all, and what all of them add up to."""

    number: int
    upper: int
    lower: int
    cases: Sequence[Behind]


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


def read_behind(connection: Connection[Any], wanted: Wanted, *, first: First, most: int) -> BehindFigure:
    """At most so many of the cases; one statement, to be called inside a `snapshot`.

    The sums are over all cases, listed or not: of the same snapshot they are the sums that the figure is made of.
    Where nothing stands for longer than a moment the newest stand first, levels have the longest standing first.
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
        "first": first,
        "oldest": all(key.term.is_level for key in keys.values()),
        "most": most,
    }
    found = connection.execute(query("read_behind"), given).fetchall()
    cases = [
        Behind(code, f"{unit:05d}", at, tuple(Measure(each).name.lower() for each in measures or ()), upper, lower)
        for code, unit, at, measures, upper, lower, *_ in found
    ]
    number, upper, lower = found[0][6:] if found else (0, 0, 0)
    return BehindFigure(number, upper, lower, cases)
