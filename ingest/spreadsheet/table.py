"""The records of a file that is a table: CSV or XLSX by what is in it, whatever it is called."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple
from zipfile import ZipFile

from ingest.refusal import Reason
from ingest.spreadsheet import sheet, text
from ingest.spreadsheet.archive import LARGEST, chunks, has, opened
from ingest.spreadsheet.cells import Row, is_empty
from ingest.spreadsheet.head import Head, HeadFinder
from ingest.spreadsheet.mapping import Mapping
from ingest.spreadsheet.merged import Merging, read_merged
from ingest.spreadsheet.problems import TableError
from ingest.spreadsheet.workbook import read_workbook

_WORKBOOK: Final = b"PK"
_NO_TABLES: Final = (
    (b"\xd0\xcf\x11\xe0", Reason(
        "an old workbook (.xls), or one with a password: save it as .xlsx without one",
        "tệp .xls cũ hoặc có mật khẩu: hãy lưu lại dạng .xlsx, không đặt mật khẩu")),
    (b"%PDF", Reason(
        "a PDF: send the table itself (.xlsx or CSV)", "tệp PDF: hãy gửi chính bảng dữ liệu (.xlsx hoặc CSV)")),
)  # fmt: skip
_HTML: Final = Reason(
    "a web page that is called a workbook: open it in Excel and save it as .xlsx",
    "trang web đặt tên như tệp Excel: hãy mở bằng Excel rồi lưu lại dạng .xlsx",
)
_ODS: Final = Reason("an OpenDocument table: save it as .xlsx", "tệp OpenDocument: hãy lưu lại dạng .xlsx")
_EMPTY: Final = Reason("empty", "tệp rỗng")
_LARGE: Final = Reason(f"over {LARGEST >> 20} MB: send it in parts", f"lớn hơn {LARGEST >> 20} MB: hãy chia nhỏ tệp")


class RecordRow(NamedTuple):
    """A row below the head in which something stands, and how much of the file was read: a share from 0 to 1."""

    row: Row
    head: Head
    share: float


def records(path: Path, mapping: Mapping) -> Iterator[RecordRow]:
    """The rows below the head. Raises `TableError` where the file, or the rest of it, can't be read as a table."""
    size = path.stat().st_size
    with path.open("rb") as file:
        top = file.read(1024)
    if not top.strip():
        raise TableError(_EMPTY)
    if size > LARGEST:
        raise TableError(_LARGE)
    for begin, reason in _NO_TABLES:
        if top.startswith(begin):
            raise TableError(reason)
    if top.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise TableError(_HTML)
    yield from _of_workbook(path, mapping) if top.startswith(_WORKBOOK) else _of_text(path, mapping, size)


def _of_text(path: Path, mapping: Mapping, size: int) -> Iterator[RecordRow]:
    finder, head = HeadFinder(mapping), None
    for row, read in text.rows(path, mapping):
        if head is None:
            head = finder.look(row)
        elif not all(is_empty(row.cells.get(column)) for column in head.columns.values()):
            yield RecordRow(row, head, read / size)
    if head is None:
        finder.missing()


def _of_workbook(path: Path, mapping: Mapping) -> Iterator[RecordRow]:
    with opened(path) as archive:
        if has(archive, "mimetype") and b"opendocument" in next(chunks(archive, "mimetype"), b""):
            raise TableError(_ODS)
        yield from _of_sheet(archive, mapping)


def _of_sheet(archive: ZipFile, mapping: Mapping) -> Iterator[RecordRow]:
    book = read_workbook(archive, mapping.sheet)
    merging = Merging(read_merged(archive, book.part))
    size = max(archive.getinfo(book.part).file_size, 1)
    finder, head = HeadFinder(mapping), None
    wanted: set[int] = set()
    filled: frozenset[int] = frozenset()
    for row, read in sheet.rows(archive, book, wanted):
        if head is None:
            head = finder.look(row)
            if head is not None:
                wanted.update(head.columns.values())
                filled = frozenset(head.columns[name] for name in mapping.merged if name in head.columns)
            continue
        blank = all(is_empty(row.cells.get(column)) for column in wanted)
        merging.apply(row, wanted, filled)
        if not blank:
            yield RecordRow(row, head, read / size)
    if head is None:
        finder.missing()
