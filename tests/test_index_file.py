"""Files of official scores: both languages, CSV and XLSX, and every fault with its row."""

from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from ingest.rules.problems import RulesFileError
from ioc.index_reading import knows_place
from ioc.index_rows import rows_of
from stream.index.layout import load_layout
from stream.index.official import OfficialScore
from stream.index.official_file import Fault, FaultyFileError, read_scores

TODAY = date(2026, 7, 20)
HEADER = "unit,period,group,component,points,source,published on"
PORTAL = "dichvucong.gov.vn"


def scores(text: str) -> list[OfficialScore]:
    return list(read_scores(rows_of(text.encode(), "scores.csv"), load_layout(), knows_place, TODAY))


def faults(text: str) -> list[Fault]:
    with pytest.raises(FaultyFileError) as caught:
        scores(text)
    return list(caught.value.faults)


def june(points: float, item: str, place: str = "03980") -> OfficialScore:
    return OfficialScore(place, date(2026, 6, 1), date(2026, 6, 30), item, points, PORTAL, date(2026, 7, 5))


def test_a_file_names_units_or_the_area_groups_and_components() -> None:
    assert scores(
        f"{HEADER}\n"
        f"moc-chau,2026-06,total,,85.5,{PORTAL},2026-07-05\n"
        f"03980,2026-06,progress,,19,{PORTAL},2026-07-05\n"
        "\n"
        f"03980,2026-06,Digitisation,reused,1.25,{PORTAL},2026-07-05\n"
    ) == [june(85.5, "total", "moc-chau"), june(19, "progress"), june(1.25, "reused")]


def test_a_vietnamese_file_from_excel_says_the_same() -> None:
    assert scores(
        "\ufeffKỳ;Mã đơn vị;Nhóm chỉ số;Thành phần;Điểm;Nguồn;Ngày công bố\r\n"
        f"06/2026;03980;Tổng điểm;;85,5;{PORTAL};05/07/2026\r\n"
        f"2026-06;03980;TIẾN  ĐỘ GIẢI QUYẾT;;19;{PORTAL};5/7/2026\r\n"
        f"6/2026;03980;Số hóa hồ sơ;Sử dụng lại dữ liệu đã số hóa;1,25;{PORTAL};05/07/2026\r\n"
    ) == [june(85.5, "total"), june(19, "progress"), june(1.25, "reused")]


def test_a_workbook_says_the_same_also_where_excel_made_dates_of_cells() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Đơn vị", "Kỳ", "Nhóm", "Điểm", "Nguồn", "Ngày công bố"])
    sheet.append(["03980", datetime(2026, 6, 1), None, 85.5, PORTAL, datetime(2026, 7, 5)])  # noqa: DTZ001 - a cell has no zone
    sheet.append([])
    sheet.append(["03980", "2026-06", "progress", 19, PORTAL, "2026-07-05"])
    content = BytesIO()
    book.save(content)
    found = read_scores(rows_of(content.getvalue(), "scores.xlsx"), load_layout(), knows_place, TODAY)
    assert list(found) == [june(85.5, "total"), june(19, "progress")]


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026-Q2", date(2026, 4, 1), date(2026, 6, 30)),
        ("q2/2026", date(2026, 4, 1), date(2026, 6, 30)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2026-h1", date(2026, 1, 1), date(2026, 6, 30)),
    ],
)
def test_scores_are_published_by_month_quarter_half_and_year(period: str, first: date, last: date) -> None:
    [score] = scores(f"{HEADER}\n03980,{period},,,80,{PORTAL},2026-07-05")
    assert (score.first, score.last) == (first, last)


def test_every_fault_is_told_with_its_row_in_both_languages() -> None:
    found = faults(
        f"{HEADER}\n"
        f"03980,2026-06,total,,101,{PORTAL},2026-07-05\n"
        f"03980,2026-13,total,,80,{PORTAL},2026-07-05\n"
        f"99999,2026-06,total,,80,{PORTAL},2026-07-05\n"
        f"03980,2026-06,speed,,80,{PORTAL},2026-07-05\n"
        f"03980,2026-06,progress,reused,1,{PORTAL},2026-07-05\n"
        f"03980,2026-06,total,,80,,2026-07-05\n"
        f"03980,2026-06,total,,80,{PORTAL},2026-07-21\n"
        f"03980,2026-06,total,,80,{PORTAL},31/06/2026\n"
        f"03980,2026-06,total,,80,{PORTAL},2026-07-05\n"
        f"03980,2026-06,total,,81,{PORTAL},2026-07-05\n"
        "03980,2026-06\n"
    )
    assert [(fault.row, fault.en) for fault in found] == [
        (2, "'101' is not points from 0 to 100"),
        (3, "'2026-13' is not a period such as 2026-06, 06/2026, 2026-Q2 or 2026"),
        (4, "no unit or area bears the code '99999' on 2026-06-30"),
        (5, "the index has no group 'speed'"),
        (6, "the group 'progress' has no component 'reused'"),
        (7, "a source has 1 to 200 characters"),
        (8, "published on 2026-07-21, before the period begins or after today"),
        (9, "'31/06/2026' is not a day such as 2026-07-15"),
        (11, "is about the same as row 10"),
        (12, "'' is not points from 0 to 100"),
    ]
    assert found[0].vi == "'101' không phải là điểm từ 0 đến 100"
    assert all(fault.vi != fault.en for fault in found)


def test_points_go_no_further_than_the_group_or_the_component() -> None:
    found = faults(
        f"{HEADER}\n03980,2026-06,progress,,20.5,x,2026-07-05\n03980,2026-06,online,offered,2.1,x,2026-07-05"
    )
    assert [fault.en for fault in found] == ["'20.5' is not points from 0 to 20", "'2.1' is not points from 0 to 2"]


def test_a_unit_has_to_be_in_force_in_the_period() -> None:
    assert scores(f"{HEADER}\n04012,2024-06,,,80,x,2024-07-05")
    assert faults(f"{HEADER}\n04012,2026-06,,,80,x,2026-07-05")[0].row == 2


def test_missing_and_repeated_columns_are_told() -> None:
    found = faults("unit,đơn vị,period,group,component,points\n")
    assert [(fault.row, fault.vi, fault.en) for fault in found] == [
        (1, "cột 'đơn vị hoặc khu vực' có hai lần", "the column 'unit' stands twice"),
        (1, "thiếu cột 'nguồn'", "the column 'source' is missing"),
        (1, "thiếu cột 'ngày công bố'", "the column 'published on' is missing"),
    ]


@pytest.mark.parametrize("text", [HEADER, f"{HEADER}\n,,,,,,\n"])
def test_a_file_without_scores_is_refused(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"PK\x03\x04 not a workbook", b'unit,"per'])
def test_what_is_no_spreadsheet_is_refused(content: bytes) -> None:
    with pytest.raises(RulesFileError):
        rows_of(content, "scores")
