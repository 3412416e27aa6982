"""A page of the queue: the rows that are wanted, how many there are in all, and what the filters show."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from stream.queue.choosing import Chosen
from stream.queue.held import Held
from stream.queue.ordering import in_order
from stream.queue.queue import Queue
from stream.queue.told import rows_json
from stream.queue.wanted import Asked


class Page(NamedTuple):
    """Rows as they are told, of so many in all; `counts` by state, field, unit and channel."""

    number: int
    rows: Sequence[dict[str, Any]]
    counts: dict[str, object]


def page_of(queue: Queue, asked: Asked) -> Page:
    """What was asked for, at the queue's moment."""
    held = Held(queue)
    chosen = Chosen(queue, held, asked)
    mask, end = chosen.mask, None if asked.count is None else asked.start + asked.count
    slots = in_order(queue, held, mask, asked.order, end)[asked.start :]
    return Page(int(np.count_nonzero(mask)), list(rows_json(queue, held, slots)), chosen.counts())


def all_of(queue: Queue, asked: Asked) -> tuple[int, Iterator[dict[str, Any]]]:
    """Every row that is wanted and how many they are, as they are now, to be read at leisure."""
    held = Held(queue)
    slots = in_order(queue, held, Chosen(queue, held, asked).mask, asked.order)
    return len(slots), rows_json(queue, held, slots)


def row_of(queue: Queue, codes: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of these cases, those of them that stand in the queue now."""
    listed = queue.columns["listed"]
    slots = [queue.slots[code] for code in codes if code in queue.slots]
    found = np.array([slot for slot in slots if listed[slot]], dtype=np.intp)
    return list(rows_json(queue, Held(queue), found))
