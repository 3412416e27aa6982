"""A KPI across the periods of a kind: what was first sent, and what stands now where a later version restated it."""

from array import array
from collections.abc import Sequence
from math import isnan, nan
from threading import Lock
from typing import Any, Final

import msgspec
from psycopg import Connection

from dashboard.archive.queries import query

PERIODS: Final = 400
"""As many of the newest periods as a plot is of."""
_AT_ONCE: Final = 5


class _Figure(msgspec.Struct, frozen=True):
    kpi: str
    unit: str | None
    value: float | None


class _Witness(msgspec.Struct, frozen=True):
    figures: tuple[_Figure, ...]


class _Figures(msgspec.Struct, frozen=True):
    """Of a snapshot only what a plot needs: the rest is skipped, not decoded."""

    figures: tuple[_Figure, ...]
    witness: _Witness


class Trends:
    """For any thread. Of each snapshot ever drawn its figures are kept, packed: some kilobytes each."""

    def __init__(self) -> None:
        self._kept: dict[str, array[float]] = {}
        self._places: dict[tuple[str, str | None], int] = {}
        self._lock = Lock()

    def read(self, connection: Connection[Any], kind: str, kpi: str, unit: str | None) -> list[dict[str, Any]]:
        """By period, the oldest first: `first` as version 1 said it and `now` as the newest, with its `version`."""
        rows = connection.execute(query("read_chain"), {"kind": kind, "most": PERIODS}).fetchall()
        with self._lock:
            self._take(connection, [digest for *_, digest in rows if digest not in self._kept])
            place = self._places.get((kpi, unit))
            values = {digest: self._value(digest, place) for *_, digest in rows}
        periods: dict[str, dict[str, Any]] = {}
        for period, version, as_of, digest in rows:  # versions in order: the last one stands
            told = periods.setdefault(period, {"period": period, "as_of": as_of, "first": values[digest]})
            told |= {"now": values[digest], "version": version}
        return list(periods.values())

    def _take(self, connection: Connection[Any], digests: Sequence[str]) -> None:
        for start in range(0, len(digests), _AT_ONCE):
            some = {"digests": list(digests[start : start + _AT_ONCE])}
            for digest, body in connection.execute(query("read_objects"), some).fetchall():
                self._kept[digest] = self._packed(body)

    def _packed(self, body: bytes) -> "array[float]":
        try:
            told = msgspec.json.decode(body, type=_Figures)
        except msgspec.DecodeError:
            return array("d")  # its page says that it can't be read
        figures = (*told.figures, *told.witness.figures)
        for each in figures:
            self._places.setdefault((each.kpi, each.unit), len(self._places))
        packed = array("d", [nan]) * len(self._places)
        for each in figures:
            if each.value is not None:
                packed[self._places[each.kpi, each.unit]] = each.value
        return packed

    def _value(self, digest: str, place: int | None) -> float | None:
        packed = self._kept.get(digest, ())
        if place is None or place >= len(packed) or isnan(packed[place]):
            return None
        return packed[place]
