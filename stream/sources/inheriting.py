"""What figures inherit from their sources, and from whether what these sent is applied at all.

A figure waits for the sources that promised to send what it is made of; a unit's figure for those of them that speak
for the unit. Where all of them fail it is late, where some do it is partial: a part of it is missing. Sources that
promised no cadence, or were revoked, keep nobody waiting. Whatever they send, every figure is frozen while the log is
not applied.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, NamedTuple

from psycopg import Connection

from geo.lineage import mergers
from ingest.contracts.declared import Stream
from stream.core.moment import Moment, day_number, moment_of, start_of
from stream.kpi.definition import Kpi
from stream.kpi.figure import State
from stream.kpi.streams import streams_of
from stream.sources.standing import SourceStanding, read_standings
from stream.store.queries import query

FROZEN_AFTER: Final = 8.0
"""Seconds that what came into the log may wait to be applied, or the worker be away, before figures are frozen.

A wall has to say so within 15 s and looks every 5; a worker that is started again is back within 3 (C: measured here).
"""


class _Promising(NamedTuple):
    streams: frozenset[str]
    units: frozenset[str]
    fails: bool


class Inherited:
    """The state of each figure.

    `is_frozen` where the log is not applied; `is_blind` where nothing was ever heard, so that nothing can be said to
    be live.
    """

    def __init__(
        self, sources: Iterable[SourceStanding], now: Moment, *, is_frozen: bool = False, is_blind: bool = False
    ) -> None:
        self._is_frozen = is_frozen
        self._is_blind = is_blind
        self._promising = [
            _Promising(frozenset(each.streams), _and_successors(each, now), each.fails)
            for each in sources
            if each.promise is not None
        ]
        self._streams: dict[int, tuple[Kpi, frozenset[Stream]]] = {}
        self._of: dict[tuple[frozenset[Stream], str | None], State] = {}

    @property
    def of_all(self) -> State:
        """The state of all figures together, whether or not any waits for a source."""
        return self._state(self._promising)

    def state_of(self, kpi: Kpi, unit: str | None) -> State:
        """The state of a KPI of one unit (five-digit code), or of the area (None)."""
        known = self._streams.get(id(kpi))
        if known is None:  # asked for every unit of every KPI of every board
            known = self._streams[id(kpi)] = (kpi, streams_of(kpi))
        return self.of_streams(known[1], unit)

    def of_streams(self, streams: frozenset[Stream], unit: str | None) -> State:
        """The state of what is made of these streams."""
        state = self._of.get((streams, unit))
        if state is None:
            behind = [
                each for each in self._promising if each.streams & streams and (unit is None or unit in each.units)
            ]
            state = self._of[streams, unit] = self._state(behind)
        return state

    def _state(self, behind: Iterable[_Promising]) -> State:
        """The state of what waits for these."""
        if self._is_frozen:
            return "frozen"
        failing = {each.fails for each in behind}
        if self._is_blind or failing == {True}:
            return "late"
        return "partial" if True in failing else "live"


def read_inherited(connection: Connection[Any], now: datetime) -> Inherited:
    """What figures inherit now (an aware moment); three small statements."""
    [(halted, behind)] = connection.execute(query("read_frozen")).fetchall()  # first: `stream.rebuild.replace` locks it
    return inherited(read_standings(connection, now), now, halted=halted, behind=behind)


def inherited(
    sources: Iterable[SourceStanding], now: datetime, *, halted: int, behind: float | None = None
) -> Inherited:
    """The same from sources that are at hand; `halted` is how many partitions are.

    `behind` is for how many seconds what came into the log may have waited, None where no worker ever told.
    """
    known = tuple(sources)
    heard = any(each.heard_at is not None for each in known)
    is_frozen = bool(halted) or (behind is not None and behind > FROZEN_AFTER)
    return Inherited(known, moment_of(now), is_frozen=is_frozen, is_blind=not heard)


def _and_successors(source: SourceStanding, now: Moment) -> frozenset[str]:
    """Its units, and what became of them since it spoke for them: it speaks for their successors."""
    units = {int(unit) for unit in source.units}
    since = now if source.since is None else moment_of(source.since)
    for merger in mergers():
        if since < start_of(day_number(merger.at_day)) <= now:
            units.update(*(merger.became.get(unit, ()) for unit in tuple(units)))
    return frozenset(f"{unit:05d}" for unit in units)
