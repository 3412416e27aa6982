"""Beside and beneath a form: whether its rows balance, and whether its formulas come to the total that was sealed."""

from collections.abc import Sequence
from typing import Final

from stream.report.book import Sheet, cell
from stream.report.columns import COLUMNS
from stream.report.form_sheet import FIRST, LAST_COLUMN, Drawn
from stream.report.form_sheet import HEAD as TABLE_HEAD
from stream.snapshot.render.workbook.writing import (
    CELL,
    CHECK,
    DIFFERS,
    HEAD,
    NOTE,
    NUMBER,
    Writing,
    equal_or_not,
    said,
)

_SIDE: Final = LAST_COLUMN + 1
"""The column beside the form, which is not printed with it."""
_WHAT: Final = "(3)=(7)+(11) ở mọi dòng; tổng số bằng tổng số đã niêm phong"
_RECEIVED, _SETTLED, _OPEN = (column - COLUMNS[0] for column in (3, 7, 11))


def write_check(writing: Writing, sheet: Sheet, rows: Sequence[Sequence[int]], drawn: Drawn) -> None:
    """Beside each row whether 3 = 7 + 11; beneath, the total as it was sealed against the form's, column by column."""
    sheet.inner.set_column(_SIDE, _SIDE, 14)
    sheet.over((TABLE_HEAD, _SIDE, FIRST - 1, _SIDE), "Kiểm tra\n(3)=(7)+(11)", HEAD)
    balanced = [_balances(cells) for cells in rows]
    for row, holds in enumerate(balanced, drawn.first):
        received, settled, open_now = (cell(row, 2 + place) for place in (_RECEIVED, _SETTLED, _OPEN))
        _said(sheet, (row, _SIDE), f"{received}={settled}+{open_now}", holds=holds)
    sealed = drawn.last + 4
    sheet.text(sealed - 1, 0, "Phần kiểm tra (không thuộc biểu mẫu)", NOTE.but(wrap=False))
    for row, name in enumerate(("Tổng số đã niêm phong", "So với tổng số của biểu"), sealed):
        sheet.over((row, 0, row, 1), name, CELL)
    for column, value in enumerate(rows[-1], 2):
        sheet.number(sealed, column, value, NUMBER)
        _said(sheet, (sealed + 1, column), f"{cell(drawn.total, column)}={cell(sealed, column)}", holds=True)
    sheet.over((sealed + 2, 0, sealed + 2, 1), "Kết quả kiểm tra", CELL.but(bold=True))
    beside = f"{cell(drawn.first, _SIDE)}:{cell(drawn.total, _SIDE)}"
    beneath = f"{cell(sealed + 1, 2)}:{cell(sealed + 1, LAST_COLUMN)}"
    wrong = f'COUNTIF({beside},"{DIFFERS}")+COUNTIF({beneath},"{DIFFERS}")=0'
    _said(sheet, (sealed + 2, 2), wrong, holds=all(balanced))
    sheet.inner.print_area(0, 0, sealed + 2, LAST_COLUMN)
    writing.agree(sheet)
    writing.check(sheet, (sealed + 2, 2), _WHAT, holds=all(balanced))


def _balances(cells: Sequence[int]) -> bool:
    return cells[_RECEIVED] == cells[_SETTLED] + cells[_OPEN]


def _said(sheet: Sheet, where: tuple[int, int], condition: str, *, holds: bool) -> None:
    sheet.formula(*where, equal_or_not(condition), said(holds=holds), CHECK)
