"""The rows of a CSV, as a stream."""

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, TextIO

from ingest.refusal import Reason
from ingest.rules.columns import plain
from ingest.spreadsheet.cells import Cell, Row
from ingest.spreadsheet.encoding import encoding_of
from ingest.spreadsheet.encoding_names import ENCODINGS
from ingest.spreadsheet.mapping import Mapping as SheetMapping
from ingest.spreadsheet.problems import TableError
from ingest.spreadsheet.sheet import MOST_COLUMNS, MOST_ROWS

DELIMITERS: Final = ",;\t"
_LONGEST_LINE: Final = 1 << 20
_TITLES: Final = 20
_TOO_LONG: Final = Reason("a line of over a million characters", "có dòng dài hơn một triệu ký tự")
_LOST: Final = "\ufffd"


def rows(path: Path, mapping: SheetMapping) -> Iterator[tuple[Row, int]]:
    """The rows, numbered as Excel numbers them, with how many bytes were read. Raises `TableError`."""
    encoding = ENCODINGS[mapping.encoding] if mapping.encoding else encoding_of(path, mapping.exact_heads)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        delimiter, skipped = _delimiter(file, mapping)
        file.seek(0)
        lines = _lines(file)
        for _ in range(skipped):
            next(lines, "")
        yield from _parsed(lines, delimiter, file)


def _parsed(lines: Iterator[str], delimiter: str, file: TextIO) -> Iterator[tuple[Row, int]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, texts in enumerate(reader, start=1):
            if number > MOST_ROWS:
                raise TableError(Reason(f"more than {MOST_ROWS} rows", f"nhiều hơn {MOST_ROWS} dòng"), number)
            yield Row(number, _cells(texts)), file.buffer.tell()
    except csv.Error as error:
        told = f"no CSV from here on ({error}): look for a lone quotation mark"
        told_vi = f"CSV sai cú pháp từ đây ({error}): hãy tìm dấu ngoặc kép lẻ"
        raise TableError(Reason(told, told_vi), number + 1) from error


def _cells(texts: list[str]) -> dict[int, Cell]:
    found: dict[int, Cell] = {}
    for column, text in enumerate(texts[:MOST_COLUMNS]):
        if text:
            found[column] = text if text.isascii() else unicodedata.normalize("NFC", text)
    return found


def _lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(_LONGEST_LINE):
        if len(line) >= _LONGEST_LINE:
            raise TableError(_TOO_LONG)
        yield line


def _delimiter(file: TextIO, mapping: SheetMapping) -> tuple[str, int]:
    """The delimiter, and 1 where a first line `sep=;` names it, which Excel does not count."""
    top = [line for _, line in zip(range(_TITLES + 1), _lines(file), strict=False)]
    first = top[0].strip().strip('"') if top else ""
    if first.lower().startswith("sep=") and first[4:] in {*DELIMITERS, "|"}:
        return first[4:], 1
    if mapping.delimiter:
        return mapping.delimiter, 0
    return max(DELIMITERS, key=lambda sign: _heads_parted(top, sign, mapping.heads)), 0


def _heads_parted(lines: list[str], sign: str, heads: Mapping[str, str]) -> tuple[int, int]:
    known = max((sum(plain(cell) in heads for cell in line.split(sign)) for line in lines), default=0)
    return known, sum(line.count(sign) for line in lines)
