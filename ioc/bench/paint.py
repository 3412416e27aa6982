"""`ioc bench paint`: from the door's acceptance of an event to its being painted, in a real browser.

Everything runs on this machine in processes of its own: PostgreSQL, Valkey, door, worker, dashboard, the source
that sends, Chromium, and one process that holds the streams of the other displays.
"""

import multiprocessing
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import psutil

from ingest.contracts.envelope import decode_envelope
from ingest.log.protocol import EventLog, Record
from ioc.bench.filings import filings
from ioc.bench.latency import covers
from ioc.bench.listening import Heard, listen
from ioc.bench.machine import machine
from ioc.bench.pages import Pages, open_pages
from ioc.bench.paint_report import Course, Event, report
from ioc.bench.product import Product, number_from, product
from ioc.bench.sending import Errand, Sent, send
from ioc.bench.servers import centre, wait_for
from ioc.bench.usage import read_usage, resident_kb
from ioc.errors import IocError
from ioc.settings import Settings
from ioc.wiring import open_log

_EVENTS_A_REQUEST = 5
_READ_OUT_EVERY = 1.0
_LAST_EVENT_WITHIN = 60.0
_READ = 5_000
_IDLE = 6.0
"""Seconds that displays are left alone before their memory is looked at: each has got a board by then."""
_QUARANTINED = "select coalesce(sum(quarantined), 0)::bigint from part_offset"


@dataclass(frozen=True, slots=True)
class Load:
    """So many displays, of them `pages` in a browser; events a second, for so many seconds that count.

    `warm_up` are the seconds of sending before those, `history` the events that are applied before any is sent.
    `scenes` are those that every display asks for: more than one as a rotation does, the overview the one it shows.
    """

    displays: int
    pages: int
    rate: int
    seconds: int
    warm_up: int = 5
    history: int = 20_000
    scenes: tuple[str, ...] = ("overview",)

    @property
    def streams(self) -> int:
        """Displays that are held without a browser."""
        return self.displays - self.pages

    @property
    def address(self) -> str:
        """What the pages open: the overview, the first scene of a rotation that does not go on while we measure."""
        return "/wall/" if len(self.scenes) == 1 else f"/wall/rotation?scenes={','.join(self.scenes)}&seconds=3600"


def scenes_of(whole: str) -> tuple[str, ...]:
    """The overview alone, or `all`: it and every other scene that can be shown in turn."""
    from dashboard.wall.asked import scenes_named

    return scenes_named(None) if whole == "all" else ("overview",)


def bench_paint(folder: Path, load: Load) -> dict[str, Any]:
    """Measure with servers in `folder`; a JSON document. Raises `IocError` where an event is never painted."""
    before = machine()
    with centre(folder) as settings, ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as children:
        course = _run(settings, load, children)
    return {
        "bench": "paint",
        "displays": {"browser_pages": load.pages, "streams_without_browser": load.streams},
        "scenes": load.scenes,
        "events_per_second_wanted": load.rate,
        "warm_up_seconds": load.warm_up,
        "history_events": load.history,
        **report(course),
        "machine": before,
    }


def _run(settings: Settings, load: Load, children: ProcessPoolExecutor) -> Course:
    heard: Future[Heard] | None = None
    with ExitStack() as until_measured:
        running = until_measured.enter_context(product(settings, load.history))
        positions_before = _ends(settings)
        pages, browser = _open(until_measured, running, load)
        dashboard = running.processes["dashboard"]
        memory = [resident_kb(dashboard)]
        if load.streams:
            heard = children.submit(listen, "127.0.0.1", running.dashboard_port, load.streams, load.scenes)
        wait_for(lambda: running.displays() == load.displays, 60, f"connecting {load.displays} displays", 0.1)
        pages.pause(_IDLE)
        memory.append(resident_kb(dashboard))
        processes = {**running.processes, "browser": browser, "all_of_these_and_the_measuring": psutil.Process()}
        sent, usage = _send(running, load, pages, children, processes)
        _await_last(pages, _ends(settings))
        memory.append(resident_kb(dashboard))
        if number_from(settings, _QUARANTINED):
            raise IocError("events went into quarantine instead of into the figures")
        clock = pages.clock_difference()
        events = _events(settings, load, sent, positions_before)
    # The dashboard has stopped and with it every stream.
    return Course(
        events=events,
        seconds=load.seconds,
        pages=pages.painted,
        heard=Heard((), (), ()) if heard is None else heard.result(timeout=60),
        busy=usage,
        memory_kb=memory,
        displays=load.displays,
        clock_difference=clock,
    )


def _open(stack: ExitStack, running: Product, load: Load) -> tuple[Pages, psutil.Process]:
    """The pages, and the process that all of the browser's descend from."""
    before = set(psutil.Process().children())
    pages = stack.enter_context(open_pages(running.dashboard + load.address, load.pages))
    [browser] = set(psutil.Process().children()) - before
    return pages, browser


def _send(
    running: Product,
    load: Load,
    pages: Pages,
    children: ProcessPoolExecutor,
    processes: Mapping[str, psutil.Process],
) -> tuple[list[tuple[str, Sent]], Mapping[str, float]]:
    """Send by the clock and read out the pages meanwhile; answers event ids and per cent of one core by process."""
    envelopes = filings(load.rate * (load.warm_up + load.seconds), datetime.now(UTC))
    groups = [envelopes[at : at + _EVENTS_A_REQUEST] for at in range(0, len(envelopes), _EVENTS_A_REQUEST)]
    bodies = [msgspec.json.encode(group) for group in groups]
    first_at = time.time() + 2.0  # the child has to start
    errand = Errand(f"{running.door}/v1/events", running.token, bodies, first_at, _EVENTS_A_REQUEST / load.rate)
    sending = children.submit(send, errand)
    readings = []
    for until in (first_at + load.warm_up, first_at + load.warm_up + load.seconds):
        _read_out_until(until, pages, sending)
        readings.append(read_usage(processes))
    sent = sending.result(timeout=60)
    named = [(each.id, when) for group, when in zip(groups, sent, strict=True) for each in group]
    begin, end = readings
    return named, end.percent_since(begin)


def _read_out_until(until: float, pages: Pages, sending: Future[list[Sent]]) -> None:
    while (left := until - time.time()) > 0:
        if sending.done():
            sending.result()  # raises what went wrong with it
        pages.pause(min(left, _READ_OUT_EVERY))
        pages.read_out()


def _await_last(pages: Pages, ends: Mapping[int, int]) -> None:
    deadline = time.monotonic() + _LAST_EVENT_WITHIN
    while not all(covers(cut, ends) for cut in pages.cuts()):
        if time.monotonic() > deadline:
            raise IocError(f"an event was not painted within {_LAST_EVENT_WITHIN:g} s after the last was sent")
        pages.pause(0.2)
        pages.read_out()
    pages.pause(2.0)  # the streams have it by then; an event that one of them never got is an error


def _ends(settings: Settings) -> Mapping[int, int]:
    log = open_log(settings)
    try:
        return log.end_positions()
    finally:
        log.close()


def _events(settings: Settings, load: Load, sent: list[tuple[str, Sent]], positions: Mapping[int, int]) -> list[Event]:
    """The events that count, with their places in the log, which the door does not tell."""
    log = open_log(settings)
    try:
        records = {decode_envelope(each.body).id: each for each in _records_since(log, positions)}
    finally:
        log.close()
    first = len(sent) - load.rate * load.seconds
    return [Event.of(records[name], when) for name, when in sent[first:]]


def _records_since(log: EventLog, positions: Mapping[int, int]) -> Iterator[Record]:
    for part, begin in positions.items():
        position = begin
        while found := log.read(part, position, _READ):
            yield from found
            position = found[-1].position + 1
