"""`ioc bench rebuild`: the whole log applied again beside the live figures, and both compared row by row."""

import time
from functools import partial
from pathlib import Path
from typing import Any

from ioc.bench.ingest import append_history, apply_all
from ioc.bench.machine import machine
from ioc.bench.servers import centre
from ioc.errors import IocError
from ioc.interpreter import tune_for_throughput
from ioc.wiring import connect, open_log
from stream.first_rules import first_rules
from stream.rebuild import compare, rebuild


def bench_rebuild(folder: Path, events: int, batch: int) -> dict[str, Any]:
    """Measure it on the log in PostgreSQL; a JSON document. Raises `IocError` where the figures differ."""
    before = machine()
    with centre(folder) as settings:
        append_history(settings, events)
        live = apply_all(settings, events, batch)
        tune_for_throughput()
        log = open_log(settings)
        try:
            started = time.perf_counter()
            cut = rebuild(log, partial(connect, settings), first_rules(), lambda _: None)
            rebuilt = time.perf_counter() - started
            compared = compare(partial(connect, settings), cut)
            both = time.perf_counter() - started
        finally:
            log.close()
    if not all(each.equal for each in compared):
        raise IocError(f"the rebuilt figures differ: {compared}")
    return {
        "bench": "rebuild",
        "events": events,
        "live_events_per_second": round(events / live),
        "rebuild_seconds": round(rebuilt, 1),
        "rebuild_events_per_second": round(events / rebuilt),
        "rebuild_and_compare_seconds": round(both, 1),
        "equal": True,
        "rows": {each.table: each.rebuilt_rows for each in compared},
        "machine": before,
    }
