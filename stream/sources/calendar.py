"""The working calendar that sources are held to: the newest that was adopted, office hours before any was."""

from datetime import datetime
from functools import cache, lru_cache
from typing import Any

import msgspec
from psycopg import Connection

from ingest.contracts.rules import CalendarAdopted
from stream.adopted import calendar_of
from stream.core.calendar import WorkingCalendar
from stream.core.public_holidays import office_calendar
from stream.store.queries import query


def read_calendar(connection: Connection[Any], known_at: datetime | None = None) -> WorkingCalendar:
    """The calendar in force now, or as far as was known then; one small statement, the calendar itself is made once."""
    row = connection.execute(query("read_calendar"), {"known_at": known_at}).fetchone()
    return _office_calendar() if row is None else _calendar(bytes(row[0]))


@cache
def _office_calendar() -> WorkingCalendar:
    return office_calendar()


@lru_cache(maxsize=8)
def _calendar(content: bytes) -> WorkingCalendar:
    return calendar_of(msgspec.json.decode(content, type=CalendarAdopted))
