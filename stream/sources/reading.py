"""Reading how the sources stand, and what incidents there were."""

from datetime import datetime
from typing import Any

from psycopg import Connection

from stream.sources.health import SourceHealth
from stream.sources.incident import Incident


def read_source_health(connection: Connection[Any], now: datetime) -> tuple[SourceHealth, ...]:
    """Every source that promised something or was heard of, by its id, as it stands now (an aware moment)."""
    del connection, now
    return ()


def read_incidents(connection: Connection[Any], since: datetime) -> tuple[Incident, ...]:
    """Every incident that is open or was seen or closed since then (an aware moment), the newest first."""
    del connection, since
    return ()
