"""The alerting service's sign of life, and what it goes by: told by the service, read by the pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
from psycopg import Connection
from psycopg.types.json import Jsonb

from stream.alerts.queries import query

AWAY_AFTER: Final = 60.0
"""Seconds without a sign of life after which the service counts as away; it gives one every fifteen."""


class ToldRule(msgspec.Struct, frozen=True):
    """A rule in force."""

    id: str
    title: dict[str, str]
    level: str


class ToldChannel(msgspec.Struct, frozen=True):
    """A channel that is set up; `where` is the host it sends to."""

    channel: str
    where: str


class Told(msgspec.Struct, frozen=True):
    """What the service goes by. `problem` is what is wrong with the centre's own file: the rules of before hold."""

    rules: list[ToldRule]
    channels: list[ToldChannel]
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class ServiceStanding:
    """How the service is. `age`: seconds since its last sign of life, by the database's clock."""

    seen_at: datetime
    age: float
    told: Told

    @property
    def is_away(self) -> bool:
        """Whether nobody looks at the rules."""
        return self.age > AWAY_AFTER


def write_service(connection: Connection[Any], told: Told, now: datetime) -> None:
    """The service is there."""
    connection.execute(query("write_service"), {"at": now, "told": Jsonb(msgspec.to_builtins(told))})


def read_service(connection: Connection[Any]) -> ServiceStanding | None:
    """How it is; None where none ever ran."""
    row = connection.execute(query("read_service")).fetchone()
    return None if row is None else ServiceStanding(row[0], row[1], msgspec.convert(row[2], Told))
