"""What people type is refused where it seems to hold somebody's number, telephone or address."""

import pytest

from stream.personal import personal_in

HELD = [
    ("CCCD 014189001234 đã nộp", "personal_number"),
    ("chứng minh 123456789", "personal_number"),
    ("số 014 189 001 234", "personal_number"),
    ("số ０１４１８９００１２３４", "personal_number"),  # figures of full width
    ("gọi 0912345678 để hẹn", "personal_phone"),
    ("gọi 0912 345 678", "personal_phone"),
    ("gọi 0912.345.678", "personal_phone"),
    ("gọi 091-234-5678.", "personal_phone"),
    ("máy bàn (0212) 3866 123", "personal_phone"),
    ("+84 912 345 678", "personal_phone"),
    ("84912345678", "personal_phone"),
    ("091\u200b2345678", "personal_phone"),
    ("thư về nguyen.van-a@example.vn", "personal_email"),
    ("nguyenvana @gmail.com", "personal_email"),
]
PASSES = [
    "Hồ sơ H52.17.18-260105-0001 chờ ý kiến phòng chuyên môn",
    "G09.20-20260609-0092637 và 000.00.19.H52-230712-0001",
    "thủ tục 1.005129, 1.011442.000.00.00.H38",
    "hẹn lại ngày 05/12/2026, từ 07:30 đến 11:30",
    "ngày 2026-12-05T10:00",
    "lệ phí 1.500.000 đồng, tổng 12.500.000.000 đồng",
    "văn bản số 123/UBND-VP ngày 01-02-2026",
    "bổ sung 3 giấy tờ, 2 lần",
    "",
]


@pytest.mark.parametrize(("text", "what"), HELD)
def test_what_belongs_to_a_person_is_found(text: str, what: str) -> None:
    assert personal_in(text) == what


@pytest.mark.parametrize("text", PASSES)
def test_codes_dates_and_sums_pass(text: str) -> None:
    assert personal_in(text) is None
