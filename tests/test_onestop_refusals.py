"""A record that does not fit is refused by its index, its field and a reason in two languages."""

import pytest

from ingest.refusal import Refusal
from ingest.sources.onestop_sync import translate
from tests.onestop_records import SOURCE, Record, a_body, a_record, as_json


def refusal_of(body: bytes) -> Refusal:
    """The only refusal of a body."""
    (refusal,) = translate(body, SOURCE).refusals
    return refusal


MISFITS: list[tuple[Record, str, str]] = [
    ({"MaHoSo": None}, "MaHoSo", "missing"),
    ({"MaHoSo": "   "}, "MaHoSo", "missing"),
    ({"MaHoSo": ["H52"]}, "MaHoSo", "got `array`"),
    ({"MaHoSo": "x" * 256}, "MaHoSo", "longer than 255"),
    ({"MaHoSo": "H52\0"}, "MaHoSo", "unprintable"),
    ({"MaTTHC": None}, "MaTTHC", "missing"),
    ({"TenTTHC": "x" * 2001}, "TenTTHC", "longer than 2000"),
    ({"TenTTHC": "a\0b"}, "TenTTHC", "unprintable"),
    ({"MaLinhVuc": ""}, "MaLinhVuc", "missing"),
    ({"TrangThaiHoSo": None}, "TrangThaiHoSo", "missing"),
    ({"TrangThaiHoSo": "11"}, "TrangThaiHoSo", "unknown code 11"),
    ({"TrangThaiHoSo": 0}, "TrangThaiHoSo", "unknown code 0"),
    ({"TrangThaiHoSo": "đang xử lý"}, "TrangThaiHoSo", "unknown code ***"),
    ({"KenhThucHien": "4"}, "KenhThucHien", "unknown code 4"),
    ({"DuocThanhToanTrucTuyen": 3}, "DuocThanhToanTrucTuyen", "unknown code 3"),
    ({"NgayTiepNhan": "20240230000000"}, "NgayTiepNhan", "no such moment"),
    ({"NgayHenTra": "20240712"}, "NgayHenTra", "not a moment"),
    ({"NgayNopHoSo": "10000712090102"}, "NgayNopHoSo", "outside 1990"),
    ({"DonViXuLy": "H52.99"}, "DonViXuLy", "agency H52.99 is not registered"),
    ({"HoSoCoThanhPhanSoHoa": "2"}, "HoSoCoThanhPhanSoHoa", "neither yes nor no"),
    ({"TaiLieuNop": [{}, {"DuocSoHoa": "x"}]}, "TaiLieuNop[1].DuocSoHoa", "neither yes nor no"),
    ({"DanhSachLePhi": [{"Gia": "50.000"}]}, "DanhSachLePhi[0].Gia", "not a whole amount"),
    ({"DanhSachLePhi": [{"Gia": -1}]}, "DanhSachLePhi[0].Gia", "not a whole amount"),
    ({"DanhSachLePhi": [{"Gia": 0.5}]}, "DanhSachLePhi[0].Gia", "not a whole amount"),
    ({"DanhSachHoSoBoSung": [{"HoSoBoSungId": "1"}]}, "DanhSachHoSoBoSung[0].NgayBoSung", "missing"),
    (
        {"DanhSachHoSoBoSung": [{"NgayBoSung": "20240712100000", "NgayHenTraMoi": "1"}]},
        "DanhSachHoSoBoSung[0].NgayHenTraMoi",
        "not a moment",
    ),
]


@pytest.mark.parametrize(("changes", "field", "reason"), MISFITS)
def test_a_misfit_is_refused_by_name_and_its_neighbours_are_taken(changes: Record, field: str, reason: str) -> None:
    envelopes, refusals = translate(a_body(a_record(1), a_record(2, **changes), a_record(3)), SOURCE)
    assert [envelope.subject for envelope in envelopes] == [a_record(1)["MaHoSo"], a_record(3)["MaHoSo"]]
    (refusal,) = refusals
    assert (refusal.index, refusal.field) == (1, f"data[1].{field}")
    assert reason in refusal.reason
    assert refusal.reason_vi


NEEDS_RECEIPT = [2, 4, 5, 6, 8, 9, 10]


@pytest.mark.parametrize("status", NEEDS_RECEIPT)
def test_a_status_after_receipt_needs_the_moment_of_receipt(status: int) -> None:
    refusal = refusal_of(a_body(a_record(TrangThaiHoSo=status, NgayTiepNhan="")))
    assert refusal.field == "data[0].NgayTiepNhan"
    assert f"status {status} needs the moment of receipt" in refusal.reason


@pytest.mark.parametrize("status", [1, 3, 7])
def test_a_status_that_may_come_before_receipt_needs_none(status: int) -> None:
    record = a_record(TrangThaiHoSo=status, NgayTiepNhan="", NgayKetThucXuLy="")
    assert len(translate(a_body(record), SOURCE).envelopes) == 1


@pytest.mark.parametrize("status", [3, 7, 8, 9, 10])
def test_a_closed_application_needs_the_moment_of_its_end(status: int) -> None:
    refusal = refusal_of(a_body(a_record(TrangThaiHoSo=status, NgayKetThucXuLy="")))
    assert refusal.field in {"data[0].NgayKetThucXuLy", "data[0].NgayTuChoi"}
    assert "needs the moment of its end" in refusal.reason


@pytest.mark.parametrize("status", [9, 10])
def test_the_return_stands_in_for_the_end_of_processing(status: int) -> None:
    record = a_record(TrangThaiHoSo=status, NgayKetThucXuLy="", NgayTra="20240715100000")
    assert len(translate(a_body(record), SOURCE).envelopes) == 1


@pytest.mark.parametrize("status", [3, 7, 8])
def test_the_refusal_ends_what_was_not_settled(status: int) -> None:
    record = a_record(TrangThaiHoSo=status, NgayKetThucXuLy="", NgayTuChoi="20240715100000")
    assert len(translate(a_body(record), SOURCE).envelopes) == 1


def test_a_refusal_does_not_settle() -> None:
    record = a_record(TrangThaiHoSo=9, NgayKetThucXuLy="", NgayTuChoi="20240715100000")
    assert refusal_of(a_body(record)).field == "data[0].NgayKetThucXuLy"


def test_a_record_without_any_moment_is_refused() -> None:
    record = a_record(TrangThaiHoSo=1, NgayNopHoSo="", NgayTiepNhan="", NgayKetThucXuLy="")
    assert refusal_of(a_body(record)).field == "data[0].NgayNopHoSo"


@pytest.mark.parametrize(("agency", "reason"), [("H52.17.99", "H52.17.99 is not registered"), (None, "missing")])
def test_an_unknown_sender_is_refused_record_by_record(agency: str | None, reason: str) -> None:
    envelopes, refusals = translate(a_body(a_record(1), a_record(2), MaDinhDanhDV=agency), SOURCE)
    assert envelopes == []
    assert [(refusal.index, refusal.field) for refusal in refusals] == [(0, "MaDinhDanhDV"), (1, "MaDinhDanhDV")]
    assert all(reason in refusal.reason for refusal in refusals)


WHOLE: list[tuple[bytes, str, str]] = [
    (b"", "$", "malformed JSON at line 1, column 1"),
    (b'{"service":\n  "DongBoHoSoMC",\n  data: []}', "$", "malformed JSON at line 3, column 3"),
    (a_body(a_record())[:-1], "$", "malformed JSON at line 1"),
    (b'{"data":' + b"[" * 200_000, "$", "nested too deep"),
    (b"[1]", "$", "expected `object`, got `array`"),
    (b"{}", "data", "missing"),
    (a_body(data={}), "data", "expected `array`, got `object`"),
    (a_body(data=None), "data", "got `null`"),
    (a_body(service="CapNhatTienDoHoSoMC"), "service", "must be DongBoHoSoMC"),
    (a_body(service=None), "service", "must be DongBoHoSoMC"),
    (a_body(MaDinhDanhDV={}), "MaDinhDanhDV", "got `object`"),
    (a_body(a_record()).decode().encode("utf-16"), "$", "malformed JSON"),
]


@pytest.mark.parametrize(("body", "field", "reason"), WHOLE)
def test_a_body_that_cannot_be_read_is_one_refusal_without_index(body: bytes, field: str, reason: str) -> None:
    assert translate(body, SOURCE).envelopes == []
    refusal = refusal_of(body)
    assert (refusal.index, refusal.field) == (None, field)
    assert reason in refusal.reason


def test_a_record_that_is_no_object_is_refused_alone() -> None:
    envelopes, refusals = translate(a_body(a_record(1), 7, None, a_record(2)), SOURCE)
    assert len(envelopes) == 2
    assert [refusal.field for refusal in refusals] == ["data[1]", "data[2]"]


def test_a_record_that_is_not_utf_8_is_refused_alone() -> None:
    body = a_body(a_record(1), a_record(2), a_record(3)).replace(b"240712-0002", b"240712-\xff")
    envelopes, refusals = translate(body, SOURCE)
    assert len(envelopes) == 2
    assert [(refusal.field, refusal.reason) for refusal in refusals] == [("data[1]", "not UTF-8")]


@pytest.mark.parametrize("field", ["TrangThaiHoSo", "NgayTiepNhan", "DanhSachLePhi", "HoSoCoThanhPhanSoHoa", "MaHoSo"])
@pytest.mark.parametrize("secret", ["Lò Thị Mỷ", "LO THI MY", "014123456789", "my@mail.vn"])
def test_what_stands_in_a_wrong_field_is_not_quoted(field: str, secret: str) -> None:
    value: object = [{"Gia": secret}] if field == "DanhSachLePhi" else secret
    wrong: Record = {"MaHoSo": {secret: secret}} if field == "MaHoSo" else {field: value}
    (refusal,) = translate(as_json({"service": "DongBoHoSoMC", "data": [a_record(**wrong)]}), SOURCE).refusals
    assert secret not in refusal.field + refusal.reason + refusal.reason_vi
