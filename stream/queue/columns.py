"""The rows of the queue as columns of numbers: thousands of them are compared, counted and sorted at once."""

from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from stream.queue.course import NEVER, Phase

Column: TypeAlias = npt.NDArray[Any]
Slots: TypeAlias = npt.NDArray[np.intp]
"""Places of rows. A row keeps its place until it leaves; the place is given away again then."""

_FIRST: Final = 1024
_KINDS: Final[dict[str, tuple[type, float]]] = {
    "listed": (np.bool_, False),  # open now; not where the place is free, or the row waits for its time
    "number": (np.int64, 0),
    "kind": (np.int8, 0),
    "field": (np.int32, 0),
    "procedure": (np.int32, 0),
    "channel": (np.int8, 0),
    "level": (np.int8, 0),
    "received": (np.int64, 0),
    "owed": (np.int64, NEVER),
    "sent": (np.int64, NEVER),
    "late": (np.int64, NEVER),
    "calendar": (np.int8, 0),
    "until": (np.int64, NEVER),  # the end of the phase
    "unit": (np.int32, 0),
    "status": (np.int16, 0),
    "due": (np.int64, NEVER),
    "paused": (np.int64, NEVER),
    "payment": (np.bool_, False),
    "near": (np.int64, NEVER),  # due soon from here on
    "over": (np.int64, NEVER),  # overdue from here on
    "worked_due": (np.int64, 0),  # working time before the due date, and before the pause
    "worked_paused": (np.int64, 0),
    "holder": (np.int32, -1),
    "rank": (np.int8, 0),
    "acknowledged": (np.int64, 0),  # until when
    "dismissed": (np.bool_, False),
    "dismissed_due": (np.int64, NEVER),
    "chance": (np.float32, np.nan),
    "warned": (np.bool_, False),
}
BYTES_A_ROW: Final = sum(np.dtype(kind).itemsize for kind, _ in _KINDS.values())


class Columns:
    """One array a column; an array is `columns["due"]`, as long as places were ever needed."""

    def __init__(self) -> None:
        self._arrays: dict[str, Column] = {
            name: np.full(_FIRST, empty, dtype=kind) for name, (kind, empty) in _KINDS.items()
        }
        self._free: list[int] = []
        self.size = 0

    def __getitem__(self, name: str) -> Column:
        """The column of that name."""
        return self._arrays[name][: self.size]

    def take(self) -> int:
        """A place for one more row, in which nothing is set."""
        if self._free:
            return self._free.pop()
        if self.size == len(self._arrays["listed"]):
            for name, (kind, empty) in _KINDS.items():
                more: Column = np.full(self.size, empty, dtype=kind)
                self._arrays[name] = np.concatenate((self._arrays[name], more))
        self.size += 1
        return self.size - 1

    def give_back(self, slot: int) -> None:
        """The row of this place has left."""
        for name, (_, empty) in _KINDS.items():
            self._arrays[name][slot] = empty
        self._free.append(slot)

    def set(self, slot: int, **values: float | None) -> None:
        """Set some columns of a row; None: what a column has where there is nothing."""
        for name, value in values.items():
            self._arrays[name][slot] = _KINDS[name][1] if value is None else value

    def set_phase(self, slot: int, phase: Phase) -> None:
        """What holds in a phase that has begun; what a calendar makes of it has to be settled after."""
        self.set(
            slot, listed=True, until=phase.end, unit=phase.unit, status=phase.status, due=phase.due,
            paused=phase.paused, payment=phase.payment,
        )  # fmt: skip
