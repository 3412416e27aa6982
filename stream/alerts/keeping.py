"""Alerts in the store: how they stand, what became of them, and what is to be sent of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from stream.alerts.judging import Cause
from stream.alerts.machine import Alert, Happening
from stream.alerts.queries import query
from stream.alerts.rule import Level
from stream.core.moment import Moment, datetime_of, moment_of

_MOMENTS = ("began", "seen", "opened", "closed")


@dataclass(frozen=True, slots=True)
class Standing:
    """An alert with its number in the store and its cause."""

    id: int
    cause: Cause
    level: Level
    alert: Alert


def read_standing(connection: Connection[Any]) -> Mapping[Cause, Standing]:
    """All that are not closed."""
    with connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(query("read_standing")).fetchall()
    return {each.cause: each for each in _standing(rows)}


def write_standing(
    connection: Connection[Any], before: Standing | None, after: Standing, facts: Mapping[str, Any] | None
) -> int:
    """Write a new alert (`before` is None) or a changed one; answers its number. `facts` None: they stay."""
    name = "write_alert" if before is None else "write_alert_change"
    row = connection.execute(query(name), _row(after, facts)).fetchone()
    number: int = 0 if row is None else row[0]
    return number


def forget(connection: Connection[Any], pending: Standing) -> None:
    """An alert that never opened is gone."""
    connection.execute(query("forget_pending"), {"id": pending.id})


def write_happening(
    connection: Connection[Any], of: Standing, happening: Happening, channels: Sequence[str], at: datetime
) -> None:
    """What became of an alert, with what is to be sent of it."""
    given = {"alert_id": of.id, "kind": happening.kind, "at": at, "is_told": happening.is_told,
             "value": of.alert.value, "number": of.alert.number, "channels": list(channels)}  # fmt: skip
    connection.execute(query("write_happening"), given)


def _standing(rows: Sequence[Mapping[str, Any]]) -> Iterator[Standing]:
    for row in rows:
        moments: dict[str, Any] = {name: _moment(row[f"{name}_at"]) for name in _MOMENTS}
        known: dict[str, Any] = {name: row[name] for name in _SAME}
        alert = Alert(**moments, **known, cases=tuple(row["cases"]), well_since=_moment(row["well_since"]))
        yield Standing(row["id"], Cause(row["rule"], row["subject"]), row["level"], alert)


_SAME = ("phase", "worked", "value", "worst", "number", "held", "told", "silenced", "ended_as")


def _row(standing: Standing, facts: Mapping[str, Any] | None) -> dict[str, object]:
    alert = standing.alert
    row: dict[str, object] = {f"{name}_at": _datetime(getattr(alert, name)) for name in _MOMENTS}
    row |= {name: getattr(alert, name) for name in _SAME}
    row |= {"id": standing.id, "level": standing.level, "cases": list(alert.cases)}
    row |= {"well_since": _datetime(alert.well_since), "facts": None if facts is None else Jsonb(facts)}
    return row | standing.cause._asdict()


def _moment(when: datetime | None) -> Moment | None:
    return None if when is None else moment_of(when)


def _datetime(moment: Moment | None) -> datetime | None:
    return None if moment is None else datetime_of(moment)
