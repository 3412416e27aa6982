"""Registers of procedures as the files that offices send, in the program's own columns."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from openpyxl import Workbook

from ingest.contracts.rules import Procedure

HEAD = (
    "code", "name", "field", "field_name", "level", "term", "term_unit", "fee", "online", "fee_online",
    "population_database", "certifies_copies", "publish_by", "published_on", "update_by", "updated_on", "complete",
)  # fmt: skip
Cell = str | int | float | bool | date | None


def cells_of(procedure: Procedure) -> list[Cell]:
    """The row of a procedure, with values of a workbook."""
    values = {name: getattr(procedure, name) for name in HEAD}
    return [int(value) if name == "level" else value for name, value in values.items()]


def as_csv(rows: Iterable[Sequence[Cell]], head: Sequence[str] = HEAD, delimiter: str = ",") -> bytes:
    """The rows as CSV in UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(head)
    writer.writerows([["" if cell is None else str(cell) for cell in row] for row in rows])
    return text.getvalue().encode()


def as_workbook(rows: Iterable[Sequence[Cell]], head: Sequence[str] = HEAD, above: int = 0) -> bytes:
    """The rows as XLSX, below `above` rows of titles."""
    book = Workbook()
    sheet = book.worksheets[0]
    for number in range(above):
        sheet.append([f"Title {number}"])
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
