"""Reading sums of the samples of conference lines, by unit."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from psycopg import Connection

from stream.core.moment import Day, Moment, date_of, datetime_of, day_number, day_of, start_of
from stream.kpi.quality import GAUGES, GaugeName
from stream.quality.parameters import load_parameters
from stream.store.columns import columns
from stream.store.queries import query

_HOUR: Final = 3_600


class Stretch(NamedTuple):
    """From a local day up to a moment, to the minute: of the minute in which it ends all samples count."""

    since: Day
    until: Moment


GaugeSums = Mapping[Stretch, Mapping[GaugeName, Mapping[int, int]]]
"""The sums of each stretch by unit."""


def read_gauges(connection: Connection[Any], stretches: Sequence[Stretch]) -> GaugeSums:
    """The sums of samples over these stretches; one statement however many, none without any."""
    found: dict[Stretch, dict[GaugeName, dict[int, int]]] = {each: {name: {} for name in GAUGES} for each in stretches}
    if not found:
        return found
    asked = list(found)
    names = ("keys", "since", "days", "day_starts", "hours", "untils")
    rows = [(number, *_bounds(each)) for number, each in enumerate(asked)]
    given = columns("", names, rows) | load_parameters().levels.stored
    for number, unit, *sums in connection.execute(query("read_quality"), given).fetchall():
        for name, n in zip(GAUGES, sums, strict=True):
            found[asked[number]][name][unit] = n
    return found


def measured_since(connection: Connection[Any]) -> Mapping[int, Day]:
    """The first local day on which a line of each unit was measured."""
    return {unit: day_number(day) for unit, day in connection.execute(query("read_quality_units"))}


def _bounds(stretch: Stretch) -> tuple[object, ...]:
    day = day_of(stretch.until)
    hour = stretch.until - stretch.until % _HOUR
    return (
        date_of(stretch.since), date_of(day), datetime_of(start_of(day)), datetime_of(hour), datetime_of(stretch.until),
    )  # fmt: skip
