"""Letting go of what nobody asks for any more."""

from datetime import datetime, timedelta
from typing import Any, Final

from psycopg import Connection

from stream.alerts.queries import query

KEPT: Final = timedelta(days=400)
"""How long closed alerts are kept: a year's report looks back at them."""


def forget_closed(connection: Connection[Any], now: datetime) -> None:
    """Closed alerts of long ago go, with what became of them."""
    connection.execute(query("forget_closed"), {"before": now - KEPT})
