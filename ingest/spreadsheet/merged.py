"""Merged cells: Excel keeps a value in the first one, the others are empty.

A sheet lists them behind its rows, so that they are looked for in a reading of their own before the first row.
"""

import re
from collections.abc import Iterator, Set
from typing import Final, NamedTuple
from zipfile import ZipFile

from ingest.refusal import Reason
from ingest.spreadsheet.archive import chunks
from ingest.spreadsheet.cells import Broken, Cell, Row, is_empty
from ingest.spreadsheet.problems import TableError

_MERGED: Final = re.compile(
    rb"<(?:[A-Za-z_][\w.\-]{0,40}:)?mergeCell\s[^<>]{0,200}?\bref\s*=\s*[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']"
)
_OVERLAP: Final = 300
_MOST: Final = 100_000
_TOO_MANY: Final = Reason(f"more than {_MOST} merged ranges", f"nhiều hơn {_MOST} vùng ô gộp")

_OVER_EACH_OTHER: Final = Reason("merged ranges that lie over each other", "các vùng ô gộp chồng lên nhau")


class Range(NamedTuple):
    """A range of merged cells: rows from 1, columns from 0, all inclusive."""

    top: int
    bottom: int
    left: int
    right: int


def read_merged(archive: ZipFile, part: str) -> list[Range]:
    """The merged ranges of a sheet, from the top. Raises `TableError` for too many."""
    found: set[Range] = set()
    kept = b""
    for chunk in chunks(archive, part):
        text = kept + chunk
        if b"mergeCell" in text:
            found.update(_ranges(text))
            if len(found) > _MOST:
                raise TableError(_TOO_MANY)
        kept = text[-_OVERLAP:]
    return sorted(found)


def _ranges(text: bytes) -> Iterator[Range]:
    for left, top, right, bottom in _MERGED.findall(text):
        yield Range(int(top), int(bottom), _column(left), _column(right))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


class Merging:
    """Puts into rows what merged cells mean: the value above where a column is filled, else `Broken.MERGED`."""

    def __init__(self, ranges: list[Range]) -> None:
        self._waiting = ranges[::-1]
        self._open: list[tuple[Range, Cell]] = []

    def apply(self, row: Row, wanted: set[int], filled: Set[int]) -> None:
        """Change the row to what it means in its wanted columns. Rows come in order. Raises `TableError`."""
        number = row.number
        if not self._open and (not self._waiting or self._waiting[-1].top > number):
            return
        self._open = [each for each in self._open if each[0].bottom >= number]
        for merged, value in self._open:
            if merged.left in filled and is_empty(row.cells.get(merged.left)):
                row.cells[merged.left] = value
            _mark(row, merged, wanted, merged.left + (merged.left in filled))
        while self._waiting and self._waiting[-1].top <= number:
            merged = self._waiting.pop()
            if merged.bottom < number:
                continue
            if not any(merged.left <= column <= merged.right for column in wanted):
                continue
            begins = merged.top == number
            self._open.append((merged, row.cells.get(merged.left) if begins else None))
            _mark(row, merged, wanted, merged.left + begins)
        if len(self._open) > len(wanted):
            raise TableError(_OVER_EACH_OTHER, number)


def _mark(row: Row, merged: Range, wanted: set[int], first: int) -> None:
    for column in wanted:
        if first <= column <= merged.right and is_empty(row.cells.get(column)):
            row.cells[column] = Broken.MERGED
