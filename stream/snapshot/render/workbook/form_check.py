"""Beside and beneath a form: whether its rows balance, and whether its formulas come to the total that was sealed."""

from collections.abc import Sequence
from typing import Final

from stream.report.book import Sheet, cell
from stream.report.columns import COLUMNS, TOTALS
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
_BALANCES: Final = ((3, (7, 11)), *TOTALS.items())


def write_check(writing: Writing, sheet: Sheet, rows: Sequence[Sequence[int]], drawn: Drawn) -> None:
    """Beside each row whether it balances; beneath, the total as it was sealed against the form's, column by column."""
    fields = [rows[row - drawn.first] for first, last in drawn.fields for row in range(first, last + 1)]
    sheet.inner.set_column(_SIDE, _SIDE, 14)
    sheet.over((TABLE_HEAD, _SIDE, FIRST - 1, _SIDE), "Kiểm tra\n(3)=(7)+(11)", HEAD)
    balanced = [_balances(cells) for cells in rows]
    for row, holds in enumerate(balanced, drawn.first):
        _said(sheet, (row, _SIDE), _identities(row), holds=holds)
    sealed = drawn.last + 4
    added = [total == sum(cells) for total, *cells in zip(rows[-1], *fields, strict=True)] if fields else [True] * 11
    sheet.text(sealed - 1, 0, "Phần kiểm tra (không thuộc biểu mẫu)", NOTE.but(wrap=False))
    for row, name in enumerate(("Tổng số đã niêm phong", "So với tổng số của biểu"), sealed):
        sheet.over((row, 0, row, 1), name, CELL)
    for column, value in enumerate(rows[-1], 2):
        sheet.number(sealed, column, value, NUMBER)
        _said(sheet, (sealed + 1, column), _comes_to(drawn, column, cell(sealed, column)), holds=added[column - 2])
    sheet.over((sealed + 2, 0, sealed + 2, 1), "Kết quả kiểm tra", CELL.but(bold=True))
    beside = f"{cell(drawn.first, _SIDE)}:{cell(drawn.total, _SIDE)}"
    beneath = f"{cell(sealed + 1, 2)}:{cell(sealed + 1, LAST_COLUMN)}"
    wrong = f'COUNTIF({beside},"{DIFFERS}")+COUNTIF({beneath},"{DIFFERS}")=0'
    _said(sheet, (sealed + 2, 2), wrong, holds=all(balanced + added))
    sheet.inner.print_area(0, 0, sealed + 2, LAST_COLUMN)
    writing.agree(sheet)
    writing.check(sheet, (sealed + 2, 2), _WHAT, holds=all(balanced + added))


def _balances(cells: Sequence[int]) -> bool:
    of = dict(zip(COLUMNS, cells, strict=True))
    return all(of[whole] == sum(of[part] for part in parts) for whole, parts in _BALANCES)


def _identities(row: int) -> str:
    """The condition that a row of the form is to meet."""
    at = {column: cell(row, column - 1) for column in COLUMNS}
    equal = (f"{at[whole]}={'+'.join(at[part] for part in parts)}" for whole, parts in _BALANCES)
    return f"AND({','.join(equal)})"


def _comes_to(drawn: Drawn, column: int, sealed: str) -> str:
    """The condition that the total of a column and the sum of its fields are what was sealed."""
    total = f"{cell(drawn.total, column)}={sealed}"
    fields = ",".join(f"{cell(first, column)}:{cell(last, column)}" for first, last in drawn.fields)
    return f"AND({total},SUM({fields})={sealed})" if fields else total


def _said(sheet: Sheet, where: tuple[int, int], condition: str, *, holds: bool) -> None:
    sheet.formula(*where, equal_or_not(condition), said(holds=holds), CHECK)
