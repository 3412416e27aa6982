"""Workbooks: dates of Excel, formulas, merged cells, several sheets, hidden rows, and files that mean harm."""

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ingest.contracts.onestop import ApplicationRecorded
from tests.building.sheets import (
    HEADS,
    SMALL,
    Understanding,
    a_row,
    a_workbook,
    saved,
    understood,
    with_part,
    with_shared_texts,
)

SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
WHEN = datetime(2024, 7, 12, 9, 1)  # noqa: DTZ001 - Excel knows no zone


def received(found: Understanding) -> list[str]:
    assert found.refusals == []
    return [f"{data.received_at:%d/%m %H:%M}" for data in found.data if isinstance(data, ApplicationRecorded)]


def test_a_date_of_the_workbook_is_a_date_whatever_the_mapping_allows(tmp_path: Path) -> None:
    assert received(understood(tmp_path / "t", a_workbook(a_row(received_at=WHEN)))) == ["12/07 02:01"]


def test_the_epoch_of_1904_is_known(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    for row in [HEADS, a_row(received_at=WHEN)]:
        sheet.append(row)
    assert received(understood(tmp_path / "t", saved(book))) == ["12/07 02:01"]


def test_a_bare_number_of_days_is_a_date_only_where_the_mapping_says_so(tmp_path: Path) -> None:
    content = a_workbook(a_row(received_at=45485.375694444))
    assert "excel-serial" in understood(tmp_path / "t", content).reasons
    allowed = SMALL.replace('"dd/MM/yyyy"]', '"dd/MM/yyyy", "excel-serial"]')
    assert received(understood(tmp_path / "t", content, allowed)) == ["12/07 02:01"]


def test_a_number_that_only_looks_like_money_or_percent_is_no_date(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADS)
    sheet.append(a_row(received_at=45485.5))
    sheet["F2"].number_format = '#,##0 "đồng"'
    assert understood(tmp_path / "t", saved(book)).refused == 1


def test_the_stored_value_of_a_formula_counts_and_one_without_is_refused(tmp_path: Path) -> None:
    content = a_workbook(a_row(1, application='="H52-"&"1"'), a_row(2))
    bare = understood(tmp_path / "t", content)
    assert (bare.fields, bare.rows) == (["A2 (Mã hồ sơ)"], [3])
    assert "open the file in Excel, save it" in bare.reasons
    value = '<c r="A2" t="str"><f>1</f><v>H52-1</v></c><c r="Z2"><f>1</f>'
    stored = with_part(content, SHEET, {'<c r="A2"><f>"H52-"&amp;"1"</f>': value})
    assert understood(tmp_path / "t", stored).envelopes[0].subject == "H52-1"


def test_an_error_of_excel_is_refused_by_its_cell(tmp_path: Path) -> None:
    found = understood(tmp_path / "t", a_workbook(a_row(1, procedure="#N/A"), a_row(2)))
    assert (found.fields, found.rows) == (["B2 (Mã TTHC)"], [3])
    assert "#N/A" in found.reasons


def test_merged_cells_are_refused_unless_the_mapping_fills_them(tmp_path: Path) -> None:
    rows = [a_row(number, agency="H52.17.18" if number == 1 else None) for number in (1, 2, 3)]
    content = a_workbook(*rows, a_row(4), merged=["D2:D4"])
    refused = understood(tmp_path / "t", content)
    assert (refused.rows, refused.fields) == ([2, 5], ["D3 (Mã đơn vị)", "D4 (Mã đơn vị)"])
    assert "merged" in refused.reasons
    filled = understood(tmp_path / "t", content, 'merged = ["agency"]\n' + SMALL)
    assert filled.rows == [2, 3, 4, 5]
    assert len({getattr(data, "agency", None) for data in filled.data}) == 1


def test_cells_merged_across_columns_are_never_filled(tmp_path: Path) -> None:
    row = a_row(1, due_at=None)
    content = a_workbook(row, merged=["F2:G2"])
    found = understood(tmp_path / "t", content, 'merged = ["received_at", "due_at"]\n' + SMALL)
    assert found.fields == ["G2 (Ngày hẹn trả)"]


def test_merged_ranges_that_lie_over_each_other_are_refused_before_they_cost_anything(tmp_path: Path) -> None:
    ranges = "".join(f'<mergeCell ref="A2:H{1_000_000 + number}"/>' for number in range(2000))
    merged = f'</sheetData><mergeCells count="2000">{ranges}</mergeCells>'
    content = with_part(a_workbook(*map(a_row, range(50))), SHEET, {"</sheetData>": merged})
    assert "over each other" in understood(tmp_path / "t", content).reasons


def test_a_row_that_only_a_merged_range_runs_through_is_no_record(tmp_path: Path) -> None:
    nothing = [None] * 8
    content = a_workbook(a_row(1), nothing, nothing, merged=["D2:D4"])
    found = understood(tmp_path / "t", content, 'merged = ["agency"]\n' + SMALL)
    assert (found.rows, found.refusals) == ([2], [])


def test_the_mapping_names_the_sheet_else_it_is_the_first(tmp_path: Path) -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    first.append(["nothing"])
    second = book.create_sheet("Hồ sơ tháng 7")
    for row in [HEADS, a_row()]:
        second.append(row)
    content = saved(book)
    assert "the head lacks" in understood(tmp_path / "t", content).reasons
    assert understood(tmp_path / "t", content, 'sheet = "ho so thang 7"\n' + SMALL).rows == [2]
    assert "no sheet 'x' among its 2" in understood(tmp_path / "t", content, 'sheet = "x"\n' + SMALL).reasons


def test_hidden_rows_are_rows(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [HEADS, a_row(1), a_row(2)]:
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    assert understood(tmp_path / "t", saved(book)).rows == [2, 3]


def test_rows_that_are_not_written_are_counted(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for place, row in ((3, HEADS), (7, a_row(1)), (9, a_row(2, status="?"))):
        for column, cell in enumerate(row, start=2):
            sheet.cell(place, column, cell)
    found = understood(tmp_path / "t", saved(book))
    assert (found.rows, found.fields) == ([7], ["F9 (Trạng thái)"])


def test_texts_that_cells_share_are_read_without_how_they_are_spoken(tmp_path: Path) -> None:
    content = with_shared_texts(a_workbook(a_row(1), a_row(2, application="H52-2 &lt;x&gt;")))
    assert understood(tmp_path / "t", content).envelopes[0].subject == "H52.17.18-240712-0001"
    rich = "<si><r><t>H52.17.18</t></r><r><t>-240712-0009</t></r><rPh sb='0' eb='1'><t>spoken</t></rPh></si>"
    content = with_part(content, TEXTS, {"<si><t>H52.17.18-240712-0001</t></si>": rich})
    assert understood(tmp_path / "t", content).envelopes[0].subject == "H52.17.18-240712-0009"


def test_a_cell_whose_text_the_workbook_does_not_have_is_refused(tmp_path: Path) -> None:
    content = with_part(with_shared_texts(a_workbook(a_row())), SHEET, {'<c r="B2" t="s"><v>': '<c r="B2" t="s"><v>99'})
    assert understood(tmp_path / "t", content).fields == ["B2 (Mã TTHC)"]


def test_elements_with_a_prefix_are_read(tmp_path: Path) -> None:
    content = with_shared_texts(a_workbook(a_row()))
    for part in (SHEET, TEXTS):
        names = ("sst", "si", "t", "worksheet", "sheetData", "row", "c", "v")
        text = zipfile.ZipFile(io.BytesIO(content)).read(part).decode()
        found = re.sub(rf"<(/?)({'|'.join(names)})(?=[ />])", r"<\1x:\2", text).replace("xmlns=", "xmlns:x=")
        content = with_part(content, part, {text: found})
    assert understood(tmp_path / "t", content).envelopes[0].subject == "H52.17.18-240712-0001"


@pytest.mark.parametrize(
    ("part", "change", "said"),
    [
        (SHEET, {"<worksheet": "<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet"}, "document type"),
        (SHEET, {"</sheetData>": "</sheet>"}, "XML can't be read"),
        (SHEET, {'<row r="3"': '<row r="1"'}, "out of order"),
        ("xl/workbook.xml", {"<sheet ": "<sheat "}, "no sheet"),
        ("xl/_rels/workbook.xml.rels", {"sheet1.xml": "sheet9.xml"}, "no sheet"),
    ],
)
def test_a_workbook_that_is_broken_is_refused_by_name(
    tmp_path: Path, part: str, change: dict[str, str], said: str
) -> None:
    found = understood(tmp_path / "t", with_part(a_workbook(a_row(1), a_row(2)), part, change))
    assert said in found.reasons
    assert found.refused == 1


def test_what_stood_above_the_break_of_a_workbook_is_taken(tmp_path: Path) -> None:
    content = a_workbook(*[a_row(number) for number in range(3000)])
    found = understood(tmp_path / "t", with_part(content, SHEET, {'<row r="2900"': '<row r="2900"><<'}))
    assert found.refused == 1
    assert len(found.envelopes) > 2000


def test_a_file_that_is_cut_off_is_no_workbook(tmp_path: Path) -> None:
    content = a_workbook(a_row())
    found = understood(tmp_path / "t", content[: len(content) // 2])
    assert "not a whole one" in found.reasons


def a_bomb(name: str, megabytes: int, content: bytes) -> bytes:
    """A workbook of which one part unpacks to a lot."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(with_shared_texts(a_workbook(a_row())))) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info))
        with new.open(name, "w") as part:
            begin, block, end = content.split(b"|")
            part.write(begin)
            for _ in range(megabytes):
                part.write(block * ((1 << 20) // len(block)))
            part.write(end)
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (TEXTS, b"<sst>|<si><t>" + b"x" * 2000 + b"</t></si>|</sst>", "too much text"),
        (SHEET, b"<worksheet><sheetData>|<row|</sheetData></worksheet>", "XML can't be read"),
        (SHEET, b"<worksheet><sheetData><row r='|1|'/></sheetData></worksheet>", "unpacks to too much"),
    ],
)
def test_a_bomb_is_refused_before_it_bursts(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    bomb = a_bomb(name, 110 if name == TEXTS else 20, content)
    assert len(bomb) < 1 << 20
    assert said in understood(tmp_path / "t", bomb).reasons


def test_two_cells_that_lie_far_apart_cost_nothing(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [HEADS, a_row()]:
        sheet.append(row)
    sheet["XFD1048576"] = "far"
    assert understood(tmp_path / "t", saved(book)).rows == [2]
