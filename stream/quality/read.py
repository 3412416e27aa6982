"""A day of lines, minute by minute: of all endpoints for a picture, of one with everything that was measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection

from stream.core.moment import datetime_of, day_number, start_of
from stream.quality.parameters import load_parameters
from stream.quality.queries import query

MINUTES: Final = 1_440
NONE: Final = -1
"""Stands where nothing was measured, or nothing could be estimated."""
GOOD, WARN, BAD = 0, 1, 2

Whole: TypeAlias = NDArray[np.int16]
Measured: TypeAlias = NDArray[np.int32]

_MOS: Final = 0x1FF


@dataclass(frozen=True, slots=True)
class MeasuredEndpoint:
    """An endpoint that was measured on a day; `unit` is a five-digit code."""

    id: int
    code: str
    unit: str


@dataclass(frozen=True, slots=True)
class DayOfQuality:
    """All lines on a local day. The planes have a row for each endpoint, and a column for each minute of the day.

    `mos` is the mean estimated MOS in 1/100; `level` is GOOD, WARN or BAD, by the worst sample. `NONE` stands where
    there is none.
    """

    day: date
    endpoints: tuple[MeasuredEndpoint, ...]
    mos: Whole
    level: Whole


@dataclass(frozen=True, slots=True)
class LineOfDay:
    """One line on a local day, minute by minute: `NONE` where nothing was measured.

    Loss is in 1/100 %, jitter and rtt are in 1/10 ms, MOS is estimated and in 1/100.
    """

    day: date
    code: str
    samples: Measured
    mos: Measured
    mos_least: Measured
    loss: Measured
    loss_most: Measured
    jitter_most: Measured
    rtt_most: Measured


def read_day(connection: Connection, day: date, endpoints: Sequence[str] | None = None) -> DayOfQuality:
    """The lines of a local day, by unit and code; of these endpoints, or of all that were measured."""
    codes = None if endpoints is None else list(endpoints)
    given = _bounds(day) | load_parameters().levels.stored | {"codes": codes}
    found = connection.cursor(binary=True).execute(query("day"), given).fetchall()
    mos = np.full((len(found), MINUTES), NONE, np.int16)
    level = np.full((len(found), MINUTES), NONE, np.int16)
    first = start_of(day_number(day)) // 60
    for row, (_, _, _, cells) in enumerate(found):
        packed = np.frombuffer(cells, ">i8")
        minutes, means = (packed >> 16) - first, packed & _MOS
        mos[row, minutes] = np.where(means == _MOS, NONE, means)
        level[row, minutes] = packed >> 9 & 3
    named = tuple(MeasuredEndpoint(number, code, f"{unit:05d}") for number, code, unit, _ in found)
    return DayOfQuality(day, named, mos, level)


def read_line(connection: Connection, day: date, code: str) -> LineOfDay:
    """One line on a local day; all `NONE` where it was not measured."""
    rows = connection.execute(query("line"), _bounds(day) | {"code": code}).fetchall()
    planes = np.full((7, MINUTES), NONE, np.int32)
    if rows:
        table = np.array([[NONE if value is None else value for value in row] for row in rows], np.int32)
        planes[:, table[:, 0]] = table[:, 1:].T
    return LineOfDay(day, code, *planes)


def _bounds(day: date) -> dict[str, object]:
    number = day_number(day)
    return {"since": datetime_of(start_of(number)), "until": datetime_of(start_of(number + 1))}
