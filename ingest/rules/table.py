"""The rows of a table as an office sends it: CSV in UTF-8 with commas or semicolons, or an Excel workbook (XLSX)."""

import csv
import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Final, NamedTuple
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from ingest.rules.cells import Cell, is_empty
from ingest.rules.columns import plain, vocabulary
from ingest.rules.problems import Problem, RulesFileError

LARGEST: Final = 20_000_000
MOST_ROWS: Final = 20_000
TITLES: Final = 20
"""The head stands in one of this many rows at the top; what is above it are titles."""
_MOST_COLUMNS: Final = 200
_BOM: Final = b"\xef\xbb\xbf"
_WORKBOOK: Final = b"PK\x03\x04"
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_WHOLE_FILE: Final = "the file"


class Row(NamedTuple):
    """A row that is not empty, with its number as Excel shows it."""

    number: int
    cells: list[Cell]


def read_rows(content: bytes, name: str) -> list[Row]:
    """The rows of the file called `name` that are not empty. Raises `RulesFileError` for what is no table."""
    if len(content) > LARGEST:
        raise _no_table(name, f"over {LARGEST // 10**6} MB", f"lớn hơn {LARGEST // 10**6} MB")
    if content.startswith(_OLD_WORKBOOK):
        raise _no_table(name, "an old workbook (.xls): save it as .xlsx", "tệp .xls cũ: hãy lưu lại dạng .xlsx")
    found = _workbook(content, name) if content.startswith(_WORKBOOK) else _csv(content, name)
    rows = [Row(number, cells) for number, cells in found if not all(map(is_empty, cells))]
    if not rows:
        raise _no_table(name, "empty", "tệp rỗng")
    return rows


def _csv(content: bytes, name: str) -> Iterator[tuple[int, list[Cell]]]:
    if content.startswith(_UTF_16):
        raise _no_table(name, 'UTF-16: save it as "CSV UTF-8"', 'UTF-16: hãy lưu dạng "CSV UTF-8"')
    try:
        text = content.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        told = f'line {line} is not UTF-8: save it as "CSV UTF-8"'
        raise _no_table(name, told, f'dòng {line} không phải UTF-8: hãy lưu dạng "CSV UTF-8"') from None
    if "\0" in text:
        raise _no_table(name, "no text", "không phải tệp văn bản")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            _check_size(name, number, len(cells))
            yield number, list(cells)
    except csv.Error as error:
        place = f"row {number + 1} / dòng {number + 1}"
        en = f"no CSV from here on ({error}): look for a lone quotation mark"
        raise RulesFileError(name, [Problem(place, en, f"CSV sai cú pháp từ đây ({error})")]) from None


def _delimiter(text: str) -> str:
    """The one that parts a line near the top into more heads of columns; of other columns, the commoner one."""
    known, lines = vocabulary().keys, text.splitlines()[:TITLES]
    heads = {
        sign: max((sum(plain(cell) in known for cell in line.split(sign)) for line in lines), default=0)
        for sign in ",;"
    }
    return max(heads, key=lambda sign: (heads[sign], lines[0].count(sign) if lines else 0))


def _workbook(content: bytes, name: str) -> Iterator[tuple[int, list[Cell]]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - a quarter second that only workbooks cost
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that openpyxl does not read: nor do we
        try:
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # some programs write wrong ones
            for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
                _check_size(name, number, len(cells))
                yield number, [_cell(cell) for cell in cells]
        except (
            BadZipFile,
            InvalidFileException,
            ParseError,
            KeyError,
            ValueError,
            IndexError,
            OSError,
            EOFError,
        ) as error:
            raise _no_table(name, f"no workbook of Excel ({type(error).__name__})", "không phải tệp Excel") from None


def _cell(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat(" ")
    return value if value is None or isinstance(value, (str, int, float, bool, date)) else str(value)


def _check_size(name: str, number: int, columns: int) -> None:
    if number > MOST_ROWS:
        raise _no_table(name, f"more than {MOST_ROWS} rows", f"nhiều hơn {MOST_ROWS} dòng")
    if columns > _MOST_COLUMNS:
        raise _no_table(name, f"more than {_MOST_COLUMNS} columns", f"nhiều hơn {_MOST_COLUMNS} cột")


def _no_table(name: str, en: str, vi: str) -> RulesFileError:
    return RulesFileError(name, [Problem(_WHOLE_FILE, en, vi)])
