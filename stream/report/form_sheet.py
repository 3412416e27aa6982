"""Form II.06a on a sheet as the circular lays it out: landscape A4, totals as formulas."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final

from stream.report.book import Sheet, Style, cell, for_print
from stream.report.columns import COLUMNS, TOTALS
from stream.report.ii06a import BASIS
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
)

HEAD: Final = 5
"""The first of the four rows of the table's heading."""
FIRST: Final = 9
"""The first row of numbers."""
LAST_COLUMN: Final = COLUMNS[-1] - 1
_PLAIN: Final = Style()
_BOLD: Final = Style(bold=True)
_MIDDLE: Final = Style(align="center", box=True)
_NUMBER: Final = Style(align="right", box=True, wrap=False, number="#,##0")
_WIDTHS: Final = (6.0, 34.0, *(10.5 for _ in COLUMNS))


@dataclass(frozen=True, slots=True)
class Numbers:
    """A row by its name, and the numbers of the columns 3 to 13."""

    title: str
    cells: Sequence[int]


@dataclass(frozen=True, slots=True)
class Level:
    """A level of authority: its subtotal, and the fields of which it is one."""

    subtotal: Numbers
    fields: Sequence[Numbers]


@dataclass(frozen=True, slots=True)
class FormSheet:
    """What the sheet of a form says; `warning` stands in red over the table, where there is one."""

    period: str
    days: str
    reporter: str
    levels: Sequence[Level]
    total: Sequence[int]
    notes: Sequence[str]
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where the numbers came to stand: their first row, the first and last of each level's fields, the total, all."""

    first: int
    fields: Sequence[tuple[int, int]]
    total: int
    last: int


def draw_form(sheet: Sheet, form: FormSheet) -> Drawn:
    """The whole sheet."""
    sheet.widths(_WIDTHS)
    _head(sheet, form)
    _table_head(sheet)
    fields, total = _table(sheet, form)
    last = _foot(sheet, form.notes, total + 1)
    for_print(sheet, (HEAD, FIRST - 1))
    sheet.inner.freeze_panes(FIRST, 2)
    return Drawn(FIRST, fields, total, last)


def is_sum(numbers: Sequence[int], rows: Iterable[Sequence[int]]) -> bool:
    """Whether these numbers are the sums of those rows, column by column."""
    return tuple(numbers) == (tuple(map(sum, zip(*rows, strict=True))) or (0,) * len(COLUMNS))


def _head(sheet: Sheet, form: FormSheet) -> None:
    """Number of the form, title, period, and who reports."""
    sheet.over((0, 0, 0, 2), NUMBER, _BOLD)
    sheet.over((1, 0, 1, 2), f"Ban hành theo {BASIS}", _PLAIN)
    for row, text in enumerate((*TITLE, form.period, form.days)):
        sheet.over((row, 3, row, 9), text, Style(align="center", bold=row < len(TITLE)))
    sheet.over((0, 10, 0, 12), "Đơn vị báo cáo:", _PLAIN)
    sheet.over((1, 10, 1, 12), form.reporter, _BOLD)
    sheet.over((2, 10, 2, 12), "Đơn vị nhận báo cáo:", _PLAIN)
    sheet.over((3, 10, 3, 12), "………………………………", _PLAIN)
    sheet.over((4, 10, 4, 12), IN_WHAT, Style(align="right"))
    if form.warning:
        sheet.over((2, 0, 4, 2), form.warning, Style(bold=True, colour="#C00000"))


def _table_head(sheet: Sheet) -> None:
    """Three rows of headings with merged cells, then the numbers of the columns."""
    top, middle, bottom, numbers = range(HEAD, HEAD + 4)
    heading = _MIDDLE.but(bold=True)
    sheet.over((top, 0, bottom, 0), NO, heading)
    sheet.over((top, 1, bottom, 1), FIELD, heading)
    for (first, name), last in zip(GROUPS.items(), (6, 10, COLUMNS[-1]), strict=True):
        sheet.over((top, first - 1, top, last - 1), name, heading)
    sheet.over((middle, 3, middle, 4), IN_PERIOD, heading)
    for column, name in COLUMN_NAMES.items():
        if column in {4, 5}:
            sheet.text(bottom, column - 1, name, heading)
        else:
            sheet.over((middle, column - 1, bottom, column - 1), name, heading)
    for column in range(1, COLUMNS[-1] + 1):
        sheet.text(numbers, column - 1, IDENTITIES.get(column, f"({column})"), _MIDDLE)
    sheet.tall(bottom, 3)
    sheet.tall(numbers, 2)


def _table(sheet: Sheet, form: FormSheet) -> tuple[Sequence[tuple[int, int]], int]:
    """Each level with its subtotal, its fields beneath it; at the end the total. The rows of fields, and its."""
    row, number, headings, fields = FIRST, 0, [], []
    for letter, level in zip(ascii_uppercase, form.levels, strict=False):
        headings.append(row)
        first, last = row + 1, row + len(level.fields)
        fields += [(first, last)] if level.fields else []
        added = {c: f"=SUM({cell(first, c - 1)}:{cell(last, c - 1)})" for c in COLUMNS if level.fields}
        is_added = is_sum(level.subtotal.cells, [each.cells for each in level.fields])
        _numbers(sheet, row, letter, level.subtotal, added if is_added else {})
        row += 1
        for each in level.fields:
            number += 1
            _numbers(sheet, row, str(number), each, None)
            row += 1
    sums = {c: "=" + "+".join(cell(heading, c - 1) for heading in headings) for c in COLUMNS if headings}
    is_added = is_sum(form.total, [level.subtotal.cells for level in form.levels])
    _numbers(sheet, row, "", Numbers(TOTAL, form.total), sums if is_added else {})
    return fields, row


def _numbers(sheet: Sheet, row: int, no: str, numbers: Numbers, sums: Mapping[int, str] | None) -> None:
    """A row of numbers; `sums` are the formulas of a subtotal or total, which is bold, and None is a row of a field.

    A formula stands only where it comes to the number that is reported.
    """
    bold = sums is not None
    sheet.text(row, 0, no, _MIDDLE.but(bold=bold))
    sheet.text(row, 1, numbers.title, Style(bold=bold, box=True))
    of = dict(zip(COLUMNS, numbers.cells, strict=True))
    style = _NUMBER.but(bold=bold)
    for column, value in of.items():
        parts = TOTALS.get(column, ())
        if parts and value == sum(of[part] for part in parts):
            sheet.formula(row, column - 1, "=" + "+".join(cell(row, part - 1) for part in parts), value, style)
        elif sums:
            sheet.formula(row, column - 1, sums[column], value, style)
        else:
            sheet.number(row, column - 1, value, style)


def _foot(sheet: Sheet, notes: Sequence[str], row: int) -> int:
    """Notes, and who signs; the last row."""
    for text in notes:
        sheet.over((row, 0, row, LAST_COLUMN), text, _PLAIN)
        row += 1
    signing = Style(align="center", bold=True)
    sheet.over((row + 1, 0, row + 1, 2), "NGƯỜI LẬP BIỂU", signing)
    sheet.over((row + 1, 9, row + 1, LAST_COLUMN), "THỦ TRƯỞNG ĐƠN VỊ", signing)
    return row + 1
