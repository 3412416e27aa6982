"""`ioc bench draw`: the day that it makes up is what the pages read."""

from datetime import date

import numpy as np
import psycopg

from ioc.bench.draw import fill
from stream.quality.estimates import UNESTIMATED, read_estimates
from stream.quality.read import NONE, read_day, read_line

DAY = date(2026, 3, 3)


def test_the_day_is_kept_as_the_worker_keeps_it(stream: psycopg.Connection) -> None:
    rows, _ = fill(stream, DAY, endpoints=12)
    day = read_day(stream, DAY)
    assert len(day.endpoints) == rows["quality_endpoint"] == 12
    assert rows["quality_sample"] == 12 * rows["quality_minute"] == 12 * int((day.level != NONE).sum())
    assert rows["quality_minute"] == 12 * 1_440 - 60, "every eleventh is away for an hour"
    estimated = day.mos[day.mos != NONE]
    assert 100 <= estimated.min() < 300 < estimated.max() <= 450
    picture = read_estimates(stream, DAY)
    assert picture.endpoints == day.endpoints
    assert np.array_equal(picture.mos == NONE, day.level == NONE)
    assert np.array_equal(picture.mos == UNESTIMATED, (day.level != NONE) & (day.mos == NONE))
    assert np.array_equal(picture.mos[day.mos != NONE], estimated)
    line = read_line(stream, DAY, day.endpoints[0].code)
    assert np.array_equal(line.mos, day.mos[0])
    assert set(line.samples.tolist()) == {12}
