"""A day of lines in bytes: nothing measured, nothing estimated, and every score apart."""

from datetime import UTC, date, datetime

import msgspec
import numpy as np

from dashboard.data.picture import FIRST, LEAST, STEP, UNESTIMATED, UNMEASURED, picture_of
from stream.quality.estimates import UNESTIMATED as NO_ESTIMATE
from stream.quality.estimates import EstimatesOfDay
from stream.quality.read import MINUTES, NONE, MeasuredEndpoint

DAY, NOW = date(2026, 3, 3), datetime(2026, 3, 3, 3, tzinfo=UTC)


def a_day(endpoints: int) -> EstimatesOfDay:
    named = tuple(MeasuredEndpoint(number, f"phong-{number}", "03980") for number in range(endpoints))
    return EstimatesOfDay(DAY, named, np.full((endpoints, MINUTES), NONE, np.int16))


def cells_of(body: bytes) -> tuple[dict[str, object], np.ndarray]:
    length = int.from_bytes(body[:4], "little")
    return msgspec.json.decode(body[4 : 4 + length]), np.frombuffer(body[4 + length :], np.uint8).reshape(-1, MINUTES)


def test_each_minute_of_each_endpoint_is_a_byte() -> None:
    day = a_day(2)
    day.mos[0, 5:9] = [NO_ESTIMATE, 100, 431, 450]
    names, cells = cells_of(picture_of(day, NOW))
    assert names == {
        "day": "2026-03-03", "now": "2026-03-03T03:00:00Z",
        "endpoints": [{"code": "phong-0", "unit": "03980"}, {"code": "phong-1", "unit": "03980"}],
    }  # fmt: skip
    assert cells[0, 4:9].tolist() == [UNMEASURED, UNESTIMATED, FIRST, FIRST + 165, FIRST + 175]
    assert LEAST + STEP * (int(cells[0, 7]) - FIRST) == 430, "to the step"
    assert not cells[1].any()


def test_a_day_without_endpoints_is_a_picture_too() -> None:
    names, cells = cells_of(picture_of(a_day(0), NOW))
    assert names["endpoints"] == []
    assert cells.size == 0
