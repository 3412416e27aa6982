"""A day of lines as the page draws it: the names of the endpoints, then one byte for each minute of each.

4 bytes    length of the names, little endian
names      JSON: {"day": "2026-03-02", "now": "…Z", "endpoints": [{"code": "…", "unit": "03980"}, …]}
cells      1,440 bytes an endpoint: 0 nothing measured, 1 measured but not enough for an estimate,
           from 2 on the mean estimated MOS of the minute, in steps of 0.02 from 1.00
"""

from datetime import datetime
from typing import Final

import msgspec
import numpy as np

from stream.quality.estimates import UNESTIMATED as NO_ESTIMATE
from stream.quality.estimates import EstimatesOfDay
from stream.quality.read import NONE

UNMEASURED: Final = 0
UNESTIMATED: Final = 1
FIRST: Final = 2
STEP: Final = 2
"""Hundredths of a point: finer than any eye, and 1 to 4.5 fit into a byte."""
LEAST: Final = 100


def picture_of(day: EstimatesOfDay, now: datetime) -> bytes:
    """The bytes as above."""
    endpoints = [{"code": each.code, "unit": each.unit} for each in day.endpoints]
    names = msgspec.json.encode({"day": day.day, "now": now, "endpoints": endpoints})
    estimated = FIRST + (day.mos - LEAST) // STEP
    measured = np.where(day.mos == NO_ESTIMATE, UNESTIMATED, estimated)
    cells = np.where(day.mos == NONE, UNMEASURED, measured).astype(np.uint8)
    return len(names).to_bytes(4, "little") + names + cells.tobytes()
