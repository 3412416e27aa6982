"""Builders of tables as offices send them: rows of applications, CSV of any encoding, workbooks of any oddity."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from ingest.contracts.envelope import decode_envelope
from ingest.contracts.registry import Data, decode
from ingest.files import Given, MappingFile
from ingest.files.portion import Placed, Portion
from ingest.registration import Source
from ingest.spreadsheet.portions import portions
from tests.onestop_records import SOURCE

WRITTEN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""When the files of the tests were written."""

HEADS = ["Mã hồ sơ", "Mã TTHC", "Mã lĩnh vực", "Mã đơn vị", "Trạng thái", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày trả"]
SMALL = """
event = "application"
dates = ["dd/MM/yyyy HH:mm", "dd/MM/yyyy"]
[columns]
application = ["Mã hồ sơ"]
procedure = ["Mã TTHC"]
field = ["Mã lĩnh vực"]
agency = ["Mã đơn vị"]
status = ["Trạng thái"]
received_at = ["Ngày tiếp nhận"]
due_at = ["Ngày hẹn trả"]
returned_at = ["Ngày trả"]
[hours]
due_at = "17:00"
returned_at = "17:00"
[codes.status]
"Đang xử lý" = 4
"Đã trả kết quả" = 10
"""
"""A mapping for tables with `HEADS`."""


def shipped(name: str) -> str:
    """The text of a mapping that is shipped."""
    return (files("ingest.spreadsheet.mappings") / f"{name}.toml").read_text(encoding="utf-8")


def a_row(number: int = 1, **changes: Any) -> list[Any]:
    """The cells of an application under `HEADS`; `changes` by the names of the fields, None for an empty cell."""
    cells = {
        "application": f"H52.17.18-240712-{number:04}",
        "procedure": "1.005129",
        "field": "G01-HT",
        "agency": "H52.17.18",
        "status": "Đã trả kết quả",
        "received_at": "12/07/2024 09:01",
        "due_at": "16/07/2024",
        "returned_at": "15/07/2024 10:00",
    } | changes
    return ["" if cell is None else cell for cell in cells.values()]


def a_csv(*rows: Sequence[Any], encoding: str = "utf-8", delimiter: str = ",", heads: Sequence[str] = HEADS) -> bytes:
    """A CSV with a head."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([heads, *rows])
    return text.getvalue().encode(encoding)


def a_workbook(*rows: Sequence[Any], heads: Sequence[str] = HEADS, merged: Iterable[str] = ()) -> bytes:
    """A workbook of one sheet with a head; `merged` are ranges."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [heads, *rows]:
        sheet.append(["" if cell is None else cell for cell in row])
    for one in merged:
        sheet.merge_cells(one)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def with_part(workbook: bytes, name: str, change: Mapping[str, str]) -> bytes:
    """The same workbook with texts replaced in one of its parts."""
    parts = _parts(workbook)
    for before, after in change.items():
        assert before.encode() in parts[name], f"{before} is not in {name}"
        parts[name] = parts[name].replace(before.encode(), after.encode())
    return _packed(parts)


def with_shared_texts(workbook: bytes) -> bytes:
    """The same workbook as Excel itself writes it: texts once, in a part of their own."""
    parts = _parts(workbook)
    texts: dict[bytes, int] = {}

    def shared(found: re.Match[bytes]) -> bytes:
        return b'%s t="s"><v>%d</v></c>' % (found[1], texts.setdefault(found[2], len(texts)))

    sheet, relations = "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"
    parts[sheet] = re.sub(rb'(<c r="[^"]*") t="inlineStr"><is><t>([^<]*)</t></is></c>', shared, parts[sheet])
    parts["xl/sharedStrings.xml"] = b"<sst>%s</sst>" % b"".join(b"<si><t>%s</t></si>" % text for text in texts)
    relation = b'<Relationship Id="rId99" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    parts[relations] = parts[relations].replace(b"</Relationships>", relation)
    return _packed(parts)


def _parts(workbook: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def _packed(parts: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


class Understanding:
    """What a table was understood as."""

    def __init__(self, found: Iterable[Portion]) -> None:
        self.portions = list(found)
        self.refused = sum(portion.refused for portion in self.portions)
        self.passed_over = sum(portion.passed_over for portion in self.portions)
        self.refusals: list[Placed] = [placed for portion in self.portions for placed in portion.refusals]
        understood = [each for portion in self.portions for each in portion.understood]
        self.rows = [each.line for each in understood]
        self.envelopes = [decode_envelope(each.entry.body) for each in understood]

    @property
    def data(self) -> list[Data]:
        """The data of the events."""
        return [decode(envelope) for envelope in self.envelopes]

    @property
    def fields(self) -> list[str]:
        """Where something was refused."""
        return [placed.refusal.field for placed in self.refusals]

    @property
    def reasons(self) -> str:
        """All reasons, in both languages."""
        return "\n".join(f"{placed.refusal.reason} / {placed.refusal.reason_vi}" for placed in self.refusals)


def understood(
    path: Path, content: bytes, mapping: str = SMALL, source: Source = SOURCE, done: int = 0
) -> Understanding:
    """What the bytes are understood as; they are written to `path`."""
    path.write_bytes(content)
    return Understanding(portions(path, Given(source, WRITTEN, MappingFile("m.toml", mapping)), done))
