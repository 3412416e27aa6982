"""The head of a register's table: which column holds what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.rules.cells import Cell, is_empty
from ingest.rules.columns import plain, vocabulary
from ingest.rules.problems import Problem, RulesFileError
from ingest.rules.table import TITLES, Row

_REQUIRED: Final = ("code", "name", "field", "level")


@dataclass(frozen=True)
class Head:
    """The columns in their order; "" for one that is not read."""

    keys: Sequence[str]
    texts: Sequence[str]

    def cells(self, row: Row) -> Iterator[tuple[str, Cell]]:
        """Column and cell, also of cells that a short row leaves out."""
        for place, key in enumerate(self.keys):
            if key:
                yield key, row.cells[place] if place < len(row.cells) else None

    def surplus(self, row: Row) -> int:
        """How many cells hold something right of the last column."""
        return sum(not is_empty(cell) for cell in row.cells[len(self.keys) :])

    def place(self, row: int, key: str) -> str:
        """`row 7 / dòng 7, Mã thủ tục`: where a cell is."""
        column = f", {self.texts[self.keys.index(key)]}" if key in self.keys and key else ""
        return f"row {row} / dòng {row}{column}"


def read_head(rows: Sequence[Row], name: str) -> tuple[Head, list[Row]]:
    """The head and the rows below it. Raises `RulesFileError` for missing, unknown and doubled columns."""
    known = vocabulary().keys
    for place, row in enumerate(rows[:TITLES]):
        texts = ["" if cell is None else str(cell).strip() for cell in row.cells]
        if {"code", "name"} <= {known.get(plain(text)) for text in texts}:
            while texts and not texts[-1]:
                texts.pop()
            head = Head([known.get(plain(text), "") for text in texts], texts)
            if problems := list(_problems(head, row.number)):
                raise RulesFileError(name, problems)
            return head, list(rows[place + 1 :])
    raise RulesFileError(name, [_missing(rows[0].number, _REQUIRED)])


def _problems(head: Head, number: int) -> Iterator[Problem]:
    where = f"row {number} / dòng {number}"
    for text, key in zip(head.texts, head.keys, strict=True):
        if text and not key and plain(text) not in vocabulary().keys:
            near = vocabulary().nearest(text)
            hint, hint_vi = (f": {near!r} is meant?", f": có phải {near!r}?") if near else ("", "")
            told = f"unknown column {text!r}{hint} Rename it, or take it out"
            yield Problem(where, told, f"cột không xác định {text!r}{hint_vi} Hãy đổi tên hoặc bỏ cột")
    for key in dict.fromkeys(key for key in head.keys if key and head.keys.count(key) > 1):
        both = " và ".join(repr(text) for text, found in zip(head.texts, head.keys, strict=True) if found == key)
        yield Problem(where, f"two columns of the same meaning: {both}", f"hai cột cùng nghĩa: {both}")
    if missing := [key for key in _REQUIRED if key not in head.keys]:
        yield _missing(number, missing)


def _missing(number: int, keys: Sequence[str]) -> Problem:
    heads = vocabulary().heads
    wanted = "; ".join(f"{key} ({' / '.join(heads[key][1:3])})" for key in keys)
    return Problem(f"row {number} / dòng {number}", f"the head lacks {wanted}", f"dòng tiêu đề thiếu cột {wanted}")
