"""What the data page shows: every source, the sums of the log, incidents, and what lies in quarantine."""

from datetime import datetime, timedelta
from typing import Any, Final

from psycopg import Connection

from stream.live.partitions import read_partitions
from stream.quarantine import Quarantine
from stream.sources import read_incidents, read_source_health
from stream.store.reading import snapshot

INCIDENTS_OF: Final = timedelta(days=7)
LISTED: Final = 50
"""Records of the quarantine that are listed; the command line lists them all."""


def read_state(connection: Connection[Any], now: datetime) -> dict[str, Any]:
    """Everything on the page as of `now`, in one snapshot, so that sums of different tables can be compared.

    Sources that promised nothing (the centre itself, records that can't be read) stand last.
    """
    with snapshot(connection):
        quarantine = Quarantine(connection)
        return {
            "partitions": [each._asdict() for each in read_partitions(connection)],  # first: `stream.rebuild.replace`
            "sources": sorted(read_source_health(connection, now), key=lambda each: (not each.kind, each.source)),
            "incidents": read_incidents(connection, now - INCIDENTS_OF),
            "quarantine": {
                "waiting": quarantine.waiting(),
                "listed": [each._asdict() for each in quarantine.list(LISTED)],
            },
        }
