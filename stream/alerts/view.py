"""Alerts for those who look: the sign on the wall, and everything on the page."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from psycopg import Connection
from psycopg.rows import dict_row

from stream.alerts.queries import query
from stream.alerts.service import AWAY_AFTER

CLOSED_OF: Final = timedelta(days=7)
MOST_CLOSED: Final = 100
GIVEN_UP_OF: Final = timedelta(days=7)


def read_sign(connection: Connection[Any]) -> Mapping[str, Any] | None:
    """What a wall shows of alerts, one small statement; None where no alerting service ever ran.

    `known` is whether the service looks: without it nobody can say that nothing is wrong.
    """
    row = connection.execute(query("read_sign")).fetchone()
    if row is None or row[6] is None:
        return None
    number, alarms, level, title, subject, cases, age = row
    worst = None if level is None else {"level": level, "title": title, "subject": subject, "number": cases}
    return {"number": number, "alarms": alarms, "worst": worst, "known": age <= AWAY_AFTER}


def read_open(connection: Connection[Any]) -> Sequence[Mapping[str, Any]]:
    """All open alerts, each with what was sent of it."""
    return _with_deliveries(connection, _rows(connection, "read_open", {}))


def read_closed(connection: Connection[Any], now: datetime) -> Sequence[Mapping[str, Any]]:
    """The alerts that closed lately, each with what was sent of it."""
    return _with_deliveries(
        connection, _rows(connection, "read_closed", {"since": now - CLOSED_OF, "most": MOST_CLOSED})
    )


def read_outbox(connection: Connection[Any], now: datetime) -> Sequence[Mapping[str, Any]]:
    """How each channel does that anything was to be sent by lately."""
    return _rows(connection, "read_outbox", {"since": now - GIVEN_UP_OF})


def _with_deliveries(connection: Connection[Any], alerts: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    sent: dict[int, list[Mapping[str, Any]]] = {}
    for row in _rows(connection, "read_deliveries", {"ids": [each["id"] for each in alerts]}) if alerts else ():
        sent.setdefault(row["alert_id"], []).append({name: row[name] for name in row if name != "alert_id"})
    return [{**each, "deliveries": sent.get(each["id"], [])} for each in alerts]


def _rows(connection: Connection[Any], name: str, given: Mapping[str, object]) -> Sequence[Mapping[str, Any]]:
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query(name), given).fetchall()
