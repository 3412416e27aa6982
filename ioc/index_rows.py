"""The rows of a file of official scores: CSV or the first sheet of an XLSX workbook, every cell as text."""

import csv
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO, StringIO
from typing import Final
from zipfile import BadZipFile

from ioc.errors import IocError

_LARGEST: Final = 16 * 1024 * 1024
_WORKBOOK: Final = b"PK\x03\x04"


class UnreadableFileError(IocError):
    """The file is neither CSV in UTF-8 nor an XLSX workbook."""


def rows_of(content: bytes) -> Sequence[Sequence[str]]:
    """The rows of a file, by its content. Raises `UnreadableFileError`."""
    if len(content) > _LARGEST:
        raise UnreadableFileError(f"the file is larger than {_LARGEST // 1024**2} MiB: no scores of a district are")
    return _of_workbook(content) if content.startswith(_WORKBOOK) else _of_csv(content)


def _of_csv(content: bytes) -> Sequence[Sequence[str]]:
    try:
        text = content.decode("utf-8-sig")
        # Excel in Vietnamese writes semicolons: what stands most often in the headers parts the columns.
        header = text.partition("\n")[0]
        return list(csv.reader(StringIO(text), delimiter=max(",;\t", key=header.count), strict=True))
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"the file is neither XLSX nor CSV in UTF-8: byte {error.start} is no letter"
        ) from None
    except csv.Error as error:
        raise UnreadableFileError(f"the file is no CSV: {error}") from None


def _of_workbook(content: bytes) -> Sequence[Sequence[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True)
        return [[_text(cell) for cell in row] for row in rows]
    except (BadZipFile, InvalidFileException, KeyError, IndexError, ValueError) as error:
        raise UnreadableFileError(f"the file is no XLSX workbook: {error}") from None


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return cell.date().isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)
