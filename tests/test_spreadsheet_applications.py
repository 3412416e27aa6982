"""Tables of applications: the same events as the sync adapter makes, and refusals by the cells that Excel shows."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.contracts.onestop import ApplicationRecorded, Channel, Status
from ingest.registration import Source
from ingest.sources.onestop_sync import translate
from tests.building.sheets import SMALL, a_csv, a_row, a_workbook, shipped, understood
from tests.onestop_records import AGENCY, SOURCE, UNIT, a_body


def test_a_row_is_the_same_event_as_the_sync_record_of_it(tmp_path: Path) -> None:
    record = {
        "MaHoSo": "H52.17.18-240712-0001", "MaTTHC": "1.005129", "MaLinhVuc": "G01-HT", "TrangThaiHoSo": "10",
        "NgayTiepNhan": "20240712090100", "NgayHenTra": "20240716170000", "NgayTra": "20240715100000",
    }  # fmt: skip
    synced = translate(a_body(record), SOURCE).envelopes
    for content in (a_csv(a_row()), a_workbook(a_row())):
        found = understood(tmp_path / "t", content)
        assert found.refusals == []
        assert found.envelopes == synced
        assert found.rows == [2]


def test_everything_that_the_shipped_mapping_names_is_read(tmp_path: Path) -> None:
    heads = ["Mã hồ sơ", "Mã thủ tục", "Tên thủ tục", "Mã lĩnh vực", "Lĩnh vực", "Mã định danh", "Kênh", "Trạng thái",
             "Ngày nộp", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày yêu cầu bổ sung", "Ngày bổ sung", "Ngày hẹn trả mới",
             "Lệ phí", "Số hóa", "Chủ hồ sơ", "STT"]  # fmt: skip
    row = ["H52-1", "1.005129", "Đăng ký khai sinh", "G01-HT", "Hộ tịch", AGENCY, "Trực tuyến", "đang xử lý",
           "1/7/2024", "02/07/2024 08:30", "2024-07-09", "03/07/2024", "04/07/2024 14:00:30", "10/07/2024", "50.000 đ",
           "x", "LÒ THỊ MỶ", 1]  # fmt: skip
    found = understood(tmp_path / "t", a_workbook(row, heads=heads), shipped("applications"))
    assert found.refusals == []
    (data,) = found.data
    assert isinstance(data, ApplicationRecorded)
    assert (data.unit, data.channel, data.status) == (UNIT, Channel.ONLINE, Status.IN_PROGRESS)
    assert (data.submitted_at, data.due_at) == (local(2024, 7, 1, 8), local(2024, 7, 9, 17))
    assert (data.fee, data.digitised, data.field_name) == (50_000, True, "Hộ tịch")
    (supplement,) = data.supplements
    assert (supplement.requested_at, supplement.due_after) == (local(2024, 7, 3, 17), local(2024, 7, 10, 17))
    assert supplement.received_at == local(2024, 7, 4, 14) + timedelta(seconds=30)
    assert b"MY" not in found.portions[0].understood[0].entry.body.upper()


@pytest.mark.parametrize(
    ("changes", "place", "said"),
    [
        ({"received_at": "31/02/2024 09:00"}, "F2 (Ngày tiếp nhận)", "no such date"),
        ({"received_at": "2024-07-12 09:00"}, "F2 (Ngày tiếp nhận)", "dd/MM/yyyy HH:mm, dd/MM/yyyy"),
        ({"received_at": "12/07/2024"}, "F2 (Ngày tiếp nhận)", "no time of day"),
        ({"received_at": "12/07/1024 09:00"}, "F2 (Ngày tiếp nhận)", "outside 1990 to 2199"),
        ({"received_at": 45485.5}, "F2 (Ngày tiếp nhận)", "excel-serial"),
        ({"received_at": None}, "F2 (Ngày tiếp nhận)", "status 10 needs the moment of receipt"),
        ({"returned_at": None}, "dòng/row 2 (ended_at)", "status 10 needs the moment of its end"),
        ({"status": "Xong"}, "E2 (Trạng thái)", "[codes.status]"),
        ({"application": None}, "A2 (Mã hồ sơ)", "missing"),
        ({"application": "evaluation/1"}, "A2 (Mã hồ sơ)", "the case of something else"),
        ({"procedure": 1.00513}, "B2 (Mã TTHC)", "format the column as text"),
        ({"procedure": "1" * 300}, "B2 (Mã TTHC)", "longer than 255"),
        ({"agency": "H52.17.99"}, "D2 (Mã đơn vị)", "H52.17.99 is not registered"),
        ({"agency": None}, "D2 (Mã đơn vị)", "missing"),
    ],
)  # fmt: skip
def test_a_row_that_does_not_fit_is_refused_by_its_cell(
    tmp_path: Path, changes: dict[str, Any], place: str, said: str
) -> None:
    found = understood(tmp_path / "t", a_workbook(a_row(1, **changes), a_row(2)))
    assert found.fields == [place]
    assert said in found.reasons
    assert (found.refused, found.rows) == (1, [3]), "the other row is taken"


def test_every_cell_of_a_row_that_is_wrong_is_told_and_the_row_counts_once(tmp_path: Path) -> None:
    found = understood(tmp_path / "t", a_csv(a_row(1, status="?", received_at="x", due_at="y")))
    assert found.fields == ["E2 (Trạng thái)", "F2 (Ngày tiếp nhận)", "G2 (Ngày hẹn trả)"]
    assert found.refused == 1
    assert all(placed.line == 2 and placed.refusal.reason_vi for placed in found.refusals)


def test_no_refusal_quotes_what_stands_in_a_cell(tmp_path: Path) -> None:
    for name in ("application", "procedure", "field", "agency", "status", "received_at"):
        found = understood(tmp_path / "t", a_csv(a_row(1, **{name: "LÒ THỊ MỶ\n0912345678"})))
        assert found.refused == 1
        assert "LÒ" not in found.reasons + str(found.fields)
        assert "0912345678" not in found.reasons


def test_the_status_can_follow_from_the_dates(tmp_path: Path) -> None:
    mapping = SMALL.replace('status = ["Trạng thái"]\n', "").split("[codes.status]")[0]
    mapping += "[status_from]\nreturned_at = 10\nreceived_at = 2\n"
    found = understood(tmp_path / "t", a_csv(a_row(1), a_row(2, returned_at=None)), mapping)
    assert [data.status for data in found.data if isinstance(data, ApplicationRecorded)] == [10, 2]


def test_a_source_of_one_agency_needs_no_column_for_it(tmp_path: Path) -> None:
    mapping = SMALL.replace('agency = ["Mã đơn vị"]\n', "")
    one = Source("commune", "spreadsheet", {AGENCY: UNIT})
    assert understood(tmp_path / "t", a_csv(a_row()), mapping, one).envelopes
    assert understood(tmp_path / "t", a_csv(a_row()), mapping).fields == ["dòng/row 2 (agency)"], (
        "of two, none is guessed"
    )
    constant = mapping + f'[constants]\nagency = "{AGENCY}"\n'
    assert understood(tmp_path / "t", a_csv(a_row()), constant).envelopes


def test_rows_that_the_mapping_says_are_no_records_are_passed_over_and_counted(tmp_path: Path) -> None:
    mapping = 'row_needs = ["application", "received_at"]\n' + SMALL
    total = ["", "", "", "Tổng cộng", "", "", "", ""]
    found = understood(tmp_path / "t", a_csv(a_row(1), total, a_row(2)), mapping)
    assert (found.rows, found.refusals, found.passed_over) == ([2, 4], [], 1)
    assert understood(tmp_path / "t", a_csv(a_row(1), total)).refused == 1, "without the mapping's word it is refused"


def test_a_file_saved_again_holds_the_same_events(tmp_path: Path) -> None:
    rows = [a_row(1), a_row(2, returned_at="15/07/2024")]
    first = understood(tmp_path / "a", a_csv(*rows))
    again = understood(tmp_path / "b", a_workbook(*rows))
    assert [one.id for one in first.envelopes] == [one.id for one in again.envelopes]


def test_a_table_is_gone_on_with_after_the_last_row_that_was_taken(tmp_path: Path) -> None:
    content = a_csv(*[a_row(number, status="?" if number % 1000 == 0 else "Đang xử lý") for number in range(5000)])
    whole = understood(tmp_path / "t", content)
    assert [portion.done for portion in whole.portions] == [2001, 4001, 5001]
    rest = understood(tmp_path / "t", content, done=4001)
    assert rest.portions == whole.portions[2:]
    assert rest.rows[0] == 4003, "row 4002 is refused"


def local(year: int, month: int, day: int, hour: int) -> datetime:
    """A moment of Việt Nam."""
    return datetime(year, month, day, hour, tzinfo=UTC) - timedelta(hours=7)
