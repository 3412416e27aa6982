"""Form II.06a as a workbook, laid out as the circular has it: landscape A4, totals as formulas."""

from collections.abc import Iterator
from io import BytesIO
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from stream.report.cached import with_values
from stream.report.columns import COLUMNS, TOTALS
from stream.report.ii06a import BASIS, LEVEL_NAMES, Cells
from stream.report.reading import Report
from stream.report.wording import (
    COLUMN_NAMES,
    FIELD,
    GROUPS,
    IDENTITIES,
    IN_PERIOD,
    IN_WHAT,
    NO,
    NUMBER,
    TITLE,
    TOTAL,
    days,
    notes,
    period_name,
    reporter,
)

_HEAD: Final = 6
"""The first row of the table's heading."""
_FIRST: Final = 10
"""The first row of numbers."""
_LAST: Final = COLUMNS[-1]
_FACE: Final = "Times New Roman"
_LINE: Final = Side(style="thin")
_BOX: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_MIDDLE: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT: Final = Alignment(horizontal="left", vertical="center", wrap_text=True)
_NUMBER: Final = Alignment(horizontal="right", vertical="center")
_WIDTHS: Final = {1: 6.0, 2: 34.0} | dict.fromkeys(COLUMNS, 10.5)


def report_workbook(report: Report) -> bytes:
    """The workbook. The same report gives the same bytes."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = "II.06a"
    form = _Sheet(sheet)
    form.head(report)
    form.table_head()
    form.table(report)
    form.foot(report)
    _for_print(sheet)
    written = BytesIO()
    book.save(written)
    return with_values(written.getvalue(), form.values, report.asked.as_of)


class _Sheet:
    """The sheet as it is filled, row by row; `values` are what its formulas come to."""

    def __init__(self, sheet: Worksheet) -> None:
        self.values: dict[str, int] = {}
        self._sheet = sheet
        self._row = _FIRST

    def head(self, report: Report) -> None:
        """Number of the form, title, period, and who reports."""
        self._text("A1:C1", NUMBER, bold=True, align=_LEFT)
        self._text("A2:C2", f"Ban hành theo {BASIS}", align=_LEFT)
        for row, text in enumerate((*TITLE, period_name(report), days(report)), 1):
            self._text(f"D{row}:J{row}", text, bold=row <= len(TITLE), align=_MIDDLE)
        self._text("K1:M1", "Đơn vị báo cáo:", align=_LEFT)
        self._text("K2:M2", reporter(report), bold=True, align=_LEFT)
        self._text("K3:M3", "Đơn vị nhận báo cáo:", align=_LEFT)
        self._text("K4:M4", "………………………………", align=_LEFT)
        self._text("K5:M5", IN_WHAT, align=Alignment(horizontal="right"))

    def table_head(self) -> None:
        """Three rows of headings with merged cells, then the numbers of the columns."""
        top, middle, bottom, numbers = range(_HEAD, _HEAD + 4)
        self._text(f"A{top}:A{bottom}", NO, bold=True, align=_MIDDLE, box=True)
        self._text(f"B{top}:B{bottom}", FIELD, bold=True, align=_MIDDLE, box=True)
        for (first, name), last in zip(GROUPS.items(), (6, 10, _LAST), strict=True):
            self._text(f"{_name(first)}{top}:{_name(last)}{top}", name, bold=True, align=_MIDDLE, box=True)
        self._text(f"D{middle}:E{middle}", IN_PERIOD, bold=True, align=_MIDDLE, box=True)
        for column, name in COLUMN_NAMES.items():
            where = (
                f"{_name(column)}{bottom}" if column in {4, 5} else f"{_name(column)}{middle}:{_name(column)}{bottom}"
            )
            self._text(where, name, bold=True, align=_MIDDLE, box=True)
        for column in range(1, _LAST + 1):
            self._text(f"{_name(column)}{numbers}", IDENTITIES.get(column, f"({column})"), align=_MIDDLE, box=True)

    def table(self, report: Report) -> None:
        """Each level with its subtotal, its fields beneath it; at the end the total of the levels."""
        form, number, levels = report.form, 0, []
        for letter, (level, subtotal) in zip("ABCD", form.levels.items(), strict=False):
            heading, lines = self._row, form.of_level(level)
            levels.append(heading)
            added = {
                column: f"=SUM({_name(column)}{heading + 1}:{_name(column)}{heading + len(lines)})"
                for column in COLUMNS
            }
            self._numbers(letter, LEVEL_NAMES[level], subtotal, added, bold=True)
            for line in lines:
                number += 1
                self._numbers(str(number), line.field.title, line.cells, {}, bold=False)
        sums = (
            {column: "=" + "+".join(f"{_name(column)}{row}" for row in levels) for column in COLUMNS} if levels else {}
        )
        self._numbers("", TOTAL, form.total, sums, bold=True)

    def foot(self, report: Report) -> None:
        """Notes, and who signs."""
        for text in notes(report):
            self._text(f"A{self._row}:M{self._row}", text, align=_LEFT)
            self._row += 1
        self._row += 1
        self._text(f"A{self._row}:C{self._row}", "NGƯỜI LẬP BIỂU", bold=True, align=_MIDDLE)
        self._text(f"J{self._row}:M{self._row}", "THỦ TRƯỞNG ĐƠN VỊ", bold=True, align=_MIDDLE)

    def _numbers(self, number: str, title: str, cells: Cells, sums: dict[int, str], *, bold: bool) -> None:
        row = self._row
        self._text(f"A{row}", number, bold=bold, align=_MIDDLE, box=True)
        self._text(f"B{row}", title, bold=bold, align=_LEFT, box=True)
        for column in COLUMNS:
            cell = self._sheet.cell(row, column)
            across = "=" + "+".join(f"{_name(part)}{row}" for part in TOTALS[column]) if column in TOTALS else None
            formula = across or sums.get(column)
            if formula is not None:
                self.values[cell.coordinate] = cells[column]
            cell.value = formula or cells[column]
            cell.number_format = "#,##0"
            _dress(cell, _NUMBER, bold=bold, box=True)
        self._row += 1

    def _text(self, where: str, text: str, *, align: Alignment, bold: bool = False, box: bool = False) -> None:
        """A text in a cell, or over a range of cells that are merged."""
        first, _, last = where.partition(":")
        if last:
            for cell in self._cells(where):
                _dress(cell, align, bold=bold, box=box)
            self._sheet.merge_cells(where)
        cell = self._sheet[first]
        cell.value = text
        cell.data_type = "s"  # whatever a source calls its fields, it is no formula
        _dress(cell, align, bold=bold, box=box)

    def _cells(self, where: str) -> Iterator[Cell | MergedCell]:
        return (cell for row in self._sheet[where] for cell in row)


def _dress(cell: Cell | MergedCell, align: Alignment, *, bold: bool, box: bool) -> None:
    cell.font = Font(name=_FACE, size=11, bold=bold)
    cell.alignment = align
    if box:
        cell.border = _BOX


def _name(column: int) -> str:
    return get_column_letter(column)


def _for_print(sheet: Worksheet) -> None:
    """Landscape A4, as wide as one page, the heading on each."""
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[_name(column)].width = width
    sheet.row_dimensions[_HEAD + 2].height = 45
    sheet.row_dimensions[_HEAD + 3].height = 30
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{_HEAD}:{_HEAD + 3}"
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "&P/&N"
    sheet.freeze_panes = f"C{_FIRST}"
