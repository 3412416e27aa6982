"""`ioc bench history`: years of a district in the store, and how long its board, reports and index take to read.

As `ioc bench board` does, with the reports besides: form II.06a of the last half year and of the same half year a
year ago, as known then; and the index of every unit.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from psycopg import Connection

from ioc.bench.board import made_up, measure_board, timed
from ioc.bench.district import UNITS, History, office_moment
from stream.index.read import read_index
from stream.kpi.catalogue import load_catalogue
from stream.kpi.period import Period
from stream.kpi.window import Windows
from stream.live import BOARD_KPIS
from stream.report.asked import Asked
from stream.report.ii06a import Form
from stream.report.reading import read_report
from stream.report.scope import scope_of
from stream.store.reading import snapshot

_HALF_YEAR: Final = timedelta(days=182)
_YEAR: Final = timedelta(days=365)


def bench_history(folder: Path, applications: int, years: int, reads: int) -> dict[str, Any]:
    """Measure it with servers in `folder`; a JSON document, times in milliseconds."""
    history = History(applications, years, office_moment(datetime.now(UTC)))
    catalogue = load_catalogue().only(BOARD_KPIS)
    with made_up(folder, history) as (connection, told):
        measured = {
            "board": measure_board(connection, catalogue, history, reads),
            "ii06a": measure_form(connection, history.until, reads),
            "index": measure_index(connection, history.until, reads),
        }
    return {"bench": "history", "kpis": len(tuple(catalogue)), "reads": reads, **measured, **told}


def measure_form(connection: Connection[Any], until: datetime, reads: int) -> dict[str, Any]:
    """The last half year of the area and of one unit; and the half year before a moment, as known at it."""
    yesterday, earlier = until - timedelta(days=1), until - _YEAR
    return {
        "received": _form(connection, until).total[3],
        "area_ms": timed(lambda: _form(connection, until), reads),
        "unit_ms": timed(lambda: _form(connection, until, UNITS[0]), reads),
        "area_as_known_yesterday_ms": timed(lambda: _form(connection, until, known_at=yesterday), reads),
        "area_as_known_a_year_ago_ms": timed(lambda: _form(connection, earlier, known_at=earlier), reads),
    }


def measure_index(connection: Connection[Any], until: datetime, reads: int) -> dict[str, Any]:
    """The index of the area and every unit over a quarter; and the same a year ago, as known then."""
    earlier = until - _YEAR
    return {
        "all_units_ms": timed(lambda: _index(connection, until, None), reads),
        "as_known_a_year_ago_ms": timed(lambda: _index(connection, earlier, earlier), reads),
    }


def _form(
    connection: Connection[Any], as_of: datetime, unit: str | None = None, known_at: datetime | None = None
) -> Form:
    first, last = (as_of - _HALF_YEAR).date(), as_of.date()
    period = Period(None, first, last, f"{first}..{last}")
    with snapshot(connection):
        return read_report(connection, Asked.of(period, scope_of(unit, period), as_of, known_at)).form


def _index(connection: Connection[Any], as_of: datetime, known_at: datetime | None) -> None:
    first = date(as_of.year, 3 * ((as_of.month - 1) // 3) + 1, 1)
    with snapshot(connection):
        read_index(connection, Windows.over(first, None, as_of), None, known_at)
