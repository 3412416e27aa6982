"""`ioc bench board`: reading the board over years of history, as the wall does and as it starts, and as known earlier.

Beside the readings nothing happens: no worker writes, and the tables lie in memory as those of a running wall do.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from psycopg import Connection

from ioc.bench.district import UNITS, History, fill, office_moment
from ioc.bench.latency import summary
from ioc.bench.machine import machine
from ioc.bench.servers import centre
from ioc.wiring import connect
from stream.kpi.catalogue import Catalogue, load_catalogue
from stream.kpi.evaluate import evaluate
from stream.kpi.readings import asks_of
from stream.kpi.window import Windows
from stream.live import BOARD_KPIS, Board, board_json, read_board
from stream.store.reading import Question, read_sums, snapshot

_WARM_UP: Final = 10  # readings: psycopg prepares a statement at its fifth, PostgreSQL may keep its plan from the sixth
_KNOWN_READS: Final = 10
_KNOWN_DAYS: Final = (10, 365)


def bench_board(folder: Path, applications: int, years: int, reads: int) -> dict[str, Any]:
    """Measure it with servers in `folder`; a JSON document, times in milliseconds."""
    history = History(applications, years, office_moment(datetime.now(UTC)))
    catalogue = load_catalogue().only(BOARD_KPIS)
    with made_up(folder, history) as (connection, told):
        measured = measure_board(connection, catalogue, history, reads)
    return {"bench": "board", "kpis": len(tuple(catalogue)), "reads": reads, **measured, **told}


@contextmanager
def made_up(folder: Path, history: History) -> Iterator[tuple[Connection[Any], dict[str, Any]]]:
    """A centre with this history in its store: a reader's connection, and what there is to tell of it."""
    before = machine()
    with centre(folder) as settings:
        started = time.perf_counter()
        with connect(settings) as connection:
            rows = fill(connection, history)
        told = {
            "applications": history.applications,
            "years": history.years,
            "units": len(UNITS),
            "rows": rows,
            "fill_seconds": round(time.perf_counter() - started, 1),
            "machine": before,
        }
        with connect(settings) as connection:
            yield connection, told


def measure_board(connection: Connection[Any], catalogue: Catalogue, history: History, reads: int) -> dict[str, Any]:
    """The reading that takes over what is past, as a wall's do; the full one; and figures as once known."""
    known = partial(_read_known, connection, catalogue)
    full = partial(_read, connection, catalogue, history.until)
    first = full()
    ordinary = partial(full, first)
    few = min(reads, _KNOWN_READS)
    return {
        "ordinary_ms": timed(lambda: board_json(ordinary()), reads),
        "full_ms": timed(lambda: board_json(full()), reads),
        "board_bytes": len(board_json(first)),
        "as_known_days_ago_ms": {
            str(days): timed(partial(known, history.until - timedelta(days=days)), few) for days in _KNOWN_DAYS
        },
    }


def _read(connection: Connection[Any], catalogue: Catalogue, now: datetime, earlier: Board | None = None) -> Board:
    return read_board(connection, catalogue, now, UNITS, earlier=earlier)


def _read_known(connection: Connection[Any], catalogue: Catalogue, moment: datetime) -> None:
    """Every KPI of the area and of each unit, as of a moment and as known at that same moment."""
    with snapshot(connection):
        [readings] = read_sums(connection, [Question(Windows.at(moment), asks_of(catalogue))], moment)
    evaluate(catalogue, readings, (None, *UNITS))


def timed(read: Callable[[], object], reads: int) -> dict[str, float] | None:
    """How long each of so many readings takes, in milliseconds; some go before that do not count."""
    for _ in range(min(reads, _WARM_UP)):
        read()
    taken: list[float] = []
    for _ in range(reads):
        started = time.perf_counter()
        read()
        taken.append((time.perf_counter() - started) * 1_000)
    return summary(taken)
