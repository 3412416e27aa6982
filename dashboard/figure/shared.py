"""One reading for all who ask the same, however many they are."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import Any, Final, TypeAlias

from psycopg import Connection

from dashboard.data.newest import Newest
from dashboard.data.reader import Reader
from dashboard.figure.asked import Asked

Reading: TypeAlias = Callable[[Connection[Any], Asked], object]
MOST: Final = 256
"""Figures whose newest reading is kept."""


class Shared:
    """What `reading` answers of each figure, read again when somebody asks after `good_for` seconds; for any thread."""

    def __init__(self, reader: Reader, reading: Reading, good_for: float) -> None:
        self._reader = reader
        self._reading = reading
        self._good_for = good_for
        self._turn = threading.Lock()
        self._kept: OrderedDict[tuple[object, ...], Newest] = OrderedDict()

    def of(self, asked: Asked) -> Newest:
        """The newest of one figure; those that nobody asked for longest are forgotten."""
        with self._turn:
            found = self._kept.get(asked.key)
            if found is None:
                found = Newest(self._reader, partial(self._of, asked=asked), self._good_for)
                self._kept[asked.key] = found
                if len(self._kept) > MOST:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(asked.key)
            return found

    def _of(self, connection: Connection[Any], asked: Asked) -> object:
        return self._reading(connection, asked)
