"""Years of a district's applications put straight into the ledger and its roll-ups, without a log or a worker."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from psycopg import Connection, sql

from geo.units import units_on
from ingest.contracts.rules import Level, Procedure, RegisterAdopted
from ioc.bench.queries import query
from stream.apply.rulebook import rule_of
from stream.apply.store import Store
from stream.first_rules import first_rules
from stream.store.queries import query as stored_query

_LOCAL: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_FILLED: Final = (
    "ledger", "rollup_day", "rollup_month", "rollup_year", "rollup_procedure_month", "rollup_channel_day",
    "rollup_unit_day", "rollup_unit_month", "cases", "event",
)  # fmt: skip
UNITS: Final = tuple(unit.code for unit in units_on(date(2025, 1, 31)))
"""The 15 units of the district, on its last day: the most that there ever were at a time."""
FIELDS: Final = 24
_PARTITIONS: Final = 8
PROCEDURES: Final = 517


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
    drawn = {"applications": history.applications, "until": history.until, "fields": FIELDS, "procedures": PROCEDURES}
    connection.execute(query("history_tables"))
    connection.execute(query("history_days"), days)
    connection.execute(query("history_applications"), days | drawn | {"units": [int(code) for code in UNITS]})
    indexes = connection.execute("select indexname, indexdef from pg_indexes where tablename = 'ledger'").fetchall()
    for name, _ in indexes:
        connection.execute(sql.SQL("drop index {}").format(sql.Identifier(name)))
    connection.execute(query("history_ledger"))
    for _, definition in indexes:
        connection.execute(definition)
    connection.execute(query("history_rollups"))
    connection.execute(query("history_signs"))
    _adopt_register(connection, history)
    connection.execute(query("history_done"))
    connection.execute(sql.SQL("vacuum analyze {}").format(sql.SQL(", ").join(map(sql.Identifier, _FILLED))))
    return {table: _rows(connection, table) for table in _FILLED}


def _adopt_register(connection: Connection[Any], history: History) -> None:
    """Have every partition go by a register of the procedures of the history, from its first day on."""
    procedures = tuple(
        Procedure(
            code=f"1.{number:06}", name=f"Thủ tục {number}", field=f"G09-LV{1 + number % FIELDS:02}",
            level=Level.DISTRICT if number % 3 == 0 else Level.COMMUNE, term=5, fee=10_000 * (number % 2),
            online=("full", "full", "partial", "none")[number % 4], fee_online=number % 3 == 0,
        )
        for number in range(1, PROCEDURES + 1)
    )  # fmt: skip
    store = Store(connection, first_rules())
    store.procedure_numbers(each.code for each in procedures)
    rule = rule_of(RegisterAdopted(version="bench", procedures=procedures))
    store.keep_rule(rule)
    known = history.until - timedelta(days=round(history.years * 365.25))
    for part in range(_PARTITIONS):
        adopted = {"part": part, "pos": 0, "known_at": known, "digest": rule.digest}
        connection.execute(stored_query("write_part_rule"), adopted)


def _rows(connection: Connection[Any], table: str) -> int:
    row = connection.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table))).fetchone()
    return 0 if row is None else int(row[0])
