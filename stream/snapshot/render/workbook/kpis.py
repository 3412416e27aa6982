"""The KPIs of a section: a row for each, a column for the area and for each unit; fractions as live formulas."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Final, NamedTuple

from stream.kpi.definition import Unit
from stream.report.book import Sheet, cell, for_print
from stream.snapshot.content.document import FigureFacts, KpiFacts, Number
from stream.snapshot.render.marks import area_name
from stream.snapshot.render.wording import MEASURES, NO_DATA, WITNESSED
from stream.snapshot.render.workbook.writing import CELL, GREY, HEAD, MIDDLE, NOTE, NUMBER, Writing

_FIXED: Final = 3
"""The columns before those of the places: number, KPI, unit of measure."""
_LEAST: Final = 4
_A_PAGE: Final = 10
"""Places on one page of A4."""
_SMALL: Final = NUMBER.but(size=9, colour=GREY)
_SMALL_TEXT: Final = CELL.but(size=9, colour=GREY, indent=2)
_OTHERS: Final = "Chỉ tiêu khác"


class Place(NamedTuple):
    """The area (null) or a unit, and what stands over its column."""

    unit: str | None
    title: str


def write_kpis(writing: Writing) -> None:
    """A sheet for each section, and one for what stands in none."""
    shown: set[str] = set()
    for section in writing.snapshot.sections:
        if of := [writing.kpis[name] for name in section.kpis if name in writing.kpis]:
            _write(writing, section.title.vi, of)
        shown.update(section.kpis)
    if others := [kpi for kpi in writing.snapshot.kpis if kpi.id not in shown]:
        _write(writing, _OTHERS, others)


def number_format(measure: Unit, digits: int) -> str:
    """How Excel shows a figure; the marks of thousands and decimals are those of whoever looks."""
    decimals = f".{'0' * digits}" if digits else ""
    return f"0{decimals}%" if measure == "percent" else f"#,##0{decimals}"


def _write(writing: Writing, title: str, kpis: Sequence[KpiFacts]) -> None:
    places = list(_places(writing, kpis))
    heading = title if title.startswith("Chỉ tiêu") else f"Chỉ tiêu: {title}"
    sheet = writing.sheet(title, heading)
    sheet.widths((6.0, 50.0, 10.0, *(13.0 for _ in range(max(len(places), _LEAST)))))
    head = writing.top(sheet, heading, _FIXED + min(max(len(places), _LEAST), _A_PAGE) - 1)
    sheet.texts(head, 0, ("STT", "Chỉ tiêu", "Đơn vị tính", *(place.title for place in places)), HEAD)
    sheet.inner.freeze_panes(head + 1, _FIXED)
    row = head + 1
    for n, kpi in enumerate(kpis, 1):
        row = _kpi(writing, sheet, row, (n, kpi, places))
    if any(kpi.id in writing.witnessed for kpi in kpis):
        sheet.text(row, 1, f"(*) {WITNESSED}", NOTE.but(wrap=False))
    for_print(sheet, (head, head), wide=max(1, ceil(len(places) / _A_PAGE)))
    sheet.inner.repeat_columns(0, _FIXED - 1)


def _places(writing: Writing, kpis: Sequence[KpiFacts]) -> Iterator[Place]:
    """The area and the units of which there is any figure of these KPIs."""
    shown = {kpi.id for kpi in kpis}
    known = {unit for name, unit in writing.figures if name in shown}
    if None in known:
        yield Place(None, area_name(writing.snapshot))
    for unit in writing.snapshot.units:
        if unit.code in known:
            yield Place(unit.code, f"{unit.name}\n({unit.code})")


def _kpi(writing: Writing, sheet: Sheet, row: int, line: tuple[int, KpiFacts, Sequence[Place]]) -> int:
    """A KPI: its values, and beneath them numerators and denominators where it is a fraction; the row after it."""
    n, kpi, places = line
    figures = [writing.figures.get((kpi.id, place.unit)) for place in places]
    is_fraction = any(each and (each.numerator, each.denominator) != (None, None) for each in figures)
    sheet.text(row, 0, str(n), MIDDLE)
    title = f"{kpi.title.vi} (*)" if kpi.id in writing.witnessed else kpi.title.vi
    if any(each and each.value is None for each in figures):
        sheet.noted(row, 1, title, f"{NO_DATA} : {kpi.no_denominator.vi}", (CELL, NOTE.but(size=9)))
    else:
        sheet.text(row, 1, title, CELL)
    sheet.text(row, 2, MEASURES[kpi.unit], MIDDLE)
    style = NUMBER.but(number=number_format(kpi.unit, kpi.digits))
    for column, figure in enumerate(figures, _FIXED):
        if figure is None:
            sheet.blank(row, column, CELL)
        elif is_fraction and figure.value is not None and is_quotient(figure):
            formula = f"={cell(row + 1, column)}/{cell(row + 2, column)}"
            sheet.formula(row, column, formula, figure.value, style)
        else:
            sheet.number(row, column, figure.value, style)
    if not is_fraction:
        return row + 1
    _parts(sheet, row + 1, "Tử số", [None if each is None else each.numerator for each in figures])
    _parts(sheet, row + 2, "Mẫu số", [None if each is None else each.denominator for each in figures])
    return row + 3


def is_quotient(figure: FigureFacts) -> bool:
    """Whether the value is exactly what a spreadsheet makes of numerator and denominator."""
    numerator, denominator = figure.numerator, figure.denominator
    if numerator is None or denominator is None or denominator == 0:
        return False
    return figure.value == numerator / denominator


def _parts(sheet: Sheet, row: int, name: str, values: Sequence[Number | None]) -> None:
    sheet.blank(row, 0, CELL)
    sheet.text(row, 1, name, _SMALL_TEXT)
    sheet.blank(row, 2, CELL)
    for column, value in enumerate(values, _FIXED):
        is_whole = value is None or value == int(value)
        sheet.number(row, column, value, _SMALL if is_whole else _SMALL.but(number="#,##0.00"))
