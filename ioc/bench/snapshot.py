"""`ioc bench snapshot`: a snapshot of thirty units read and written in its three renderings, and made again later.

The history is told through the log as of a month ago, and applied by a worker. Then come so many late events: what was
sealed is made again from the log, byte for byte.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from psycopg import Connection

from ingest.log.protocol import Entry
from ioc.bench.ingest import apply_all
from ioc.bench.latency import summary
from ioc.bench.machine import machine
from ioc.bench.servers import centre
from ioc.bench.snapshot_history import applications, month_ago, thirty_units
from ioc.settings import Settings
from ioc.wiring import connect, open_log
from stream.kpi.catalogue import load_catalogue
from stream.kpi.definition import Bilingual
from stream.kpi.period import Period
from stream.snapshot.content.again import recomputed
from stream.snapshot.content.canonical import canonical
from stream.snapshot.content.cut import settled_until
from stream.snapshot.content.document import Snapshot
from stream.snapshot.content.reading import read_snapshot
from stream.snapshot.content.wanted import Wanted
from stream.snapshot.content.witness import read_witness
from stream.snapshot.render.pdf.drawing import pdf_of
from stream.snapshot.render.rendering import render
from stream.snapshot.render.workbook.document import workbook_of

LIMIT_SECONDS: Final = 10
AIM_SECONDS: Final = 3
_LOCAL: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_CHUNK: Final = 5_000
_KPIS: Final = 60


class Load(NamedTuple):
    """How many applications there are, how often each measurement is made, and how many events come late."""

    applications: int
    runs: int
    later: int


def bench_snapshot(folder: Path, load: Load) -> dict[str, Any]:
    """Measure it with servers in `folder`; a JSON document, times in milliseconds unless their name says seconds."""
    before, now = machine(), datetime.now(UTC)
    with thirty_units(now) as units, centre(folder) as settings:
        history = list(applications(load.applications, now - timedelta(days=31), units))
        append(settings, history)
        with connect(settings) as connection:
            last = month_ago(connection)
            apply_all(settings, len(history), _CHUNK)
            connection.execute("analyze")
            wishes = {f"{_KPIS} KPIs": _wanted(last, _some()), "all KPIs": _wanted(last, None)}
            measured = {name: _measure(connection, wanted, load.runs) for name, wanted in wishes.items()}
            sealed = [read_snapshot(connection, each, read_witness(connection, each, now)) for each in wishes.values()]
            more = list(applications(load.later // 4 + 1, now - timedelta(days=31), units, load.applications))
            append(settings, late := more[: load.later])
            apply_all(settings, len(history) + len(late), _CHUNK)
            again = [_again(connection, each) for each in sealed]
    return {
        "bench": "snapshot",
        "units": len(units),
        "applications": load.applications,
        "events": len(history),
        "runs": load.runs,
        "limit_seconds": LIMIT_SECONDS,
        "aim_seconds": AIM_SECONDS,
        **measured,
        "made_again": {"later_events": len(late), **dict(zip(wishes, again, strict=True))},
        "machine": before,
    }


def append(settings: Settings, entries: Sequence[Entry]) -> None:
    """Into the log, a transaction at a time."""
    log = open_log(settings)
    try:
        for start in range(0, len(entries), _CHUNK):
            log.append(entries[start : start + _CHUNK])
    finally:
        log.close()


def _some() -> tuple[str, ...]:
    """So many KPIs, of all streams alike."""
    names = [kpi.id for kpi in load_catalogue() if not kpi.id.startswith("index_")]
    return tuple(names[place * len(names) // _KPIS] for place in range(_KPIS))


def _wanted(known_at: datetime, kpis: tuple[str, ...] | None) -> Wanted:
    """The daily snapshot of when the last of the history came."""
    at = known_at.astimezone(_LOCAL).replace(microsecond=0) + timedelta(seconds=1)
    day = at.date()
    return Wanted(
        kind="daily",
        title=Bilingual("Báo cáo nhanh hằng ngày", "Daily snapshot"),
        period=Period(None, day.replace(day=1), day, f"{day}"),
        grain="day",
        version=1,
        due_at=at,
        as_of=at,
        known_at=at,
        kpis=kpis,
    )


def _measure(connection: Connection[Any], wanted: Wanted, runs: int) -> dict[str, Any]:
    """Each part by itself, several times; and all of it as a slot takes it, with the processor time of this program."""

    def taken() -> Snapshot:
        return read_snapshot(connection, wanted, read_witness(connection, wanted, wanted.known_at))

    def whole() -> Mapping[str, bytes]:
        return render(taken())

    snapshot = taken()
    parts: Mapping[str, Callable[[], object]] = {
        "settled_ms": lambda: settled_until(connection),
        "reading_ms": taken,
        "json_ms": lambda: canonical(snapshot),
        "xlsx_ms": lambda: workbook_of(snapshot),
        "pdf_ms": lambda: pdf_of(snapshot),
    }
    files = whole()
    busy = time.process_time()
    total = _timed(whole, runs)
    busy = (time.process_time() - busy) * 1_000 / runs
    return {
        "kpis": len(snapshot.kpis),
        "figures": len(snapshot.figures) + len(snapshot.witness.figures),
        "bytes": {name: len(body) for name, body in files.items()},
        "total_ms": total,
        "total_cpu_ms": round(busy),
        "within_limit": total is not None and total["max"] <= LIMIT_SECONDS * 1_000,
        "within_aim": total is not None and total["max"] <= AIM_SECONDS * 1_000,
        **{name: _timed(part, runs) for name, part in parts.items()},
    }


def _timed(work: Callable[[], object], runs: int) -> dict[str, float] | None:
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1_000)
    return summary(taken)


def _again(connection: Connection[Any], sealed: Snapshot) -> dict[str, Any]:
    started = time.perf_counter()
    found = canonical(recomputed(connection, sealed))
    return {"seconds": round(time.perf_counter() - started, 2), "equal_bytes": found == canonical(sealed)}
