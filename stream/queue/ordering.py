"""The order of rows: by one column, then by the code of the case; what has no value comes last both ways."""

from typing import Final

import numpy as np

from stream.queue.columns import Slots
from stream.queue.course import NEVER
from stream.queue.held import Held, Mask
from stream.queue.queue import Queue
from stream.queue.wanted import Key, Order
from stream.queue.working import Moments

_LAST: Final = 2**62
"""A key behind all others."""


def in_order(queue: Queue, held: Held, chosen: Mask, order: Order, most: int | None = None) -> Slots:
    """The first of the chosen rows in order, at most so many (None: all)."""
    slots = np.flatnonzero(chosen)
    codes = queue.ranks[slots]
    if order.by == "case":
        keys = -codes if order.descending else codes
    else:
        values, is_known = _values(queue, held, order.by)
        keys = np.where(is_known[slots], -values[slots] if order.descending else values[slots], _LAST)
    if most == 0:
        return slots[:0]
    if most is not None and most < len(slots):  # most pages are the first ones: what can't be on them is not sorted
        near = keys <= np.partition(keys, most - 1)[most - 1]
        slots, codes, keys = slots[near], codes[near], keys[near]
    return slots[np.lexsort((codes, keys))][:most]


def _values(queue: Queue, held: Held, by: Key) -> tuple[Moments, Mask]:  # noqa: PLR0911 - one line a column
    """What to compare of every row, and which have it."""
    columns = queue.columns
    match by:
        case "remaining":
            return held.remaining, held.has_due
        case "due" | "received":
            return columns[by], columns[by] != NEVER
        case "field":
            return _ranked(queue.names.field_ranks, columns["field"])
        case "procedure":
            return _ranked(queue.names.procedure_ranks, columns["procedure"])
        case "holder":
            places = {login: place for place, login in enumerate(sorted(queue.holders))}
            ranks = np.array([places[login] for login in queue.holders] or [-1], dtype=np.int64)
            return _ranked(ranks, columns["holder"])
        case "risk":
            return np.nan_to_num(columns["chance"]), held.has_chance
        case _:
            return columns[by].astype(np.int64), np.ones(columns.size, dtype=np.bool_)


def _ranked(ranks: Moments, numbers: Moments) -> tuple[Moments, Mask]:
    """The rank of each number; one that has none is not known."""
    inside = (numbers >= 0) & (numbers < len(ranks))
    found = np.where(inside, ranks[np.where(inside, numbers, 0)], -1)
    return found, found >= 0
