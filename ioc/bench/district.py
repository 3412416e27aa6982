"""Years of a district's applications put straight into the ledger and its roll-ups, without a log or a worker."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from psycopg import Connection, sql

from geo.units import units_on
from ioc.bench.queries import query

_LOCAL: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_FILLED: Final = ("ledger", "rollup_day", "rollup_month", "rollup_unit_day", "rollup_unit_month", "cases", "event")
UNITS: Final = tuple(unit.code for unit in units_on(date(2025, 1, 31)))
"""The 15 units of the district, on its last day: the most that there ever were at a time."""
FIELDS: Final = 24


@dataclass(frozen=True, slots=True)
class History:
    """So many applications, evenly over the working days of so many years before `until`."""

    applications: int
    years: int
    until: datetime


def office_moment(now: datetime) -> datetime:
    """Three in the afternoon of the last complete Monday to Friday: a board has most to count in office hours."""
    day = now.astimezone(_LOCAL).date() - timedelta(days=1)
    while day.isoweekday() > 5:
        day -= timedelta(days=1)
    return datetime.combine(day, time(15), _LOCAL)


def fill(connection: Connection[Any], history: History) -> dict[str, int]:
    """Fill the empty tables of the stream; answers how many rows each has.

    The connection finds the tables by its search path and is not inside a transaction.
    """
    last = history.until.astimezone(_LOCAL).date()
    days = {"first": last - timedelta(days=round(history.years * 365.25)), "last": last}
    drawn = {"applications": history.applications, "until": history.until, "fields": FIELDS}
    connection.execute(query("board_tables"))
    connection.execute(query("board_days"), days)
    connection.execute(query("board_applications"), days | drawn | {"units": [int(code) for code in UNITS]})
    indexes = connection.execute("select indexname, indexdef from pg_indexes where tablename = 'ledger'").fetchall()
    for name, _ in indexes:
        connection.execute(sql.SQL("drop index {}").format(sql.Identifier(name)))
    connection.execute(query("board_ledger"))
    for _, definition in indexes:
        connection.execute(definition)
    connection.execute(query("board_rollups"))
    connection.execute(query("board_signs"))
    connection.execute(query("board_done"))
    connection.execute(sql.SQL("vacuum analyze {}").format(sql.SQL(", ").join(map(sql.Identifier, _FILLED))))
    return {table: _rows(connection, table) for table in _FILLED}


def _rows(connection: Connection[Any], table: str) -> int:
    row = connection.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table))).fetchone()
    return 0 if row is None else int(row[0])
