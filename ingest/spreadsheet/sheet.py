"""The rows of a sheet, as a stream: a workbook of any length takes the memory of its shared texts and of a row.

No library at hand does what is needed here. openpyxl (read_only) knows no merged cells and takes a formula without a
value for an empty cell; python-calamine knows no formulas, keeps the whole sheet, and ends the process over two cells
that lie far apart. `docs/files.md` has the figures.
"""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Final
from zipfile import ZipFile

from ingest.refusal import Reason
from ingest.spreadsheet.archive import Reader, chunks
from ingest.spreadsheet.cells import Broken, Cell, Row, Serial
from ingest.spreadsheet.problems import TableError
from ingest.spreadsheet.workbook import LONGEST_TEXT, Workbook, unescaped

MOST_COLUMNS: Final = 1_000
MOST_ROWS: Final = 1_048_576
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.0*)?Z?|\d{4}-\d\d-\d\d")
_DISORDER: Final = Reason("a workbook whose rows are out of order", "các dòng trong tệp Excel không theo thứ tự")


def rows(archive: ZipFile, book: Workbook, wanted: set[int]) -> Iterator[tuple[Row, int]]:
    """The rows that are written, with how many bytes of the part were read; hidden ones too.

    Once `wanted` has columns in it, only those are kept. Raises `TableError`.
    """
    reader = _Rows(book, wanted)
    read = 0
    for chunk in chunks(archive, book.part):
        read += len(chunk)
        reader.feed(chunk)
        yield from ((row, read) for row in reader.taken())
    reader.finish()
    yield from ((row, read) for row in reader.taken())


class _Rows(Reader):
    def __init__(self, book: Workbook, wanted: set[int]) -> None:
        super().__init__()
        self._book = book
        self._wanted = wanted
        self._ready: list[Row] = []
        self._number = 0
        self._column = -1
        self._cells: dict[int, Cell] | None = None
        self._columns: dict[str, int] = {}
        self._cell: dict[str, str] | None = None  # the attributes of the cell that is being read
        self._heard: list[str] = []
        self._has_value = self._has_formula = self._spoken = False

    def taken(self) -> list[Row]:
        """The rows that are complete, once."""
        found, self._ready = self._ready, []
        return found

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            if self._cells is not None:
                self._begin_cell(attributes)
        elif self._cell is not None:
            self._within(name)
        elif name == "row" and self._cells is None:
            self._begin_row(attributes)

    def end(self, name: str) -> None:
        if name in {"v", "t"}:
            self.listen(None)
        elif name == "c":
            if self._cell is not None and self._cells is not None:
                self._cells[self._column] = self._value(self._cell)
                self._cell = None
        elif name == "row":
            if self._cells is not None:
                self._ready.append(Row(self._number, self._cells))
                self._cells = self._cell = None
        elif name == "rPh":
            self._spoken = False

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        told = attributes.get("r", "")
        number = int(told) if told.isascii() and told.isdigit() and len(told) < 8 else self._number + 1
        if number <= self._number or number > MOST_ROWS:
            raise TableError(_DISORDER, min(self._number + 1, MOST_ROWS))
        self._number, self._column, self._cells = number, -1, {}

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        told = attributes.get("r", "")
        column = self._columns.get(told.rstrip("0123456789"))
        if column is None:
            column = self._placed(told)
        self._column = column
        if column >= MOST_COLUMNS or (self._wanted and column not in self._wanted):
            self._cell = None
            return
        self._cell, self._heard = attributes, []
        self._has_value = self._has_formula = self._spoken = False

    def _placed(self, told: str) -> int:
        found = _REFERENCE.fullmatch(told)
        if found is None:
            return self._column + 1
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - 64
        if len(self._columns) < 20_000:
            self._columns[found[1]] = column - 1
        return column - 1

    def _within(self, name: str) -> None:
        if name == "v" or (name == "t" and not self._spoken):
            self._has_value = True
            if len(self._heard) < 1000:
                self.listen(self._heard)
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._spoken = True

    def _value(self, cell: Mapping[str, str]) -> Cell:
        kind, text = cell.get("t", "n"), "".join(self._heard)[:LONGEST_TEXT]
        if not self._has_value or (not text and kind not in {"str", "inlineStr"}):
            return Broken.FORMULA if self._has_formula else None
        if kind == "s":
            shared = self._book.texts.get(int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else None
            return Broken.LOST if shared is None else shared
        if kind in {"str", "inlineStr"}:
            return unescaped(text)
        if kind == "b":
            return text.strip() in {"1", "true"}
        if kind == "n":
            return self._number_of(text.strip(), cell.get("s", "0"))
        return text.replace("T", " ").rstrip("Z") if kind == "d" and _ISO.fullmatch(text) else Broken.ERROR

    def _number_of(self, text: str, style: str) -> Cell:
        if not text:
            return None
        try:
            found = float(text)
        except ValueError:
            return Broken.ERROR
        if not math.isfinite(found):
            return Broken.ERROR
        if style.isascii() and style.isdigit() and len(style) < 7 and int(style) in self._book.dates:
            return Serial(found + self._book.days_ahead)
        return int(found) if found.is_integer() and abs(found) < 1e18 else found
