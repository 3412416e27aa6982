"""Silences (tạm ngưng báo): of what people do not want to be told until a moment, and why. A silence always ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from psycopg import Connection

from stream.alerts.errors import NoSuchSilenceError
from stream.alerts.judging import Cause
from stream.alerts.queries import query

LONGEST: Final = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Silence:
    """Of a rule, of a unit (five-digit code), or of a rule in a unit; `made_by` is a login."""

    id: int
    rule: str | None
    unit: str | None
    reason: str
    made_by: str
    made_at: datetime
    until_at: datetime

    def covers(self, cause: Cause) -> bool:
        """Whether it is about that cause."""
        return self.rule in {None, cause.rule} and self.unit in {None, cause.subject}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A silence that somebody asks for; one of `rule` and `unit` is set, and it ends within LONGEST."""

    rule: str | None
    unit: str | None
    reason: str
    by: str
    until: datetime


def is_silenced(silences: Iterable[Silence], cause: Cause) -> bool:
    """Whether any of them covers it."""
    return any(each.covers(cause) for each in silences)


def read_silences(connection: Connection[Any], at: datetime) -> Sequence[Silence]:
    """Those that hold, the first to end first."""
    return [Silence(*row) for row in connection.execute(query("read_silences"), {"at": at}).fetchall()]


def write_silence(connection: Connection[Any], wanted: Wanted, now: datetime) -> int:
    """Be silent from now on; answers the silence's number."""
    row = connection.execute(
        query("write_silence"),
        {"rule": wanted.rule, "unit": wanted.unit, "reason": wanted.reason, "made_by": wanted.by, "made_at": now,
         "until_at": wanted.until},
    ).fetchone()  # fmt: skip
    if row is None:
        raise NoSuchSilenceError("the silence was not written")
    number: int = row[0]
    return number


def end_silence(connection: Connection[Any], number: int, by: str, now: datetime) -> None:
    """End a silence before its time. Raises `NoSuchSilenceError`."""
    if connection.execute(query("write_silence_end"), {"id": number, "by": by, "at": now}).fetchone() is None:
        raise NoSuchSilenceError(f"no silence {number} holds now")
