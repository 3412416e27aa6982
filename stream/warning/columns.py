"""Steps of many cases as columns."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from itertools import chain, islice
from typing import Final

import numpy as np

from stream.warning.observed import Step
from stream.warning.worked import Bools, Ints

_AT_ONCE: Final = 10_000
"""Steps that stand in memory as tuples, before they are packed."""


@dataclass(frozen=True, slots=True)
class Steps:
    """A row for each step of `stream.warning.observed.Step`, a column for each of its fields."""

    case: Ints
    at: Ints
    to: Ints
    received: Ints
    over: Ints
    ended: Ints
    late_at: Ints
    paused_since: Ints
    paused: Ints
    settled: Ints
    status: Ints
    unit: Ints
    procedure: Ints
    field: Ints
    channel: Ints

    def __len__(self) -> int:
        return len(self.case)

    def of(self, rows: Ints | Bools) -> "Steps":
        """These rows, by place or by mask."""
        return Steps(*(getattr(self, each.name)[rows] for each in fields(self)))

    def held_at(self, moment: int) -> "Steps":
        """What was known of each case at a moment."""
        return self.of((self.at <= moment) & (moment < self.to))


def columns(found: Iterable[Step]) -> Steps:
    """Steps as columns; 120 bytes a step."""
    rows, packed = iter(found), []
    while chunk := list(islice(rows, _AT_ONCE)):
        flat = np.fromiter(chain.from_iterable(chunk), dtype=np.int64, count=len(chunk) * len(Step._fields))
        packed.append(flat.reshape(-1, len(Step._fields)))
    table = np.concatenate(packed) if packed else np.empty((0, len(Step._fields)), dtype=np.int64)
    return Steps(*(np.ascontiguousarray(table[:, number]) for number in range(len(Step._fields))))
