"""`ioc bench telemetry`: samples of conference lines taken by one worker, beside events of the one-stop shops.

Samples are appended to the event log at their rate, whatever the worker does; the lag of an event is from its being on
disk in the log to the commit that has it in every sum. No door is in the way: what they take is another question.
"""

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any, Final
from zoneinfo import ZoneInfo

import psutil

from ingest.log.protocol import EventLog, Position
from ioc.bench.events import history
from ioc.bench.latency import FirstShown, summary
from ioc.bench.lines import Lines
from ioc.bench.machine import machine
from ioc.bench.servers import centre, environment_of, program, running, wait_for
from ioc.bench.usage import Reading, read_usage
from ioc.settings import Settings
from ioc.wiring import connect, open_log

_TICK: Final = 0.1
_POLL: Final = 0.005
_POSITIONS: Final = "select part, next_pos from part_offset"
_LOCAL: Final = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class Load:
    """What is sent: samples and one-stop events a second, for how many seconds."""

    rate: int
    endpoints: int
    per_event: int
    beside: int
    seconds: int
    warm_up: int


@dataclass(frozen=True)
class _Sent:
    """What was appended, when it was on disk, and how far the worker had come when the last was."""

    events: list[tuple[float, Position]]
    samples: int
    backlog: int
    usage: tuple[Reading, Reading]


def bench_telemetry(folder: Path, load: Load, reads: int) -> dict[str, Any]:
    """Measure with servers in `folder`; a JSON document."""
    before = machine()
    with centre(folder) as settings:
        os.environ.update(environment_of(settings))  # of this short-lived process; the worker inherits it
        log = open_log(settings)
        try:
            with (
                _Watch(settings) as watch,
                running(program("stream", "work"), watch.is_claimed, settings.home / "worker.log") as worker,
            ):
                processes = {"worker": psutil.Process(worker.pid), "postgres": _postgres(settings)}
                sent = _send(log, load, watch, processes)
                wait_for(lambda: watch.covers(log.end_positions()), 300, "applying what was sent")
                boards = list(watch.boards)
        finally:
            log.close()
        return _report(load, sent, boards) | _stored(settings) | _reading(settings, reads) | {"machine": before}


class _Watch:
    """Notes, every few milliseconds, how far each partition has been applied."""

    def __init__(self, settings: Settings) -> None:
        self.boards: list[tuple[float, dict[int, int]]] = []
        self._settings = settings
        self._stop = Event()
        self._thread = Thread(target=self._look, name="watch")

    def __enter__(self) -> "_Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def is_claimed(self) -> bool:
        """Whether the worker has its partitions."""
        with connect(self._settings) as connection:
            row = connection.execute("select coalesce(sum(epoch), 0)::bigint from part_offset").fetchone()
        return row is not None and row[0] > 0

    def applied(self) -> int:
        """How many records have been applied."""
        return sum(self.boards[-1][1].values()) if self.boards else 0

    def covers(self, ends: Any) -> bool:
        """Whether all of the log up to these ends has been applied."""
        done = self.boards[-1][1] if self.boards else {}
        return all(done.get(part, 0) >= end for part, end in ends.items())

    def _look(self) -> None:
        with connect(self._settings) as connection:
            while not self._stop.wait(_POLL):
                found: dict[int, int] = dict(connection.execute(_POSITIONS).fetchall())
                if not self.boards or found != self.boards[-1][1]:
                    self.boards.append((time.monotonic(), found))


def _send(log: EventLog, load: Load, watch: _Watch, processes: dict[str, psutil.Process]) -> _Sent:
    """Append at the asked pace; a tick that comes late sends what it owes."""
    lines, others = (
        Lines(load.endpoints, load.per_event),
        iter(history(load.beside * (load.seconds + load.warm_up) + 1)),
    )
    events: list[tuple[float, Position]] = []
    told = beside = appended = 0
    first_usage: Reading | None = None
    started = time.monotonic()
    counted_from = started + load.warm_up
    until = counted_from + load.seconds
    while (now := time.monotonic()) < until:
        if first_usage is None and now >= counted_from:
            first_usage = read_usage(processes)
        passed = now - started
        entries = list(lines.told_until(round(load.rate * passed), datetime.now(UTC)))
        told += len(entries) * load.per_event
        owed = round(load.beside * passed) - beside
        entries += [next(others) for _ in range(owed)]
        beside += owed
        positions = log.append(entries)
        appended += len(positions)
        kept = time.monotonic()
        if now >= counted_from:
            events += [(kept, each) for each in positions]
        time.sleep(max(0.0, _TICK - (time.monotonic() - now)))
    last = read_usage(processes)
    return _Sent(events, told, appended - watch.applied(), (first_usage or last, last))


def _report(load: Load, sent: _Sent, boards: list[tuple[float, dict[int, int]]]) -> dict[str, Any]:
    shown = FirstShown(boards)
    lags = [(shown.moment(position) - kept) * 1000 for kept, position in sent.events]
    first, last = sent.usage
    return {
        "bench": "telemetry",
        "workers": 1,
        "samples_per_second_asked": load.rate,
        "endpoints": load.endpoints,
        "samples_per_event": load.per_event,
        "onestop_events_per_second": load.beside,
        "seconds": load.seconds,
        "samples_appended": sent.samples,
        "events_measured": len(sent.events),
        "appended_to_committed_ms": summary(max(0.0, lag) for lag in lags),
        "events_behind_at_the_end": sent.backlog,
        "cpu_percent_of_a_core": last.percent_since(first) if last.at > first.at else None,
    }


def _stored(settings: Settings) -> dict[str, Any]:
    """What has been kept: each sample once, and sums that agree."""
    with connect(settings) as connection:
        [row] = connection.execute(
            "select (select count(*) from quality_sample), (select sum(samples) from quality_minute)::bigint,"
            " (select sum(samples) from quality_hour)::bigint, (select sum(samples) from quality_day)::bigint,"
            " (select sum(quarantined) from part_offset)::bigint"
        ).fetchall()
    names = ("samples_kept", "in_minutes", "in_hours", "in_days", "quarantined")
    return dict(zip(names, row, strict=True))


def _reading(settings: Settings, reads: int) -> dict[str, Any]:
    """A whole day of 200 endpoints, minute by minute, read from a warm store."""
    from stream.quality.read import read_day

    day = datetime.now(_LOCAL).date() - timedelta(days=2)
    with connect(settings) as connection:
        connection.execute(
            "insert into quality_endpoint (code, unit) select 'day-' || n, 3980 from generate_series(1, 200) as n"
        )
        connection.execute(
            "insert into quality_minute"
            " select e.id, minute, 3980, 5, 2000, 5, 380, 100, 5,"
            " (e.id + date_part('hour', minute)::int) %% 400, 90, 400"
            " from generate_series(%(since)s, %(since)s + interval '1439 minutes', interval '1 minute') as minute,"
            " quality_endpoint as e where e.code like 'day-%%'",
            {"since": datetime(day.year, day.month, day.day, tzinfo=_LOCAL)},
        )
        connection.execute("vacuum analyze quality_minute")
        found = read_day(connection, day)
        times = []
        for _ in range(reads):
            started = time.perf_counter()
            read_day(connection, day)
            times.append((time.perf_counter() - started) * 1000)
    return {"day_of_endpoints": len(found.endpoints), "day_read_ms": summary(times)}


def _postgres(settings: Settings) -> psutil.Process:
    told = (settings.home / "postgres" / "data" / "postmaster.pid").read_text()
    return psutil.Process(int(told.split("\n", 1)[0]))
