"""Many sums at once: what they have in common is read once.

The level of now and that of a week ago share nearly all their months. So the pieces of all sums are cut at each
other's ends, and every slice between two cuts is read one time.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from stream.core.ledger import SINCE_EVER, Measure
from stream.core.moment import Day, Moment
from stream.kpi.terms import EVERYTHING, Keep, Term
from stream.store.pieces import pieces, rest_of_day


class Key(NamedTuple):
    """One sum to be read, from the start of a local day (None: since ever) up to a moment."""

    term: Term
    since: Day | None
    until: Moment


Table: TypeAlias = Literal["year", "month", "day", "channel", "ledger"]


class Rows(NamedTuple):
    """One measure in one table: a roll-up by year, month, day or channel, or the ledger itself; what to keep of it."""

    table: Table
    measure: int
    keep: Keep

    @property
    def is_filtered(self) -> bool:
        """Whether sums by unit do not answer it."""
        return self.keep != EVERYTHING


class Slice(NamedTuple):
    """Rows from `start` up to but not including `stop`: local days, or moments of the ledger."""

    rows: Rows
    start: int
    stop: int


Signed: TypeAlias = tuple[int, Slice]


def parts_of(key: Key) -> Iterator[Signed]:
    """What is to be added (1) and taken off (-1) to make up a sum."""
    for measure, sign in key.term.parts:
        keep = key.term.keep
        by_channel = is_by_channel(measure, keep)
        for piece in pieces(key.since, key.until, by_year=keep != EVERYTHING and measure in SINCE_EVER):
            table: Table = "channel" if by_channel else piece.grain
            yield sign * piece.sign, Slice(Rows(table, measure, keep), piece.start, piece.stop)
        rest = rest_of_day(key.since, key.until)
        if rest is not None:
            yield -sign, Slice(Rows("ledger", measure, keep), *rest)


def is_by_channel(measure: Measure, keep: Keep) -> bool:
    """Whether the roll-up by channel has it: a flow of which one channel is kept, and nothing else asked."""
    return measure not in SINCE_EVER and keep.channel is not None and keep == EVERYTHING._replace(channel=keep.channel)


def sliced(parts: Sequence[Sequence[Signed]]) -> list[list[Signed]]:
    """The same sums of slices none of which overlaps another of its table and measure.

    What is kept of the rows makes no difference, so that all filters share their slices.
    """
    cuts: dict[tuple[Table, int, bool], set[int]] = {}
    for part in parts:
        for _, each in part:
            cuts.setdefault(_shared(each.rows), set()).update((each.start, each.stop))
    ordered = {shared: sorted(found) for shared, found in cuts.items()}
    return [[(sign, thin) for sign, each in part for thin in _cut(each, ordered[_shared(each.rows)])] for part in parts]


def _shared(rows: Rows) -> tuple[Table, int, bool]:
    return rows.table, rows.measure, rows.is_filtered


def _cut(whole: Slice, cuts: Sequence[int]) -> Iterator[Slice]:
    inside = cuts[bisect_left(cuts, whole.start) : bisect_right(cuts, whole.stop)]
    return (Slice(whole.rows, start, stop) for start, stop in pairwise(inside))
