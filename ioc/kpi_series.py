"""A KPI through time, as `ioc kpi series` prints it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Connection
from rich.table import Table

from ioc.kpi_asked import Asked
from ioc.kpi_passport import carried_json, check_unit, shown, utc, value_json
from stream.core.moment import date_of
from stream.kpi.evaluate import figure_of
from stream.kpi.figure import Figure
from stream.kpi.grain import Grain
from stream.kpi.window import Windows
from stream.store.breakdown import check_field
from stream.store.reading import snapshot
from stream.store.views import View, read_views


@dataclass(frozen=True, slots=True)
class Point:
    """One stretch of a series: its figure, and those of the units where they were asked for."""

    view: View
    figure: Figure
    units: Sequence[Figure]

    @property
    def first(self) -> str:
        """Its first local day."""
        windows = self.view.readings.windows
        return str(date_of(windows.start("day")))

    @property
    def last(self) -> str:
        """Its last local day."""
        return str(date_of(self.view.readings.windows.day))


@dataclass(frozen=True, slots=True)
class Series:
    """The points of a series, oldest first."""

    asked: Asked
    grain: Grain
    points: Sequence[Point]


def read_series(
    connection: Connection[Any], asked: Asked, windows: Sequence[Windows], grain: Grain, *, by_unit: bool
) -> Series:
    """Read a series. Raises as `read_passport` does."""
    kpi = asked.narrowed
    with snapshot(connection):
        check_field(connection, asked.filters.get("field"))
        views = read_views(connection, [kpi], windows, asked.known_at, asked.units_of)
    for view in views[:1]:
        check_unit(asked.unit, view)
    points = []
    for view in views:
        units = view.units([kpi]) if by_unit else ()
        figures = [figure_of(kpi, view.readings, unit) for unit in units]
        points.append(Point(view, figure_of(kpi, view.readings, asked.unit), figures))
    return Series(asked, grain, points)


def series_json(series: Series) -> dict[str, object]:
    """The document of `ioc kpi series --format json`."""
    asked = series.asked
    return {
        "id": asked.kpi.id,
        "unit": asked.unit,
        "filters": asked.filters,
        "grain": series.grain,
        "units_of": "then" if asked.units_of is None else asked.units_of.code,
        "as_of": utc(asked.as_of),
        "known_at": utc(asked.known_at),
        "points": [_point(series, point) for point in series.points],
    }


def _point(series: Series, point: Point) -> dict[str, object]:
    carried = carried_json(series.asked.narrowed, point.view, [point.figure, *point.units])
    del carried["units_of"]
    return {
        "from": point.first,
        "to": point.last,
        **value_json(point.figure),
        "units": {each.unit: each.value for each in point.units},
        **carried,
    }


def series_table(series: Series) -> Table:
    """The series at a glance: a row for each point, a column for each unit."""
    kpi = series.asked.kpi
    codes = sorted({each.unit for point in series.points for each in point.units if each.unit is not None})
    table = Table(title=kpi.definition.title.en)
    for name in ("from", "to", series.asked.unit or "the area", *codes):
        table.add_column(name, no_wrap=True)
    for point in series.points:
        by_unit = {each.unit: each for each in point.units}
        cells = [_cell(series, point, by_unit.get(code)) for code in codes]
        table.add_row(point.first, point.last, _cell(series, point, point.figure), *cells)
    return table


def _cell(series: Series, point: Point, figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return "-"
    mark = "≈ " if point.view.is_estimate(series.asked.narrowed, figure.unit) else ""
    return mark + shown(series.asked.kpi, figure.value)
