"""A snapshot as a workbook: what a clerk finds on its sheets, and that nothing can be overlooked or run away."""

import zipfile
from io import BytesIO
from typing import Literal

import msgspec
import pytest
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.worksheet import Worksheet

from stream.kpi.definition import Bilingual
from stream.snapshot.content.document import QuarantineFacts, Section, SourceFacts, UnitFacts
from stream.snapshot.render.workbook import restated
from stream.snapshot.render.workbook.document import workbook_of
from stream.snapshot.render.workbook.sheet_names import SheetNames
from tests.building.snapshots import a_form, a_restated_snapshot, a_row, a_snapshot, a_witness, cells_of
from tests.building.workbooks import books_of, forms_of, rows_of

CALM = a_witness(late=(), late_seconds=0, missing=())


def texts(sheet: Worksheet) -> str:
    return "\n".join(str(cell) for row in rows_of(sheet) for cell in row if cell is not None)


def page_text(part: HeaderFooterItem | None, side: Literal["left", "right"]) -> str:
    return str(getattr(part, side).text)


def cover_of(content: bytes) -> str:
    return texts(books_of(content).values["Trang bìa"])


def test_the_same_snapshot_gives_the_same_bytes_and_another_moment_others() -> None:
    first, again = workbook_of(a_snapshot()), workbook_of(a_snapshot())
    assert first == again
    assert first != workbook_of(a_snapshot(witness=a_witness(taken_at="2026-11-16T11:02:08+07:00")))
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_sheets_stand_in_the_order_in_which_they_are_read() -> None:
    assert books_of(workbook_of(a_restated_snapshot())).values.sheetnames == [
        "Trang bìa", "Điều chỉnh", "II.06a", "Tổng hợp đơn vị", "03980 Phường Mộc Châu", "03982 Phường Thảo Nguyên",
        "Một cửa", "Văn bản", "Hội nghị trực tuyến", "Chỉ số 766", "Diễn biến theo ngày", "Biểu đồ", "Nguồn và cách ly",
        "Định nghĩa", "Cắt",
    ]  # fmt: skip


def test_the_cover_says_what_it_is_and_how_to_verify_it() -> None:
    said = cover_of(workbook_of(a_snapshot()))
    for text in (
        "BÁO CÁO THÁNG (KỲ THEO NGHỊ ĐỊNH 09/2019/NĐ-CP)", "Tháng 11 năm 2026",
        "(từ ngày 15/10/2026 đến hết ngày 14/11/2026)", "23:59:59 ngày 14/11/2026", "08:00:00 ngày 16/11/2026",
        "3 đơn vị, theo địa giới có hiệu lực từ ngày 01/07/2025", "chương trình 1.0.0+g1a2b3c4",
        "ioc verify moc-chau-statutory-month-2026-11-v1.zip", "Xã Lóng Sập (chưa có dữ liệu nào)",
    ):  # fmt: skip
        assert text in said


def test_what_is_partial_and_late_says_so_on_the_cover_on_each_form_and_on_each_page() -> None:
    book = books_of(workbook_of(a_snapshot())).values
    said = texts(book["Trang bìa"])
    assert "SỐ LIỆU CHƯA ĐẦY ĐỦ" in said
    assert "Thiếu 2 nguồn: spreadsheet-04045, edxml-axis." in said
    assert "Muộn 3 giờ 2 phút. Lý do: Chờ nguồn số liệu đến muộn." in said
    for sheet in book.worksheets:
        assert "SỐ LIỆU CHƯA ĐẦY ĐỦ · LẬP MUỘN" in page_text(sheet.oddFooter, "left")
        assert "SỐ LIỆU CHƯA ĐẦY ĐỦ" in texts(sheet) or sheet.title == "Biểu đồ"
    assert book["II.06a"]["A3"].value == "SỐ LIỆU CHƯA ĐẦY ĐỦ · LẬP MUỘN"


def test_what_is_neither_says_that_and_bears_no_mark() -> None:
    book = books_of(workbook_of(a_snapshot(witness=CALM))).values
    assert "Bản chính thức, đủ nguồn số liệu, lập đúng giờ" in texts(book["Trang bìa"])
    assert not any("CHƯA ĐẦY ĐỦ" in texts(sheet) for sheet in book.worksheets)
    assert book["II.06a"]["A3"].value is None


def test_a_draft_is_no_report_and_cannot_be_verified() -> None:
    said = cover_of(workbook_of(a_snapshot(draft=True)))
    assert "BẢN NHÁP" in said
    assert "ioc verify" not in said


def test_a_restatement_tells_each_difference_with_its_cases() -> None:
    books = books_of(workbook_of(a_restated_snapshot()))
    rows = [row[:7] for row in rows_of(books.values["Điều chỉnh"])]
    assert ["1", "Hồ sơ tiếp nhận trong tháng", "Phường Mộc Châu", 126, 128, 2, None] in rows
    assert [None, "H52.17.18-261020-0007", None, None, None, 1, "09:12:33,120 ngày 17/11/2026"] in rows
    ratio = next(row for row in rows if row[0] == "2")
    assert ratio[2:6] == ["Khu vực Mộc Châu", "–", 0.95, "–"]
    assert any(row[1] == "và 214 trường hợp khác" for row in rows)
    assert "BẢN ĐIỀU CHỈNH SỐ 2" in texts(books.values["Trang bìa"])
    at = next(n for n, row in enumerate(rows, 1) if row[0] == "1")
    assert books.formulas["Điều chỉnh"][f"F{at}"].value == f"=E{at}-D{at}"


def test_a_restatement_of_a_great_many_cases_names_some_of_each_figure_and_where_the_others_stand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(restated, "CASE_ROWS", 200)
    restates = a_restated_snapshot().restates
    assert restates is not None
    case = restates.differences[0].cases[0]
    many = msgspec.structs.replace(restates.differences[0], cases=(case,) * 200, others=7)
    made = a_restated_snapshot(restates=msgspec.structs.replace(restates, differences=(many,) * 2))
    rows = rows_of(books_of(workbook_of(made)).values["Điều chỉnh"])
    assert sum(row[1] == case.case for row in rows) == 2 * 100
    last = "và 107 trường hợp khác (mã của 100 trường hợp trong số đó có trong snapshot.json)"
    assert sum(row[1] == last for row in rows) == 2


def test_no_data_is_a_dash_with_the_reason_and_never_zero() -> None:
    sheet = books_of(workbook_of(a_snapshot())).values["Một cửa"]
    row = next(row for row in rows_of(sheet) if str(row[1]).startswith("Tỷ lệ"))
    assert row[-1] == "–"
    assert "\n– : " in row[1]


def test_a_text_of_a_source_is_never_a_formula_a_link_or_a_number() -> None:
    evil = '=HYPERLINK("http://x")'
    form = a_form(None, [a_row("commune", "1", evil, cells_of(3, 0, 0, early=1, late=0, over=0))])
    source = SourceFacts(source="=1+1", kind="@SUM(A1)", units=("03980",), state="live", last_known_at=None)
    made = a_snapshot(
        forms=(form,),
        quarantine=tuple(QuarantineFacts(reason=reason, records=1, waiting=1) for reason in ("+1", "http://x")),
        witness=a_witness(sources=(source,), missing=("=1+1",)),
    )
    books = books_of(workbook_of(made))
    assert forms_of(books.formulas)[None].rows[1][0] == evil
    for sheet in books.formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value in {evil, "=1+1", "@SUM(A1)", "+1", "http://x"}:
                    assert (cell.data_type, cell.hyperlink) == ("s", None)


def test_each_sheet_is_set_up_for_a4_with_its_heading_on_every_page() -> None:
    for sheet in books_of(workbook_of(a_snapshot())).values.worksheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.print_title_rows
        assert "Trang &P/&N" in page_text(sheet.oddFooter, "right")
        assert "moc-chau-statutory-month-2026-11-v1" in page_text(sheet.oddHeader, "right")


def test_a_unit_of_which_nothing_is_known_has_dashes_among_the_others() -> None:
    rows = rows_of(books_of(workbook_of(a_snapshot())).values["Tổng hợp đơn vị"])
    silent = next(row for row in rows if row[1] == "Xã Lóng Sập (04045)")
    assert silent[2:] == ["–"] * 11
    empty = a_form("04045", [], heard="2026-01-05")
    made = a_snapshot(forms=(*a_snapshot().forms[:3], empty))
    rows = rows_of(books_of(workbook_of(made)).values["Tổng hợp đơn vị"])
    assert next(row for row in rows if row[1] == "Xã Lóng Sập (04045)")[2:] == [0] * 11


def test_a_level_whose_rows_come_to_nothing_keeps_its_rows() -> None:
    rows = [
        a_row("commune", "1", "Hộ tịch", (1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0)),
        a_row("commune", "2", "Đất đai", (-1, -1, 0, 0, -1, -1, 0, 0, 0, 0, 0)),
    ]
    made = a_snapshot(forms=(a_form(None, rows, levels=()),))
    names = [name for name, _ in forms_of(books_of(workbook_of(made)).values)[None].rows]
    assert names == ["Cấp xã", "Hộ tịch", "Đất đai", "Tổng số"]


def test_a_snapshot_without_units_index_or_series_is_a_workbook_too() -> None:
    whole = a_snapshot()
    made = a_snapshot(
        units=(), index=(), series=(), quarantine=(), kpis=(), sections=(), figures=(), forms=whole.forms[:1],
        witness=a_witness(sources=(), missing=(), figures=()),
    )  # fmt: skip
    assert books_of(workbook_of(made)).values.sheetnames == [
        "Trang bìa", "II.06a", "Nguồn và cách ly", "Định nghĩa", "Cắt",
    ]  # fmt: skip


def test_a_kpi_of_no_section_is_shown_with_the_others() -> None:
    made = a_snapshot(sections=(Section(id="one", title=Bilingual("Một", "One"), kpis=("received_month", "nowhere")),))
    rows = rows_of(books_of(workbook_of(made)).values["Chỉ tiêu khác"])
    assert sum(1 for row in rows if str(row[0]).isdigit()) == len(made.kpis) - 1


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("03980 Phường Mộc Châu", "03980 Phường Mộc Châu"),
        ("Nghị quyết [1]: a/b\\c*d?", "Nghị quyết -1- a-b-c-d-"),
        ("Chất lượng đường truyền hội nghị trực tuyến", "Chất lượng đường truyền hội…"),
        ("'", "Trang"),
        ("History", "History (2)"),
        ("x" * 40, "x" * 31),
    ],
)
def test_a_sheet_is_named_as_excel_allows(wanted: str, name: str) -> None:
    assert SheetNames().take(wanted) == name


def test_no_two_sheets_bear_one_name() -> None:
    names = SheetNames()
    assert [names.take(each) for each in ("Cắt", "cắt", "CẮT")] == ["Cắt", "cắt (2)", "CẮT (3)"]
    assert [names.take("y" * 40) for _ in "12"] == ["y" * 31, f"{'y' * 27} (2)"]


def test_units_of_the_same_long_name_have_sheets_of_their_own() -> None:
    long = "Xã có tên rất dài không thể nào đứng được trên một trang tính"
    units = tuple(UnitFacts(code=code, name=long) for code in ("00001", "00002"))
    row = a_row("commune", "1", "Hộ tịch", cells_of(1, 0, 0, early=1, late=0, over=0))
    forms = tuple(msgspec.structs.replace(a_form(None, [row]), unit=each.code, title=long) for each in units)
    made = a_snapshot(units=units, forms=forms, witness=CALM)
    assert set(forms_of(books_of(workbook_of(made)).values)) == {"00001", "00002"}
