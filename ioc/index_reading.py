"""Reading the index for the command line: which units there are, and what was published about the same period."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from psycopg import Connection

from geo.areas import CENTRE, areas, place
from geo.errors import GeoError, UnitsUnknownError
from geo.units import all_units, units_on
from ingest.contracts.declared import Stream
from ioc.index_view import IndexView
from stream.core.moment import date_of
from stream.index.official import read_official
from stream.index.read import read_index
from stream.kpi.period import Period
from stream.sources.inheriting import read_inherited
from stream.store.reading import snapshot

_STREAMS: Final[frozenset[Stream]] = frozenset({"onestop"})
"""What the index is made of."""


def read_view(
    connection: Connection[Any], period: Period, when: datetime, known_at: datetime | None, now: datetime
) -> IndexView:
    """The index over a period as of a moment, and the official scores of it, from one state of the database."""
    windows = period.windows(when)
    with snapshot(connection):
        state = read_inherited(connection, now).of_streams(_STREAMS, None)
        index = read_index(connection, windows, _units(date_of(windows.day)), known_at)
        official = read_official(connection, period.first, period.last, known_at)
    return IndexView(period, index, official, CENTRE, state)


def knows_place(code: str, day: date) -> bool:
    """Whether a code is a unit or an area on a day; of times whose units are not recorded, whether it ever was one."""
    try:
        place(code, day)
    except UnitsUnknownError:
        return code in {area.code for area in areas()} | {unit.code for unit in all_units()}
    except GeoError:
        return False
    return True


def _units(day: date) -> Sequence[str] | None:
    """The units of the area on a day; None where they are not recorded: then those that the ledger knows."""
    try:
        return [unit.code for unit in units_on(day)]
    except UnitsUnknownError:
        return None
