"""The head of a table: which column holds which field."""

from collections.abc import Mapping as Dict
from dataclasses import dataclass
from typing import Final

from ingest.refusal import Reason
from ingest.rules.columns import plain
from ingest.spreadsheet.cells import Row, letters
from ingest.spreadsheet.mapping import Mapping
from ingest.spreadsheet.problems import TableError

TITLES: Final = 20
"""The head stands in one of this many rows at the top, where a mapping names none; what is above it are titles."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where the fields are: `columns` from field to column; `texts` their heads as the file writes them."""

    row: int
    columns: Dict[str, int]
    texts: Dict[str, str]

    def place(self, row: int, name: str) -> str:
        """`C17 (Ngày tiếp nhận)`: a cell as Excel names it; `row 17 (agency)` for a field without a column."""
        if name in self.columns:
            return f"{letters(self.columns[name])}{row} ({self.texts[name]})"
        return f"dòng/row {row} ({name})" if name else f"dòng/row {row}"


class HeadFinder:
    """Looks for the head in the rows at the top."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self._best: tuple[int, Row] | None = None

    def look(self, row: Row) -> Head | None:
        """The head, where this row is it. Raises `TableError` where it is not there, or not whole."""
        if self._mapping.head_row is not None:
            if row.number < self._mapping.head_row:
                return None
            if row.number > self._mapping.head_row:
                self.missing()
            return self._whole(row)
        if row.number > TITLES:
            self.missing()
        known = self._known(row)
        if {name for _, name in known}.issuperset(self._mapping.required) and known:
            return self._whole(row)
        if self._best is None or len(known) > self._best[0]:
            self._best = (len(known), row)
        return None

    def missing(self) -> None:
        """Say what the row that is most like a head lacks. Raises `TableError`."""
        row = self._best[1] if self._best else Row(self._mapping.head_row or 1, {})
        self._whole(row)
        raise TableError(Reason("no head", "không có dòng tiêu đề"), row.number)

    def _known(self, row: Row) -> list[tuple[int, str]]:
        heads = self._mapping.heads
        texts = ((column, plain(cell)) for column, cell in sorted(row.cells.items()) if isinstance(cell, str))
        return [(column, heads[text]) for column, text in texts if text in heads]

    def _whole(self, row: Row) -> Head:
        columns: dict[str, int] = {}
        for column, name in self._known(row):
            if name in columns:
                both = f"{letters(columns[name])}{row.number}, {letters(column)}{row.number}"
                told = f"two columns of the same meaning: {both} ({name})"
                raise TableError(Reason(told, f"hai cột cùng nghĩa: {both} ({name})"), row.number)
            columns[name] = column
        if lacking := [name for name in self._mapping.required if name not in columns]:
            wanted = "; ".join(f"{name} ({' / '.join(self._mapping.columns[name][:3])})" for name in lacking)
            told = f"the head lacks the columns {wanted}"
            raise TableError(Reason(told, f"dòng tiêu đề thiếu cột {wanted}"), row.number)
        texts = {name: " ".join(str(row.cells[column]).split())[:80] for name, column in columns.items()}
        return Head(row.number, columns, texts)
