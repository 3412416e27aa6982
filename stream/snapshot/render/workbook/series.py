"""KPIs of the area through the period: the numbers by day or by month, and a plot of each."""

from collections.abc import Iterator, Sequence
from datetime import date
from math import ceil
from typing import Any, Final, NamedTuple

from stream.report.book import FACE, Sheet, for_print
from stream.snapshot.content.document import SeriesFacts
from stream.snapshot.render.workbook.kpis import number_format
from stream.snapshot.render.workbook.writing import CELL, HEAD, MIDDLE, NOTE, NUMBER, Writing

_ACROSS: Final = 2
"""Plots side by side."""
_WIDE, _HIGH, _ROWS = 560, 265, 14
"""Pixels of a plot, and the rows of a sheet that it takes."""
_DOWN, _SCALE = 3, 62
"""Plots one beneath the other on a page, and the percentage at which they fit."""
_LEAST: Final = 10
"""Columns over which the marks of a snapshot stand."""
_A_PAGE: Final = 14
"""Columns of numbers on a page."""
_EMPTY: Final = "Ô trống: không có số liệu (không phải số 0)."
_LINE: Final = "#1F5FA8"


class Grain(NamedTuple):
    """How often a series has a value: the name of its sheet, the heading and the format of its days."""

    title: str
    head: str
    shown: str


_GRAINS: Final = {
    "day": Grain("Diễn biến theo ngày", "Ngày", "dd/mm/yyyy"),
    "month": Grain("Diễn biến theo tháng", "Tháng", "mm/yyyy"),
}


def write_series(writing: Writing) -> None:
    """A sheet of numbers for each grain, then one of plots."""
    plots: list[Any] = []
    for name, grain in _GRAINS.items():
        if of := [each for each in writing.snapshot.series if each.grain == name]:
            plots += _numbers(writing, grain, of)
    if plots:
        _show(writing, plots)


def _numbers(writing: Writing, grain: Grain, of: Sequence[SeriesFacts]) -> Iterator[Any]:
    """A row for each day on which a stretch of any begins, a column for each KPI; their plots."""
    sheet = writing.sheet(grain.title, f"{grain.title}, của toàn khu vực")
    sheet.widths((12.0, *(11.5 for _ in range(max(len(of), _LEAST)))))
    head = writing.top(sheet, f"{grain.title} (toàn khu vực)", _LEAST)
    sheet.texts(head, 0, (grain.head, *(_title(writing, each) for each in of)), HEAD)
    sheet.inner.freeze_panes(head + 1, 1)
    at = {day: row for row, day in enumerate(sorted({day for each in of for day in each.days}), head + 1)}
    for day, row in at.items():
        sheet.day(row, 0, date.fromisoformat(day), MIDDLE.but(number=grain.shown, wrap=False))
    for column, each in enumerate(of, 1):
        style = NUMBER.but(number=_format(writing, each))
        for day, value in zip(each.days, each.values, strict=True):
            if value is None:
                sheet.blank(at[day], column, CELL)  # a plot takes a dash for zero
            else:
                sheet.number(at[day], column, value, style)
        if each.days:
            yield _plot(writing, sheet, (at[min(each.days)], at[max(each.days)], column), each)
    sheet.text(head + len(at) + 1, 0, _EMPTY, NOTE.but(wrap=False))
    for_print(sheet, (head, head), wide=ceil(len(of) / _A_PAGE))
    sheet.inner.repeat_columns(0, 0)


def _plot(writing: Writing, sheet: Sheet, where: tuple[int, int, int], series: SeriesFacts) -> Any:
    """A line through the values; where there is no value there is no line."""
    first, last, column = where
    chart = writing.book.inner.add_chart({"type": "line"})
    chart.add_series(
        {
            "name": _title(writing, series),
            "categories": [sheet.name, first, 0, last, 0],
            "values": [sheet.name, first, column, last, column],
            "line": {"color": _LINE, "width": 1.75},
            "marker": {"type": "circle", "size": 3, "fill": {"color": _LINE}, "border": {"color": _LINE}},
        }
    )
    font = {"name": FACE, "size": 9}
    chart.set_title({"name": _title(writing, series), "name_font": font | {"size": 11}, "overlay": False})
    shown = "dd/mm" if series.grain == "day" else "mm/yyyy"
    chart.set_x_axis({"num_format": shown, "num_font": font, "text_axis": True, "interval_unit": _every(series)})
    grid = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}}
    chart.set_y_axis({"num_format": _format(writing, series), "num_font": font, "major_gridlines": grid})
    chart.set_legend({"none": True})
    chart.show_blanks_as("gap")
    chart.set_size({"width": _WIDE, "height": _HIGH})
    return chart


def _show(writing: Writing, plots: Sequence[Any]) -> None:
    sheet = writing.sheet("Biểu đồ", "Biểu đồ diễn biến các chỉ tiêu")
    sheet.widths([10.0] * 16)
    head = writing.top(sheet, "Biểu đồ diễn biến (toàn khu vực)", 15)
    for n, plot in enumerate(plots):
        sheet.inner.insert_chart(head + _ROWS * (n // _ACROSS), 8 * (n % _ACROSS), plot)
    for_print(sheet, (0, 1))
    sheet.inner.set_print_scale(_SCALE)
    a_page = _ACROSS * _DOWN
    sheet.inner.set_h_pagebreaks([head + _ROWS * _DOWN * n for n in range(1, 1 + (len(plots) - 1) // a_page)])


def _every(series: SeriesFacts) -> int:
    """How many days lie between two labels of an axis."""
    return 1 + len(series.days) // 12


def _title(writing: Writing, series: SeriesFacts) -> str:
    kpi = writing.kpis.get(series.kpi)
    return series.kpi if kpi is None else kpi.short.vi


def _format(writing: Writing, series: SeriesFacts) -> str:
    kpi = writing.kpis.get(series.kpi)
    return "General" if kpi is None else number_format(kpi.unit, kpi.digits)
