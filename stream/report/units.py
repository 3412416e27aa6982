"""Which units count in a report."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from psycopg import Connection

from stream.report.asked import Asked
from stream.report.sums import rows


def read_units(connection: Connection[Any]) -> Mapping[int, date]:
    """The units that the ledger knows of, and the first local day of which anything is known of each."""
    return dict(rows(connection, "units", {}))


def units_asked(asked: Asked, known: Iterable[int]) -> Sequence[int]:
    """The numbers of the units that count, in order."""
    return sorted(known if asked.scope.units is None else asked.scope.units)
