"""Tables and mappings of any bytes at all: each is understood or refused by name, and never ends the program."""

import io
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.spreadsheet.mapping_file import read_mapping
from ingest.spreadsheet.problems import MappingError
from tests.building.fuzz import fuzzing
from tests.building.sheets import HEADS, SMALL, Understanding, a_csv, a_row, a_workbook, understood, with_shared_texts

SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = with_shared_texts(a_workbook(a_row(1), a_row(2), merged=["D2:D3"]))
PARTS = {
    info.filename: zipfile.ZipFile(io.BytesIO(WORKBOOK)).read(info)
    for info in zipfile.ZipFile(io.BytesIO(WORKBOOK)).infolist()
}
CSV = a_csv(a_row(1), a_row(2, status="Đang xử lý"), a_row(3, due_at=None))
FAMILIAR = [
    "12/07/2024 09:01", "31/02/2024", "1.005129", "H52.17.18", "Đang xử lý", "=1+1", '"', "\ufffd", "x" * 300, "0" * 40,
    "١٢/٠٧/٢٠٢٤", "evaluation/1", "99999999999999999999", "1e999", "\x00",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=40), st.sampled_from(FAMILIAR))
CELLS = st.one_of(
    TEXTS, st.floats(allow_nan=False, allow_infinity=False), st.integers(-(10**20), 10**20), st.booleans(), st.none()
)

KINDS = st.sampled_from(["n", "s", "str", "b", "e", "d", "inlineStr", "?"])


@st.composite
def mutated(draw: st.DrawFn, content: bytes) -> bytes:
    """The bytes with some of them changed, taken out or put in."""
    found = bytearray(content)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(found)))
        found[at : at + draw(st.integers(0, 20))] = draw(st.binary(max_size=20))
    return bytes(found)


@pytest.fixture(scope="module")
def path() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "t"


def check(found: Understanding) -> None:
    """Every row is an event or a refusal, and a refusal is a sentence in both languages."""
    assert found.portions
    for _, refusal in found.refusals:
        assert refusal.field
        assert refusal.reason
        assert refusal.reason_vi
    assert found.refused <= len(found.refusals)
    assert bool(found.refused) == bool(found.refusals)
    assert found.data is not None, "what goes into the log can be read again"


@fuzzing
@given(st.one_of(st.binary(max_size=400), mutated(CSV), mutated(a_csv(a_row(1), encoding="utf-16"))))
@example(b"\xff\xfe")
@example(b"\xff\xfe\x00")
@example(b"sep=;")
@example(b"PK\x05\x06" + bytes(18))
def test_bytes_that_may_be_a_csv(path: Path, content: bytes) -> None:
    check(understood(path, content))


@fuzzing
@given(
    st.lists(st.lists(TEXTS, min_size=len(HEADS), max_size=len(HEADS)), max_size=4),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be"]),
)
def test_rows_of_any_texts(path: Path, rows: list[list[str]], delimiter: str, encoding: str) -> None:
    texts = [[cell.encode("utf-8", "replace").decode() for cell in row] for row in rows]
    found = understood(path, a_csv(*texts, delimiter=delimiter, encoding=encoding))
    check(found)
    assert len(found.envelopes) + found.refused <= len(rows)


@fuzzing
@given(mutated(WORKBOOK))
@example(WORKBOOK[100:])
def test_bytes_that_may_be_a_workbook(path: Path, content: bytes) -> None:
    check(understood(path, content))


@fuzzing
@given(st.data(), st.sampled_from([name for name in PARTS if "theme" not in name and "docProps" not in name]))
def test_workbooks_with_a_broken_part(path: Path, data: st.DataObject, name: str) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for each, content in PARTS.items():
            archive.writestr(each, data.draw(mutated(content)) if each == name else content)
    check(understood(path, written.getvalue()))


@fuzzing
@given(st.lists(st.tuples(CELLS, KINDS, st.integers(-1, 9)), min_size=1, max_size=len(HEADS)))
def test_cells_of_any_type(path: Path, cells: list[tuple[object, str, int]]) -> None:
    def xml(text: object) -> str:
        sign = "".join(each for each in str(text) if each.isprintable())
        return sign.encode("utf-8", "replace").decode().replace("&", "&amp;").replace("<", "&lt;")

    row = "".join(
        f'<c r="{chr(65 + place)}3" t="{kind}" s="{style}">{"<f>1</f>" if style == 1 else ""}<v>{xml(cell)}</v></c>'
        for place, (cell, kind, style) in enumerate(cells)
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for each, content in PARTS.items():
            text = content.decode().replace("</sheetData>", f'<row r="99">{row.replace("3", "99")}</row></sheetData>')
            archive.writestr(each, text if each == SHEET else content)
    check(understood(path, written.getvalue()))


@fuzzing
@given(st.one_of(st.text(max_size=300), mutated(SMALL.encode()).map(lambda found: found.decode("utf-8", "replace"))))
@example("event = 'application'\ncolumns = 3\ncodes = []\nhours = 1\ndates = 'x'\n")
@example("[" * 5000)
@example("a." * 5000 + "b = 1")
def test_texts_that_may_be_a_mapping(path: Path, text: str) -> None:
    try:
        read_mapping("m.toml", text)
    except MappingError as error:
        assert error.problems  # noqa: PT017 - a mapping may be right too
        return
    check(understood(path, CSV, text))
