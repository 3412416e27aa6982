"""A list of cases as CSV, in pieces, and as a workbook, in a file. No cell is ever read as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from dashboard.ops.export_columns import COLUMNS, Cell, Frame, Row, cells, heads

_BOM: Final = "\ufeff"
"""Without it Excel reads Vietnamese as the machine's own alphabet."""
_AT_ONCE: Final = 500
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet calculate with a text, whoever wrote it."""
_WIDTHS: Final = {"case": 28, "procedure": 48, "field": 24, "unit": 24, "why": 60, "remaining": 24}
_WIDTH: Final = 16


def csv_pieces(rows: Iterable[Row], frame: Frame) -> Iterator[bytes]:
    """UTF-8 with its mark, commas, lines as RFC 4180 has them; moments as 2026-03-02 14:35."""
    yield (_BOM + _lines([heads(frame.words)])).encode()
    for some in _batched(rows):
        yield _lines([[_text(cell) for cell in cells(row, frame)] for row in some]).encode()


def write_workbook(path: Path, rows: Iterable[Row], frame: Frame) -> None:
    """Row by row into a file: a long list takes no memory. Raises `OSError` where there is no room for it."""
    with xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent)}) as book:
        sheet = book.add_worksheet(frame.words["queue_export.sheet"])
        bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        names = heads(frame.words)
        for place, name in enumerate(COLUMNS):
            sheet.set_column(place, place, _WIDTHS.get(name, _WIDTH))
        sheet.freeze_panes(1, 1)
        sheet.write_row(0, 0, names, bold)
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, cell in enumerate(cells(row, frame)):
                _write(sheet, last, place, cell, moment)
        sheet.autofilter(0, 0, last, len(names) - 1)


def _write(sheet: Any, line: int, place: int, cell: Cell, moment: Any) -> None:
    match cell:
        case None:
            return
        case datetime():
            sheet.write_datetime(line, place, cell, moment)
        case str():
            sheet.write_string(line, place, cell)  # never what its first letter would make of it
        case _:
            sheet.write_number(line, place, cell)


def guarded(text: str) -> str:
    """The same, and a spreadsheet takes it as a text: with an apostrophe before it where it would calculate."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M}"
        case str():
            return guarded(cell)
        case _:
            return f"{cell:g}"


def _lines(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _batched(rows: Iterable[Row]) -> Iterator[Sequence[Row]]:
    left = iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        yield some
