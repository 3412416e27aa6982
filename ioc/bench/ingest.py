"""`ioc bench ingest`: the log applied by one worker until every figure stands, beside a plain COPY of the same rows."""

import os
import time
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from ioc.bench.events import history
from ioc.bench.machine import machine
from ioc.bench.servers import centre, environment_of, program, running, wait_for
from ioc.settings import Settings
from ioc.wiring import connect, open_log

_CHUNK = 5_000
_CHAPTER = 250_000
_POLL = 0.02
_TABLES = ("event", "ledger", "cases")


def bench_ingest(folder: Path, events: int, log: str, batch: int) -> dict[str, Any]:
    """Measure one log, `postgres` or `kafka`, with servers in `folder`; a JSON document."""
    before = machine()
    with centre(folder, kafka=log == "kafka") as settings:
        appended = append_history(settings, events)
        applied = apply_all(settings, events, batch)
        limits = [_copy_limit(settings, events) for _ in range(3)]
        limit = sorted(limits)[1]
        return {
            "bench": "ingest",
            "log": log,
            "events": events,
            "batch": batch,
            "workers": 1,
            "append_events_per_second": round(events / appended),
            "apply_seconds": round(applied, 2),
            "apply_events_per_second": round(events / applied),
            "copy_limit_events_per_second": round(limit),
            "share_of_copy_limit": round(events / applied / limit, 3),
            "rows": _rows(settings),
            "machine": before,
        }


def append_history(settings: Settings, events: int) -> float:
    """Fill the log; answers seconds of appending, without those of making the events up."""
    log = open_log(settings)
    seconds = 0.0
    try:
        for chapter, start in enumerate(range(0, events, _CHAPTER)):
            entries = history(min(_CHAPTER, events - start), chapter)
            started = time.perf_counter()
            for chunk in _chunks(entries):
                log.append(chunk)
            seconds += time.perf_counter() - started
    finally:
        log.close()
    return seconds


def apply_all(settings: Settings, events: int, batch: int) -> float:
    """Seconds from the moment the worker has its partitions until the last event is committed."""
    os.environ.update(environment_of(settings))  # of this short-lived process; the worker inherits it
    with connect(settings) as watch:

        def count(what: str) -> int:
            summed = sql.SQL("select coalesce(sum({}), 0)::bigint from part_offset").format(sql.Identifier(what))
            row = watch.execute(summed).fetchone()
            return 0 if row is None else int(row[0])

        command = program("stream", "work", "--batch", str(batch))
        with running(command, lambda: count("epoch") > 0, settings.home / "worker.log"):
            started = time.perf_counter()
            wait_for(lambda: count("next_pos") >= events, 3600, "applying the log", _POLL)
            return time.perf_counter() - started


def _copy_limit(settings: Settings, events: int) -> float:
    """Events a second when the same rows are only copied in, without keys, indexes, sums or thought."""
    with connect(settings) as connection:
        rows = {table: _copied_out(connection, table) for table in _TABLES}
        for table in _TABLES:
            name = sql.Identifier(f"limit_{table}")
            connection.execute(sql.SQL("drop table if exists {}").format(name))
            connection.execute(sql.SQL("create table {} (like {})").format(name, sql.Identifier(table)))
        started = time.perf_counter()
        with connection.transaction(), connection.cursor() as cursor:
            for table in _TABLES:
                name = sql.Identifier(f"limit_{table}")
                with cursor.copy(sql.SQL("copy {} from stdin (format binary)").format(name)) as copy:
                    copy.write(rows[table])
        return events / (time.perf_counter() - started)


def _copied_out(connection: psycopg.Connection, table: str) -> bytes:
    statement = sql.SQL("copy {} to stdout (format binary)").format(sql.Identifier(table))
    packed = BytesIO()
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for block in copy:
            packed.write(block)
    return packed.getvalue()


def _rows(settings: Settings) -> dict[str, int]:
    with connect(settings) as connection:
        counts: dict[str, int] = {}
        for table in _TABLES:
            row = connection.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table))).fetchone()
            counts[table] = 0 if row is None else row[0]
        return counts


def _chunks(entries: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (entries[start : start + _CHUNK] for start in range(0, len(entries), _CHUNK))
