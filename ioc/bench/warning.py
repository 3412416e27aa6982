"""`ioc bench warning`: learning from many ended applications, and reckoning the chances of many open ones."""

import resource
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from psycopg import Connection

from ioc.bench.district import UNITS
from ioc.bench.machine import machine
from ioc.bench.servers import centre
from ioc.wiring import connect
from stream.core.moment import Moment, datetime_of, moment_of
from stream.core.public_holidays import office_calendar
from stream.core.timeline import Record, pack
from stream.first_rules import first_rules
from stream.warning.assumptions import assumed
from stream.warning.refreshing import learn_anew, refresh

_COLUMNS: Final = "id, code, unit, field, channel, status, received_at, due_at, ended_at, is_open, last_at, timeline"
_PROCEDURES: Final = 300
_DAYS: Final = 180
_OPEN_DAYS: Final = 2
_CALENDAR: Final = office_calendar()


def bench_warning(folder: Path, ended: int, still_open: int) -> dict[str, Any]:
    """Measure it with servers in `folder`; a JSON document. Half a year of history, one in fifty late."""
    before, now = machine(), datetime.now(UTC)
    with centre(folder) as settings, connect(settings) as connection:
        _fill(connection, moment_of(now), ended, still_open)
        started = time.perf_counter()
        taught = learn_anew(connection, now, first_rules())
        learnt = time.perf_counter()
        reckoned = refresh(connection, taught, now, first_rules())
        done = time.perf_counter()
    return {
        "bench": "warning",
        "ended": taught.model.cases,
        "enough": taught.model.enough,
        "open": reckoned,
        "learn_seconds": round(learnt - started, 1),
        "reckon_seconds": round(done - learnt, 2),
        "calibration_error": taught.model.calibration_error,
        "memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "window_days": assumed().window_days,
        "machine": before,
    }


def _fill(connection: Connection[Any], now: Moment, ended: int, still_open: int) -> None:
    dice, day = Random(5), int(timedelta(days=1).total_seconds())  # noqa: S311 - repeatable, not secret
    with connection.transaction(), connection.cursor().copy(f"copy cases ({_COLUMNS}) from stdin") as copy:
        for number in range(ended):
            copy.write_row(_row(number, now - _DAYS * day + number * _DAYS * day // ended, now, dice))
        for number in range(ended, ended + still_open):
            copy.write_row(_row(number, now - dice.randrange(_OPEN_DAYS * day), now, dice, lasts=True))
    connection.execute("analyze cases")


def _row(number: int, received: Moment, now: Moment, dice: Random, *, lasts: bool = False) -> list[object]:
    records = [record for record in _life(number, received, dice, lasts=lasts) if record.at <= now]
    newest = records[-1]
    ended = None if newest.ended is None else datetime_of(newest.ended)
    return [
        number, f"bench-{number}", newest.unit, newest.field, newest.channel, newest.status, datetime_of(received),
        datetime_of(newest.due or now), ended, ended is None, datetime_of(newest.at), pack(records),
    ]  # fmt: skip


def _life(number: int, received: Moment, dice: Random, *, lasts: bool) -> Iterator[Record]:
    """Received, taken into work, and as a rule ended before its term of some working days is over."""
    calendar = _CALENDAR
    procedure = 1 + int(dice.random() ** 3 * _PROCEDURES)
    term = (3 + procedure % 8) * calendar.working_day
    took = int(term * (1.05 + dice.random() if dice.random() < 0.02 else 0.05 + 0.9 * dice.random()))
    unit, due = int(dice.choice(UNITS)), calendar.add(received, term)
    times = [(received, 2), (calendar.add(received, took // 4), 4), (calendar.add(received, took), 9)]
    for place, (at, status) in enumerate(times[:1] if lasts else times):
        yield Record(
            number * 4 + place, at, status, unit, 1 + procedure % 24, 1 + number % 2, whole=True, received=received,
            due=due, ended=at if status == 9 else None, pos=number * 4 + place, procedure=procedure,
        )  # fmt: skip
