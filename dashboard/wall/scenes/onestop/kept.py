"""What of a frame is read anew only every few seconds: parts that take long and change little by any one case."""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar, cast
from weakref import WeakKeyDictionary

from psycopg import Connection

T = TypeVar("T")

FRESH: Final = 10.0
"""Seconds for which a part is taken as it is."""
USABLE: Final = 30.0
"""Seconds after which it is read again in any case; in between only one part is read again for each frame."""


@dataclass(frozen=True, slots=True)
class _Part:
    about: Hashable
    at: datetime
    read_at: float
    value: object


class Kept:
    """The parts that were read over one connection, by name: another connection may be of another database."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._parts: dict[str, _Part] = {}
        self._has_renewed = False

    def begin(self) -> None:
        """A frame begins: one part that is not fresh may be read anew."""
        self._has_renewed = False

    def part(self, name: str, about: Hashable, at: datetime, read: Callable[[], T]) -> T:
        """A part as of `at`. It is read where `about`, all else that it depends on, or the time asks for it."""
        known, now = self._parts.get(name), self._clock()
        if known is not None and known.about == about and self._still_holds(known, at, now):
            return cast("T", known.value)
        value = read()
        self._has_renewed = True
        self._parts[name] = _Part(about, at, now, value)
        return value

    def _still_holds(self, known: _Part, at: datetime, now: float) -> bool:
        age = now - known.read_at
        is_near = timedelta(0) <= at - known.at < timedelta(seconds=USABLE)
        return is_near and (age < FRESH or (age < USABLE and self._has_renewed))


_KEPT: WeakKeyDictionary[Connection[Any], Kept] = WeakKeyDictionary()


def kept_for(connection: Connection[Any]) -> Kept:
    """What was read over this connection; it goes with it."""
    return _KEPT.setdefault(connection, Kept())
