"""A day of lines as a picture shows it: the estimated quality of each minute, and nothing else."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection

from stream.core.moment import datetime_of, day_number, start_of
from stream.quality.queries import query
from stream.quality.read import MINUTES, NONE, MeasuredEndpoint

UNESTIMATED: Final = 0x1FF
"""Stands where samples were told, but none from which quality can be estimated."""


@dataclass(frozen=True, slots=True)
class EstimatesOfDay:
    """All lines on a local day, by unit and code: a row for each endpoint, a column for each minute of the day.

    `mos` is the mean estimated MOS in 1/100; `UNESTIMATED` where it can't be estimated, `NONE` where nothing was
    measured.
    """

    day: date
    endpoints: tuple[MeasuredEndpoint, ...]
    mos: NDArray[np.int16]


def read_estimates(connection: Connection, day: date) -> EstimatesOfDay:
    """The lines that were measured on a local day."""
    first = start_of(day_number(day))
    bounds = {"since": datetime_of(first), "until": datetime_of(first + 60 * MINUTES)}
    # Never prepared: from its tenth time on PostgreSQL would plan it for any length of time, and take twice as long.
    found = connection.cursor(binary=True).execute(query("estimates"), bounds, prepare=False).fetchall()
    mos = np.full((len(found), MINUTES), NONE, np.int16)
    for row, (_, _, _, cells) in enumerate(found):
        packed = np.frombuffer(cells, ">i8")
        mos[row, (packed >> 9) - first // 60] = packed & UNESTIMATED
    named = tuple(MeasuredEndpoint(number, code, f"{unit:05d}") for number, code, unit, _ in found)
    return EstimatesOfDay(day, named, mos)
