"""The rows of a file of call records, one after the other: the whole of it is never a text in memory."""

import codecs
import csv
import io
import unicodedata
from collections.abc import Generator, Iterator
from typing import IO, Final, NamedTuple

from ingest.refusal import Reason
from ingest.sources.call_layout import Columns, Layout, Place, places

LONGEST_LINE: Final = 1 << 16
"""Characters; a record has a few hundred."""

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHUNK: Final = 1 << 20


class TableError(ValueError):
    """From `row` on (None: of the whole file) nothing can be read."""

    retriable = False

    def __init__(self, reason: Reason, row: int | None = None) -> None:
        super().__init__(reason.en)
        self.reason = reason
        self.row = row


class Row(NamedTuple):
    """A row with something in it, and its number, from 1, as a spreadsheet shows it."""

    number: int
    cells: list[str]


def rows(file: IO[bytes], layout: Layout) -> Generator[Row]:
    """The rows that are not empty, from the beginning of the file. Raises `TableError`."""
    encoding = _encoding(file, layout)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    reader = csv.reader(_lines(text), delimiter=layout.delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if layout.record_end and cells and cells[-1].endswith(layout.record_end):
                cells[-1] = cells[-1].removesuffix(layout.record_end)
            if any(cell.strip() for cell in cells):
                yield Row(number, cells)
    except csv.Error:
        told = Reason("no record: quotation marks don't close", "không phải bản ghi: dấu ngoặc kép không khép lại")
        raise TableError(told, number + 1) from None
    except _TooLongError:
        told = Reason(f"over {LONGEST_LINE} characters in a line", f"dòng dài quá {LONGEST_LINE} ký tự")
        raise TableError(told, number + 1) from None
    finally:
        text.detach()  # who opened the file closes it


def places_of(head: Row, columns: Columns) -> dict[str, int]:
    """The number, from 0, of each column that is named by its heading. Raises `TableError` naming those missing."""
    found: dict[str, int] = {}
    for place, cell in enumerate(head.cells):
        found.setdefault(_plain(cell), place)
    named = {place for place in places(columns) if isinstance(place, str)}
    if missing := sorted(name for name in named if _plain(name) not in found):
        told = ", ".join(missing)
        raise TableError(Reason(f"no column {told}", f"không có cột {told}"), head.number)
    return {name: found[_plain(name)] for name in named}


def cell_of(row: Row, place: Place, heads: dict[str, int]) -> str:
    """What stands in a column, without blanks around it; nothing where the row ends before."""
    number = heads[place] if isinstance(place, str) else place - 1
    return row.cells[number].strip() if number < len(row.cells) else ""


def _plain(heading: str) -> str:
    return " ".join(unicodedata.normalize("NFC", heading).casefold().split())


class _TooLongError(Exception):
    pass


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise _TooLongError
        if "\0" in line:  # what csv makes of it differs between versions of Python
            line = line.replace("\0", "\N{REPLACEMENT CHARACTER}")
        yield line


def _encoding(file: IO[bytes], layout: Layout) -> str:
    """By its mark, else the first of the layout's encodings that the whole file is. Raises `TableError`."""
    file.seek(0)
    begin = file.read(4)
    marked = [encoding for mark, encoding in _BOMS if begin.startswith(mark)]
    for encoding in marked or layout.encodings:
        if _reads(file, encoding):
            return encoding
    told = ", ".join(marked or layout.encodings)
    raise TableError(Reason(f"not {told}", f"không phải bảng mã {told}"))


def _reads(file: IO[bytes], encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True
