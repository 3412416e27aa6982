"""The working calendar that sources are held to: the newest that was adopted, office hours before any was."""

from functools import cache, lru_cache
from typing import Any

import msgspec
from psycopg import Connection

from ingest.contracts.rules import CalendarAdopted
from stream.adopted import calendar_of
from stream.core.calendar import WorkingCalendar
from stream.core.public_holidays import office_calendar
from stream.store.queries import query


def read_calendar(connection: Connection[Any]) -> WorkingCalendar:
    """The calendar in force now; one small statement, and the calendar itself is made once."""
    row = connection.execute(query("read_calendar")).fetchone()
    return _office_calendar() if row is None else _calendar(bytes(row[0]))


@cache
def _office_calendar() -> WorkingCalendar:
    return office_calendar()


@lru_cache(maxsize=8)
def _calendar(content: bytes) -> WorkingCalendar:
    return calendar_of(msgspec.json.decode(content, type=CalendarAdopted))
