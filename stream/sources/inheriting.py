"""What figures inherit from their sources: a figure is late where a source that it waits for is.

A figure waits for the sources that promised to send what it is made of; a unit's figure for those of them that speak
for the unit. Sources that promised no cadence, or were revoked, keep nobody waiting.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from psycopg import Connection

from geo.lineage import mergers
from ingest.contracts.declared import Stream
from stream.core.moment import Moment, day_number, moment_of, start_of
from stream.kpi.definition import Kpi
from stream.kpi.figure import State
from stream.kpi.streams import streams_of
from stream.sources.standing import SourceStanding, read_standings
from stream.store.queries import query


class _Failing(NamedTuple):
    streams: frozenset[str]
    units: frozenset[str]


class Inherited:
    """The state of each figure.

    `is_blind` where nothing can be said to be live: partitions are halted, or nothing was ever heard.
    """

    def __init__(self, sources: Iterable[SourceStanding], now: Moment, *, is_blind: bool) -> None:
        self._is_blind = is_blind
        self._failing = [
            _Failing(frozenset(each.streams), _and_successors(each, now)) for each in sources if each.fails
        ]
        self._streams: dict[int, tuple[Kpi, frozenset[Stream]]] = {}
        self._of: dict[tuple[frozenset[Stream], str | None], State] = {}

    @property
    def of_all(self) -> State:
        """Whether every source that promised is well."""
        return "late" if self._is_blind or self._failing else "live"

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
            state = self._of[streams, unit] = self._state(streams, unit)
        return state

    def _state(self, streams: frozenset[Stream], unit: str | None) -> State:
        waits = any(each.streams & streams and (unit is None or unit in each.units) for each in self._failing)
        return "late" if self._is_blind or waits else "live"


def read_inherited(connection: Connection[Any], now: datetime) -> Inherited:
    """What figures inherit now (an aware moment); three small statements."""
    [(halted,)] = connection.execute(query("read_halted")).fetchall()  # first, as `stream.rebuild.replace` locks it
    return inherited(read_standings(connection, now), now, halted=halted)


def inherited(sources: Iterable[SourceStanding], now: datetime, *, halted: int) -> Inherited:
    """The same from sources that are at hand; `halted` is how many partitions are."""
    known = tuple(sources)
    heard = any(each.heard_at is not None for each in known)
    return Inherited(known, moment_of(now), is_blind=bool(halted) or not heard)


def _and_successors(source: SourceStanding, now: Moment) -> frozenset[str]:
    """Its units, and what became of them since it spoke for them: it speaks for their successors."""
    units = {int(unit) for unit in source.units}
    since = now if source.since is None else moment_of(source.since)
    for merger in mergers():
        if since < start_of(day_number(merger.at_day)) <= now:
            units.update(*(merger.became.get(unit, ()) for unit in tuple(units)))
    return frozenset(f"{unit:05d}" for unit in units)
