"""The book of incidents in the store: those that are open, and what becomes of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from psycopg import Connection

from stream.core.incidents import Incident
from stream.core.moment import Moment, datetime_of, moment_of
from stream.store.queries import query


def read_open(connection: Connection[Any]) -> list[Incident]:
    """The incidents that are open."""
    rows = connection.execute(query("read_open_incidents")).fetchall()
    return [
        Incident(cause, source, moment_of(began), moment_of(seen), _moment(recovered), None, flaps, number)
        for number, cause, source, began, seen, recovered, flaps in rows
    ]


def keep(connection: Connection[Any], incidents: Iterable[Incident]) -> None:
    """Write new incidents and changed ones; what ends goes before what begins, since a source has one at a time."""
    for each in sorted(incidents, key=lambda each: (each.number == 0, each.closed is None, each.number)):
        connection.execute(query("write_incident" if each.number == 0 else "write_incident_change"), _row(each))


def _row(incident: Incident) -> dict[str, object]:
    return {
        "number": incident.number,
        "cause": incident.cause,
        "source": incident.source,
        "began_at": datetime_of(incident.began),
        "seen_at": datetime_of(incident.seen),
        "recovered_at": _datetime(incident.recovered),
        "closed_at": _datetime(incident.closed),
        "flaps": incident.flaps,
    }


def _moment(when: datetime | None) -> Moment | None:
    return None if when is None else moment_of(when)


def _datetime(moment: Moment | None) -> datetime | None:
    return None if moment is None else datetime_of(moment)
