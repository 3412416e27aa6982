"""`ioc bench draw`: a day of samples of 200 endpoints, from asking for it to its being painted, in a real browser.

The store holds the whole day as the worker keeps it: one sample every 5 seconds, 3.4 million, and their sums by minute.
Server, database and browser run on this machine, and nothing else of the product does.
"""

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from psycopg import Connection

from ioc.bench.board import timed
from ioc.bench.latency import summary
from ioc.bench.machine import machine
from ioc.bench.pages import browser_page
from ioc.bench.queries import query
from ioc.bench.servers import centre, environment_of, program, running
from ioc.errors import IocError
from ioc.services.ports import Ports
from ioc.services.probes import answers
from ioc.wiring import connect
from stream.core.moment import datetime_of, day_number, start_of
from stream.first_rules import first_rules
from stream.quality.estimates import read_estimates
from stream.quality.latest import read_latest
from stream.quality.read import read_line

if TYPE_CHECKING:
    from playwright.sync_api import Page

LIMIT_MS: Final = 300
_FIRST_PORT: Final = 18_480
_PAINTED_WITHIN: Final = 30.0  # seconds
_LOOK_EVERY: Final = 800.0
"""Milliseconds: the page writes down itself when it had painted, and who asks it meanwhile takes its time."""
_MARKS: Final = """() => {
  const at = (name) => performance.getEntriesByName(name)[0]?.startTime ?? null;
  const day = performance.getEntriesByType("resource").find(({ name }) => name.includes("/data/quality/day"));
  const read = day?.serverTiming.find(({ name }) => name === "read");
  return { asked: at("picture-asked"), received: at("picture-received"), painted: at("picture-painted"),
    read: read?.duration ?? null, bytes: day?.decodedBodySize ?? null };
}"""


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """One drawing, in ms since the page was asked for; `read` is how long the server took, of that."""

    asked: float
    received: float
    painted: float
    read: float
    bytes: int


def bench_draw(folder: Path, runs: int) -> dict[str, Any]:
    """Measure it with servers in `folder`; a JSON document, times in milliseconds."""
    before = machine()
    day = (datetime.now(UTC) + timedelta(hours=7)).date() - timedelta(days=1)
    with centre(folder) as settings:
        with connect(settings) as connection:
            rows, seconds = fill(connection, day)
            reads = _reads(connection, day, runs)
        with Ports() as ports:
            port = ports.take_from(_FIRST_PORT)
            serve = ["env", *(f"{name}={value}" for name, value in environment_of(settings).items()),
                *program("dashboard", "serve", "--port", str(port))]  # fmt: skip
            with running(serve, lambda: answers(port, "/health"), settings.home / "dashboard.log"):
                drawn = _draw(f"http://127.0.0.1:{port}/data/quality?day={day}", runs)
    return {"bench": "draw", "runs": runs, "rows": rows, "fill_seconds": seconds, **_report(drawn), "store_ms": reads,
        "machine": before}  # fmt: skip


def fill(connection: Connection[Any], day: date, endpoints: int = 200) -> tuple[dict[str, int], float]:
    """Make up the day; answers the rows of each table, and the seconds it took."""
    started = time.perf_counter()
    bounds = {**_bounds(day), "endpoints": endpoints}
    for statement in query("draw_fill").split(b";\n"):
        connection.execute(statement, bounds)
    connection.execute("vacuum analyze quality_endpoint, quality_sample, quality_minute")
    rows = {}
    for table in ("quality_endpoint", "quality_sample", "quality_minute"):
        found = connection.execute(f"select count(*) from {table}".encode()).fetchone()  # noqa: S608 - ours, see above
        rows[table] = 0 if found is None else int(found[0])
    return rows, round(time.perf_counter() - started, 1)


def _reads(connection: Connection[Any], day: date, runs: int) -> dict[str, Any]:
    """What the store takes for each question of the page, and for the picture out of the samples themselves."""
    now, rules = datetime.now(UTC), first_rules()
    code = read_estimates(connection, day).endpoints[0].code
    raw = lambda: connection.execute(query("draw_raw"), _bounds(day)).fetchall()  # noqa: E731 - one question of four
    return {
        "picture": timed(lambda: read_estimates(connection, day), runs),
        "line": timed(lambda: read_line(connection, day, code), runs),
        "latest": timed(lambda: read_latest(connection, now, rules), runs),
        "picture_from_samples": timed(raw, 1),
    }


def _draw(address: str, runs: int) -> list[Drawn]:
    with browser_page() as page:
        return [_drawn(page, address) for _ in range(runs + 1)][1:]  # the first fills the browser's cache


def _drawn(page: "Page", address: str) -> Drawn:
    page.goto(address)
    page.wait_for_timeout(_LOOK_EVERY)
    deadline = time.monotonic() + _PAINTED_WITHIN
    while (marks := page.evaluate(_MARKS))["painted"] is None:
        if time.monotonic() > deadline:
            raise IocError(f"the page drew nothing within {_PAINTED_WITHIN:g} s")
        page.wait_for_timeout(_LOOK_EVERY)
    return msgspec.convert(marks, Drawn, strict=False)


def _report(drawn: Sequence[Drawn]) -> Mapping[str, Any]:
    total = [each.painted - each.asked for each in drawn]
    return {
        "limit_ms": LIMIT_MS,
        "holds": max(total) < LIMIT_MS,
        "bytes": drawn[0].bytes,
        "total_ms": summary(total),
        "server_read_ms": summary(each.read for each in drawn),
        "transfer_ms": summary(each.received - each.asked - each.read for each in drawn),
        "decode_and_paint_ms": summary(each.painted - each.received for each in drawn),
        "page_opened_to_painted_ms": summary(each.painted for each in drawn),
    }


def _bounds(day: date) -> dict[str, datetime]:
    number = day_number(day)
    return {"since": datetime_of(start_of(number)), "until": datetime_of(start_of(number + 1))}
