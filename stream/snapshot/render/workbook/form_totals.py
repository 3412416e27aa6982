"""The totals of form II.06a of all units, one beneath the other, taken from their sheets."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from stream.report.book import Sheet, cell, for_print, of_sheet
from stream.report.columns import COLUMNS
from stream.report.form_sheet import LAST_COLUMN
from stream.report.wording import COLUMN_NAMES, GROUPS, NO
from stream.snapshot.content.document import FormFacts
from stream.snapshot.render.wording import NO_DATA
from stream.snapshot.render.workbook.writing import CELL, HEAD, MIDDLE, NOTE, NUMBER, Writing

_WIDTHS: Final = (6.0, 34.0, *(10.5 for _ in COLUMNS))
_MOVED: Final = (
    "Hồ sơ chuyển từ đơn vị này sang đơn vị khác được tính là “từ kỳ trước” ở nơi nhận, nên từng cột của khu vực "
    "không nhất thiết bằng tổng các đơn vị."
)


class TotalRow(NamedTuple):
    """Where the total of a form stands."""

    sheet: str
    row: int


def write_totals(writing: Writing, sheet: Sheet, found: Mapping[str | None, TotalRow]) -> None:
    """A row for each unit, and that of the area; a unit of which nothing is known has dashes."""
    sheet.widths(_WIDTHS)
    head = writing.top(sheet, "Biểu II.06a: tổng số theo đơn vị", LAST_COLUMN)
    _head(sheet, head)
    row = head + 3
    sheet.inner.freeze_panes(row, 2)
    forms = writing.snapshot.forms
    units, areas = [each for each in forms if each.unit is not None], [each for each in forms if each.unit is None]
    for n, form in enumerate([*units, *areas], 1):
        bold = form.unit is None
        sheet.text(row, 0, "" if bold else str(n), MIDDLE)
        sheet.text(row, 1, form.title if bold else f"{form.title} ({form.unit})", CELL.but(bold=bold))
        _total(sheet, row, form, found.get(form.unit))
        row += 1
    sheet.over((row, 0, row, LAST_COLUMN), _MOVED, NOTE)
    sheet.over((row + 1, 0, row + 1, LAST_COLUMN), f"Dấu “{NO_DATA}”: chưa có dữ liệu nào của đơn vị.", NOTE)
    for_print(sheet, (head, head + 2))


def _head(sheet: Sheet, row: int) -> None:
    for column, name in enumerate((NO, "Đơn vị")):
        sheet.over((row, column, row + 2, column), name, HEAD)
    for (first, name), last in zip(GROUPS.items(), (6, 10, COLUMNS[-1]), strict=True):
        sheet.over((row, first - 1, row, last - 1), name, HEAD)
    for column, name in COLUMN_NAMES.items():
        sheet.text(row + 1, column - 1, name, HEAD)
        sheet.text(row + 2, column - 1, f"({column})", HEAD.but(bold=False))
    sheet.tall(row + 1, 3)


def _total(sheet: Sheet, row: int, form: FormFacts, found: TotalRow | None) -> None:
    style = NUMBER.but(bold=form.unit is None)
    for column, value in enumerate(form.total, 2):
        if found is not None:
            sheet.formula(row, column, f"={of_sheet(found.sheet, cell(found.row, column))}", value, style)
        elif form.heard is None:
            sheet.text(row, column, NO_DATA, MIDDLE)
        else:
            sheet.number(row, column, value, style)
