"""Spreadsheet and PDF say what the JSON says: to the byte, or figure by figure where rendered otherwise here."""

import io
from collections import Counter
from collections.abc import Mapping
from typing import Any
from zipfile import ZipFile

import msgspec
import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from stream.snapshot.content.canonical import read
from stream.snapshot.content.digests import code_version
from stream.snapshot.content.document import Snapshot
from stream.snapshot.render.rendering import render
from stream.snapshot.render.workbook.document import workbook_of
from stream.snapshot.seal.figures import numbers_of
from stream.snapshot.seal.findings import Finding
from stream.snapshot.seal.renderings import check_renderings, check_workbook
from tests.building.snapshots import a_snapshot


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    return render(a_snapshot())


@pytest.fixture(scope="module")
def snapshot(files: Mapping[str, bytes]) -> Snapshot:
    return read(files["snapshot.json"])


def by(code: str, snapshot: Snapshot) -> Snapshot:
    """The snapshot as a program of this version made it."""
    return msgspec.structs.replace(snapshot, rules=msgspec.structs.replace(snapshot.rules, code=code))


def codes(found: Any) -> set[str]:
    return {each.code for each in found}


def edited(body: bytes, change: Mapping[str, Any], sheet: int = 1) -> bytes:
    """The workbook as somebody saved it after changing cells of a sheet."""
    book = load_workbook(io.BytesIO(body), data_only=True)
    for place, value in change.items():
        book.worksheets[sheet][place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def number_cell(body: bytes, sheet: int = 1) -> tuple[str, float]:
    """The first cell of a sheet with a number that stands for itself."""
    book = load_workbook(io.BytesIO(body), data_only=True)
    cells = (cell for row in book.worksheets[sheet].iter_rows(min_row=12) for cell in row)
    return next((each.coordinate, each.value) for each in cells if isinstance(each.value, int) and each.value > 20)


def test_what_was_rendered_here_is_the_same_to_the_byte(files: Mapping[str, bytes], snapshot: Snapshot) -> None:
    found = list(check_renderings(snapshot, files))
    assert [(each.code, each.where) for each in found] == [
        ("rendering.same", "snapshot.xlsx"), ("rendering.same", "snapshot.pdf"),
    ]  # fmt: skip


def test_a_spreadsheet_in_other_bytes_is_compared_cell_by_cell(files: Mapping[str, bytes], snapshot: Snapshot) -> None:
    [told] = check_workbook(snapshot, edited(files["snapshot.xlsx"], {}))
    assert (told.code, told.severity, told.facts["figures"] > 300) == ("rendering.cells", "warning", True)


def test_a_changed_number_is_named_by_its_cell(files: Mapping[str, bytes], snapshot: Snapshot) -> None:
    snapshot = by(code_version(), snapshot)
    place, value = number_cell(files["snapshot.xlsx"])
    [wrong] = check_workbook(snapshot, edited(files["snapshot.xlsx"], {place: value + 1}))
    assert (wrong.code, wrong.severity) == ("rendering.figure", "error")
    assert wrong.facts["path"].endswith(f"!{place}")
    assert (wrong.facts["sealed"], wrong.facts["is_now"]) == (value, value + 1)
    as_text = edited(files["snapshot.xlsx"], {place: str(value)})
    [told] = check_workbook(snapshot, as_text)
    assert (told.code, told.facts["is_now"]) == ("rendering.figure", f"“{value}”")


def cells_with(body: bytes, value: float) -> list[tuple[int, str]]:
    """Where a number stands: sheets and places."""
    book = load_workbook(io.BytesIO(body), data_only=True)
    return [
        (number, cell.coordinate)
        for number, sheet in enumerate(book.worksheets)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == value and not isinstance(cell.value, bool)
    ]


def test_another_program_may_write_other_cells_and_no_program_may_lose_a_figure(
    files: Mapping[str, bytes], snapshot: Snapshot
) -> None:
    body, elder = files["snapshot.xlsx"], by("0.0.9+0123456789ab", snapshot)
    needed = Counter(value for value in numbers_of(snapshot).values() if value)
    places = {value: cells_with(body, value) for value in needed}
    sheet, place = next(found[0] for value, found in places.items() if len(found) > needed[value])
    more_often = edited(body, {place: 987_654_321}, sheet)
    assert codes(check_workbook(elder, more_often)) == {"rendering.counted"}
    assert codes(check_workbook(by(code_version(), snapshot), more_often)) == {"rendering.figure"}
    [(sheet, place)] = next(found for value, found in places.items() if len(found) == needed[value] == 1)
    assert codes(check_workbook(elder, edited(body, {place: 987_654_321}, sheet))) == {"rendering.lacks"}


def test_a_spreadsheet_laid_out_otherwise_has_to_have_every_figure(snapshot: Snapshot) -> None:
    moved = edited(workbook_of(snapshot), {"Z99": "a cell that this version does not write"}, sheet=0)
    [told] = check_workbook(snapshot, moved)
    assert (told.code, told.severity, told.facts["figures"] > 300) == ("rendering.counted", "warning", True)
    figures = tuple(
        msgspec.structs.replace(each, value=210_987) if (each.kpi, each.unit) == ("received_month", None) else each
        for each in snapshot.figures
    )
    wrong: list[Finding] = list(check_workbook(msgspec.structs.replace(snapshot, figures=figures), moved))
    assert [(each.code, each.facts["path"]) for each in wrong] == [("rendering.lacks", "kpi/received_month/area")]


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_true_figures_on_hidden_sheets_behind_other_ones_prove_nothing(
    files: Mapping[str, bytes], snapshot: Snapshot
) -> None:
    book = load_workbook(io.BytesIO(files["snapshot.xlsx"]), data_only=True)
    for sheet in book.worksheets:
        sheet.sheet_state = "hidden"
    book.create_sheet("Số liệu", 0)["A1"] = 0.999
    book.active = 0
    found = list(check_workbook(snapshot, saved(book)))
    assert {(each.code, each.severity) for each in found} == {("rendering.unseen", "error")}
    assert len(found) == len(book.worksheets) - 1


def test_a_comment_a_hidden_row_and_a_macro_are_found(files: Mapping[str, bytes], snapshot: Snapshot) -> None:
    book = load_workbook(io.BytesIO(files["snapshot.xlsx"]), data_only=True)
    sheet = book.worksheets[1]
    sheet["B12"].comment = Comment("thật ra là 99 %", "ai đó")
    sheet.row_dimensions[15].hidden = True
    sheet.column_dimensions["C"].hidden = True
    body = io.BytesIO(saved(book))
    with ZipFile(body, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    found = {each.facts["what"] for each in check_workbook(snapshot, body.getvalue())}
    assert found >= {"xl/vbaProject.bin", f"{sheet.title}!15 (hidden)", f"{sheet.title}!C (hidden)"}
    assert any("comment" in each for each in found)


@pytest.mark.parametrize("body", [b"", b"no spreadsheet", b"PK\x03\x04" + bytes(100)], ids=["empty", "text", "zip"])
def test_what_is_no_spreadsheet_is_said(snapshot: Snapshot, body: bytes) -> None:
    assert codes(check_workbook(snapshot, body)) == {"rendering.unreadable"}
