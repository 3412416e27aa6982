"""`ioc bench queue`: pages of 50,000 open cases over HTTP, while nothing happens and while events come in.

Log, database, worker and dashboard are the real ones, each in a process of its own; the history beside lies in the same
tables. Two more queues, in processes of the measurement's own, tell what loading and following take.
"""

import gc
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final, NamedTuple

import psutil
from psycopg import Connection

from ioc.bench.events import history
from ioc.bench.latency import summary
from ioc.bench.machine import machine
from ioc.bench.queries import query
from ioc.bench.queue_acts import acting, time_acts
from ioc.bench.queue_asking import Asking, queries
from ioc.bench.queue_cases import moving, open_cases, register
from ioc.bench.servers import centre, environment_of, program, running, wait_for
from ioc.services.ports import Ports
from ioc.services.probes import answers
from ioc.settings import Settings
from ioc.wiring import connect, open_log
from stream.core.moment import moment_of
from stream.first_rules import first_rules
from stream.queue.columns import BYTES_A_ROW
from stream.queue.reading import load, look, take
from stream.queue.working import worked_time

LIMIT_MS: Final = 300
AIM_MS: Final = 150
_FIRST_PORT: Final = 18_520
_CHUNK: Final = 5_000
_ACTS: Final = 50
_LOOK_EVERY: Final = 0.2
_IDLE: Final = 1.0
_ALL_APPLIED: Final = b"select coalesce(sum(next_pos), 0)::bigint from part_offset"


class Desk(NamedTuple):
    """The dashboard that is measured, who asks it for pages, and the sessions of two people."""

    asking: Asking
    process: psutil.Process
    address: str
    tokens: tuple[str, str]

    def acts(self, first: int) -> dict[str, Any]:
        """How long acts on so many cases take, from the `first` of the list on."""
        page = self.asking.page(f"sort=case&start={first}&count={2 * _ACTS}")
        with acting(self.address, self.tokens) as (client, watching):
            return time_acts(client, watching, [] if page is None else page["rows"], _ACTS)


class Load(NamedTuple):
    """How many open cases, events of history beside, requests, events a second, and seconds of them."""

    still_open: int
    history: int
    requests: int
    rate: int
    seconds: int


def bench_queue(folder: Path, asked: Load) -> dict[str, Any]:
    """Measure it with servers in `folder`; a JSON document, times in milliseconds where they don't say seconds."""
    before, now = machine(), datetime.now(UTC)
    with centre(folder) as settings, connect(settings) as connection:
        token, other = (_signed_in(connection, now, login) for login in ("bench", "other"))
        worker = ["env", *_environment(settings), *program("stream", "work")]
        with running(worker, lambda: _number(connection, b"select count(*) from part_offset") > 0, settings.home / "w"):
            filled = _fill(settings, connection, asked, now)
            with ProcessPoolExecutor(1, get_context("spawn")) as fresh:
                loaded = fresh.submit(loading, settings).result()
            with _dashboard(settings) as (address, process), closing(Asking(address, token)) as asking:
                desk = Desk(asking, process, address, (token, other))
                started = time.perf_counter()
                wait_for(lambda: asking.page("count=0") is not None, 120, "the first page", 0.05)
                first_page = time.perf_counter() - started
                told: dict[str, Any] = {
                    "dashboard_loaded_after_seconds": round(first_page, 2),
                    "dashboard_memory_mib": round(process.memory_info().rss / 2**20),
                    "quiet": _quiet(connection, desk, asked),
                    "busy": _busy(settings, connection, desk, asked),
                }
    worst = max(float(told[name]["ms"]["p95"]) for name in ("quiet", "busy"))
    return {
        "bench": "queue", **asked._asdict(), "limit_ms": LIMIT_MS, "aim_ms": AIM_MS, "holds": worst < LIMIT_MS,
        **filled, **loaded, **told, "machine": before,
    }  # fmt: skip


def _fill(settings: Settings, connection: Connection[Any], asked: Load, now: datetime) -> dict[str, Any]:
    started, total = time.perf_counter(), 0
    with closing(open_log(settings)) as log:
        events = [*register(now, log.partitions), *history(asked.history), *open_cases(asked.still_open, now)]
        for start in range(0, len(events), _CHUNK):
            log.append(events[start : start + _CHUNK])
        total = len(events)
    wait_for(lambda: _number(connection, _ALL_APPLIED) >= total, 1_800, "applying the events", 0.5)
    connection.execute("vacuum analyze cases, event, part_offset")
    return {
        "fill_seconds": round(time.perf_counter() - started, 1),
        "cases": _number(connection, b"select count(*) from cases"),
        "open_cases": _number(connection, b"select count(*) from cases where is_open"),
        "events": _number(connection, b"select count(*) from event"),
    }


def loading(settings: Settings) -> dict[str, Any]:
    """How long filling a queue takes, and what a row weighs; to be called in a process that has done nothing yet."""
    first, now = first_rules(), datetime.now(UTC)
    worked_time(first.calendar).until_one(moment_of(now))  # made once for a calendar, whatever is loaded by it
    with connect(settings) as connection:
        gc.collect()
        process = psutil.Process()
        before, started, spent = process.memory_info().rss, time.perf_counter(), time.process_time()
        queue = load(connection, first, now).queue
        seconds, spent = time.perf_counter() - started, time.process_time() - spent
        gc.collect()
        grown = process.memory_info().rss - before
    return {
        "load_seconds": round(seconds, 2),
        "load_cpu_seconds": round(spent, 2),
        "rows": len(queue),
        "column_bytes_a_row": BYTES_A_ROW,
        "memory_bytes_a_row": round(grown / max(len(queue), 1)),
    }


def _quiet(connection: Connection[Any], desk: Desk, asked: Load) -> dict[str, Any]:
    """While nothing is applied; statements beside those that are sent whether or not anybody asks."""
    asking, process = desk.asking, desk.process
    wanted = list(queries(asked.requests, asked.still_open))
    asking.all(wanted[:20])
    idle, since = _transactions(connection)
    time.sleep(_IDLE)
    begun, started = _transactions(connection)
    a_second = (begun - idle) / (started - since)
    before = process.cpu_times()
    found = asking.all(wanted)
    after = process.cpu_times()
    done, ended = _transactions(connection)
    spent = after.user + after.system - before.user - before.system
    sent = done - begun - a_second * (ended - started)
    return {
        **found, "requests": len(wanted), "statements_a_page": round(max(sent, 0) / len(wanted), 2),
        "statements_a_second_of_nobody": round(a_second, 1),
        "dashboard_cpu_ms_a_page": round(1_000 * spent / len(wanted), 1), **desk.acts(0),
    }  # fmt: skip


def _busy(settings: Settings, connection: Connection[Any], desk: Desk, asked: Load) -> dict[str, Any]:
    """While events come in at a steady rate."""
    stop = threading.Event()
    following = _Following(connection)
    sending = threading.Thread(target=_send, args=(settings, asked, stop), name="sending")
    watching = threading.Thread(target=following.run, args=(stop,), name="following")
    sending.start()
    watching.start()
    wanted, taken, until = list(queries(asked.requests, asked.still_open)), 0, time.perf_counter() + asked.seconds
    try:
        found = desk.asking.all(wanted)
        taken = len(wanted)
        acted = desk.acts(2 * _ACTS)
        time.sleep(max(0.0, until - time.perf_counter()))
    finally:
        stop.set()
        sending.join()
        watching.join()
    return {**found, "requests": taken, **acted, **following.told()}


class _Following:
    """A queue of our own that looks for what is new every so often."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection
        self._follower = load(connection, first_rules(), datetime.now(UTC))
        self._looked: list[float] = []
        self._changed = 0
        self._loaded = 0

    def run(self, stop: threading.Event) -> None:
        """Follow until told to stop."""
        while not stop.wait(_LOOK_EVERY):
            now, started = datetime.now(UTC), time.perf_counter()
            news = look(self._connection, self._follower, now)
            if news is None:
                self._follower, self._loaded = load(self._connection, first_rules(), now), self._loaded + 1
                continue
            self._follower, changed = take(self._follower, news)
            self._looked.append(1_000 * (time.perf_counter() - started))
            self._changed += len(changed or ())

    def told(self) -> dict[str, Any]:
        """How long each look took, and how many rows changed in all."""
        return {"follow_ms": summary(self._looked), "looks": len(self._looked), "rows_changed": self._changed,
            "loaded_again": self._loaded}  # fmt: skip


def _send(settings: Settings, asked: Load, stop: threading.Event) -> None:
    """Append at the rate until told to stop, ten times a second."""
    each, first = max(asked.rate // 10, 1), 0
    with closing(open_log(settings)) as log:
        due = time.perf_counter()
        events: list[Any] = []
        while not stop.is_set():
            if len(events) < each:
                events += moving(3_000, datetime.now(UTC), first)
                first += 1_000
            log.append(events[:each])
            del events[:each]
            due += 0.1
            stop.wait(max(0.0, due - time.perf_counter()))


@contextmanager
def _dashboard(settings: Settings) -> Iterator[tuple[str, psutil.Process]]:
    with Ports() as ports:
        port = ports.take_from(_FIRST_PORT)
        serve = ["env", *_environment(settings), *program("dashboard", "serve", "--port", str(port))]
        with running(serve, lambda: answers(port, "/health"), settings.home / "dashboard.log") as process:
            yield f"http://127.0.0.1:{port}", psutil.Process(process.pid)


def _signed_in(connection: Connection[Any], now: datetime, login: str) -> str:
    """The token of a session of an operator who may see everything."""
    from dashboard.accounts.facts import NewAccount
    from dashboard.accounts.sessions import begin_session
    from dashboard.accounts.store import add_account

    number = add_account(connection, NewAccount(login, login.capitalize(), "operator", None), None, "bench", now)
    return begin_session(connection, number, "password", now) or ""


def _environment(settings: Settings) -> list[str]:
    return [f"{name}={value}" for name, value in environment_of(settings).items()]


def _transactions(connection: Connection[Any]) -> tuple[int, float]:
    """How many transactions the database has seen, and when; each statement of a page would be one."""
    time.sleep(1.1)  # PostgreSQL tells no sooner
    row = connection.execute(query("queue_transactions")).fetchone()
    return 0 if row is None else int(row[1]), time.perf_counter()


def _number(connection: Connection[Any], statement: bytes) -> int:
    row = connection.execute(statement).fetchone()
    return 0 if row is None else int(row[0])
