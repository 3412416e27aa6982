"""The rows of a file of official scores, CSV or XLSX, every cell as text."""

from collections.abc import Sequence
from datetime import date

from ingest.rules.cells import Cell
from ingest.rules.table import read_rows
from stream.index.official_file import Row


def rows_of(content: bytes, name: str) -> Sequence[Row]:
    """The rows of a file that are not empty, with their numbers. Raises `RulesFileError` for what is no table."""
    return [Row(number, [_text(cell) for cell in cells]) for number, cells in read_rows(content, name)]


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)
