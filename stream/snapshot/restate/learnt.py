"""What became known between two moments, case by case, of many sums at once: one statement."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Self, TypeAlias

from psycopg import Connection

from stream.core.ledger import Measure
from stream.core.moment import datetime_of, start_of
from stream.kpi.terms import Keep
from stream.snapshot.store.queries import query
from stream.store.changes import span_of
from stream.store.columns import columns
from stream.store.register import Use
from stream.store.slices import Key

Known: TypeAlias = tuple[datetime, datetime]
"""What became known after the first moment, up to the second."""


class Sum(NamedTuple):
    """A sum of postings from one moment up to another: measures with their signs, and which rows of them count.

    `by_procedure` asks for each procedure apart.
    """

    parts: tuple[tuple[Measure, int], ...]
    keep: Keep
    start: datetime
    stop: datetime
    by_procedure: bool

    @classmethod
    def of(cls, key: Key) -> Self:
        """What the ledger is summed up for."""
        return cls(key.term.parts, key.term.keep, *span_of(key), by_procedure=False)

    @classmethod
    def of_use(cls, use: Use) -> Self:
        """The receipts that make a procedure a used one."""
        span = datetime_of(start_of(use.since)), datetime_of(use.until)
        return cls(((Measure.RECEIVED, 1),), Keep(use.channel, traits=use.traits), *span, by_procedure=True)


class Gain(NamedTuple):
    """What a case added to a sum, or took off, and when the last of it became known; `procedure` by its code."""

    case: str
    procedure: str | None
    n: int
    known_at: datetime


Learnt: TypeAlias = Mapping[Sum, Mapping[int, Sequence[Gain]]]
"""By sum and unit; only what differs from nothing."""


def read_learnt(connection: Connection[Any], sums: Iterable[Sum], units: Sequence[int], known: Known) -> Learnt:
    """What became known; `units` are all that were ever heard of. One statement, however many sums."""
    asked = list(dict.fromkeys(sums))
    found: dict[Sum, dict[int, list[Gain]]] = {each: {} for each in asked}
    rows = [
        (number, int(measure), sign, *each.keep, each.start, each.stop, each.by_procedure)
        for number, each in enumerate(asked)
        for measure, sign in each.parts
    ]
    if not rows:
        return found
    names = ("numbers", "measures", "signs", "channels", "fields", "levels", "traits", "starts", "stops")
    parameters = columns("", (*names, "by_procedure"), rows) | {
        "known_from": known[0],
        "known_to": known[1],
        "wanted": sorted({row[1] for row in rows}),
        "units": list(units),
        "last": max(each.stop for each in asked),
    }
    for number, unit, *gain in connection.execute(query("restate_learnt"), parameters).fetchall():
        found[asked[number]].setdefault(unit, []).append(Gain(*gain))
    return found
