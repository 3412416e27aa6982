"""How good each line was on a local day, hour by hour, up to a moment. Quality is estimated (ITU-T G.107, reduced)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from psycopg import Connection

from stream.core.moment import datetime_of, day_of, moment_of, start_of
from stream.meetings.queries import query
from stream.quality.parameters import load_parameters


class HourOfLine(NamedTuple):
    """An hour of the day, 0 to 23, with its mean estimated MOS in 1/100 (None: none could be made).

    `minutes` are those with samples; `warn` and `bad` those of them over an alarm level, bad ones in `bad` only.
    """

    hour: int
    mos: int | None
    minutes: int
    warn: int
    bad: int


@dataclass(frozen=True, slots=True)
class LineOfToday:
    """A line; `unit` is a five-digit code, None where it is registered for none.

    Of the whole day are `mos` (in 1/100), the minutes over an alarm level, and the worst loss in 1/100 %, jitter and
    round trip in 1/10 ms.
    """

    code: str
    unit: str | None
    mos: int | None
    warn: int
    bad: int
    loss: int | None
    jitter: int | None
    rtt: int | None
    hours: tuple[HourOfLine, ...]


def read_lines(connection: Connection, at: datetime) -> tuple[LineOfToday, ...]:
    """The lines that were measured on the local day of `at` before it, by unit and code, as known now.

    Samples are kept without when they became known, so that it can't be told as known at a moment.
    """
    moment = moment_of(at)
    given = {
        "since": datetime_of(start_of(day_of(moment))),
        "hour": datetime_of(moment - moment % 3_600),  # local hours begin with those of UTC
        "at": at,
    }
    rows = connection.execute(query("lines"), given | load_parameters().levels.stored).fetchall()
    told = (_Told(*row) for row in rows)
    return tuple(_line(code, list(of_line)) for code, of_line in groupby(told, lambda each: each.code))


class _Told(NamedTuple):
    """A row of the statement: one line in one hour."""

    code: str
    unit: int
    hour: datetime
    mos_sum: int
    mos_samples: int
    minutes: int
    warn: int
    bad: int
    loss: int | None
    jitter: int | None
    rtt: int | None


def _line(code: str, told: Sequence[_Told]) -> LineOfToday:
    unit = told[0].unit
    return LineOfToday(
        code=code,
        unit=f"{unit:05d}" if unit else None,
        mos=_mean(sum(each.mos_sum for each in told), sum(each.mos_samples for each in told)),
        warn=sum(each.warn for each in told),
        bad=sum(each.bad for each in told),
        loss=_worst(each.loss for each in told),
        jitter=_worst(each.jitter for each in told),
        rtt=_worst(each.rtt for each in told),
        hours=tuple(_hour(each) for each in told),
    )


def _hour(told: _Told) -> HourOfLine:
    moment = moment_of(told.hour)
    of_day = (moment - start_of(day_of(moment))) // 3_600
    return HourOfLine(of_day, _mean(told.mos_sum, told.mos_samples), told.minutes, told.warn, told.bad)


def _worst(measured: Iterable[int | None]) -> int | None:
    return max((each for each in measured if each is not None), default=None)


def _mean(total: int, number: int) -> int | None:
    return total // number if number else None
