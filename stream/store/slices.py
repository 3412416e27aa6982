"""Many sums at once: what they have in common is read once.

The level of now and that of a week ago share nearly all their months. So the pieces of all sums are cut at each
other's ends, and every slice between two cuts is read one time.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from stream.core.moment import Day, Moment
from stream.kpi.expression import Term
from stream.store.pieces import pieces, rest_of_day


class Key(NamedTuple):
    """One sum to be read, from the start of a local day (None: since ever) up to a moment."""

    term: Term
    since: Day | None
    until: Moment


class Rows(NamedTuple):
    """One measure in one table: the roll-up by month or by day, or the ledger itself; of a channel or field only."""

    table: Literal["month", "day", "ledger"]
    measure: int
    channel: int | None
    field: str | None

    @property
    def is_filtered(self) -> bool:
        """Whether sums by unit do not answer it."""
        return self.channel is not None or self.field is not None


class Slice(NamedTuple):
    """Rows from `start` up to but not including `stop`: local days, or moments of the ledger."""

    rows: Rows
    start: int
    stop: int


Signed: TypeAlias = tuple[int, Slice]


def parts_of(key: Key) -> Iterator[Signed]:
    """What is to be added (1) and taken off (-1) to make up a sum."""
    for measure, sign in key.term.parts:
        filters = int(measure), key.term.channel, key.term.field
        for piece in pieces(key.since, key.until):
            yield sign * piece.sign, Slice(Rows(piece.grain, *filters), piece.start, piece.stop)
        rest = rest_of_day(key.since, key.until)
        if rest is not None:
            yield -sign, Slice(Rows("ledger", *filters), *rest)


def sliced(parts: Sequence[Sequence[Signed]]) -> list[list[Signed]]:
    """The same sums of slices none of which overlaps another."""
    cuts: dict[Rows, set[int]] = {}
    for part in parts:
        for _, each in part:
            cuts.setdefault(each.rows, set()).update((each.start, each.stop))
    ordered = {rows: sorted(found) for rows, found in cuts.items()}
    return [[(sign, thin) for sign, each in part for thin in _cut(each, ordered)] for part in parts]


def _cut(whole: Slice, cuts: Mapping[Rows, Sequence[int]]) -> Iterator[Slice]:
    inside = [cut for cut in cuts[whole.rows] if whole.start <= cut <= whole.stop]
    return (Slice(whole.rows, start, stop) for start, stop in pairwise(inside))
