"""A sync record of the simulator is what handbook 3.2 says, with personal fields filled and nothing of the future."""

from datetime import timedelta
from typing import Any, cast

import msgspec
import pytest

from ingest.contracts.onestop import Status
from ingest.registration import Source
from ingest.simulator.life import Life
from ingest.simulator.record import sync_record
from ingest.sources.onestop_sync import translate
from tests.simulated import half_a_year, today

_FIELDS = {
    "MaHoSo", "MaTTHC", "TenTTHC", "MaLinhVuc", "TenLinhVuc", "KenhThucHien", "ChuHoSo", "SoGiayToChuHoSo",
    "LoaiDoiTuong", "MaDoiTuong", "ThongTinKhac", "Email", "Fax", "SoDienThoai", "TrichYeuHoSo", "NgayNopHoSo",
    "NgayTiepNhan", "NgayHenTra", "TrangThaiHoSo", "NgayKetThucXuLy", "NgayTra", "NgayTuChoi", "ThongTinTra",
    "HinhThuc", "DonViXuLy", "NoiNopHoSo", "GhiChu", "HoSoCoThanhPhanSoHoa", "TaiKhoanDuocXacThucVoiVNeID",
    "DuocThanhToanTrucTuyen", "DinhDanhCHS", "DSKetNoiCSDL", "TaiLieuNop", "DanhSachLePhi", "DanhSachHoSoBoSung",
    "DanhSachGiayToKetQua",
}  # fmt: skip
_PERSONAL = ("ChuHoSo", "SoGiayToChuHoSo", "Email", "SoDienThoai")
_MOMENTS = ("NgayNopHoSo", "NgayTiepNhan", "NgayKetThucXuLy", "NgayTra", "NgayTuChoi")


def _some() -> tuple[Life, ...]:
    """Every hundredth life, and every fifth of those that waited for something."""
    return tuple(
        life for number, life in enumerate(half_a_year()) if number % 100 == 0 or (life.waits and number % 5 == 0)
    )


def _first(status: Status) -> Life:
    return next(life for life in half_a_year() if life.steps[-1].status is status)


def _rows(record: dict[str, object], name: str) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", record[name])


def test_it_has_exactly_the_fields_of_the_handbook() -> None:
    life = next(life for life in half_a_year() if life.waits and life.filing.procedure.fee)
    record = sync_record(life, life.steps[-1].at)
    assert record.keys() == _FIELDS
    assert set(_rows(record, "DanhSachLePhi")[0]) == {"TenPhiLePhi", "MaPhiLePhi", "HinhThucThu", "Gia", "LoaiPhiLePhi"}
    assert {"DuocSoHoa", "DuocTaiSuDung", "DuocLayTuKhoDMQG"} < set(_rows(record, "TaiLieuNop")[0])
    assert set(_rows(record, "DanhSachGiayToKetQua")[0]) == {
        "TenGiayTo", "MaThanhPhanHoSo", "GiayToId", "DuongDanTepTinKetQua", "MaGiayToKetQua"}  # fmt: skip
    assert {
        "HoSoBoSungId", "NguoiYeuCauBoSung", "NoiDungBoSung", "NgayBoSung", "NguoiTiepNhanBoSung", "ThongTinTiepNhan",
        "NgayTiepNhanBoSung", "TrangThaiBoSung", "NgayHenTraTruoc", "NgayHenTraMoi"
    } < set(_rows(record, "DanhSachHoSoBoSung")[0])  # fmt: skip


def test_personal_fields_are_filled_and_differ_between_people() -> None:
    records = [sync_record(life, life.steps[0].at) for life in _some()]
    for name in _PERSONAL:
        values = [record[name] for record in records]
        assert all(values)
        assert len(set(values)) > len(values) / 4
    assert all(str(record["ChuHoSo"]) in str(record["TrichYeuHoSo"]) for record in records)
    assert all(cast("dict[str, str]", record["DinhDanhCHS"])["SoDinhDanh"] for record in records)


def test_nobody_in_it_can_be_real() -> None:
    for life in _some():
        record = sync_record(life, life.steps[0].at)
        assert str(record["SoDienThoai"]).startswith("0199")
        assert len(str(record["SoDienThoai"])) == 11
        assert str(record["SoGiayToChuHoSo"])[3] == "9"
        assert str(record["Email"]).endswith(".example")


def test_it_shows_the_state_of_its_moment_and_nothing_later() -> None:
    for life in _some():
        for step in life.steps:
            record = sync_record(life, step.at)
            now = f"{step.at:%Y%m%d%H%M%S}"
            assert record["TrangThaiHoSo"] == str(step.status.value)
            assert all(str(record[name]) <= now for name in _MOMENTS)
            for request in _rows(record, "DanhSachHoSoBoSung"):
                assert request["NgayBoSung"] <= now
                assert request["NgayTiepNhanBoSung"] <= now
            assert (record["NgayHenTra"] or now) == (f"{step.due_at:%Y%m%d%H%M%S}" if step.due_at else now)


@pytest.mark.parametrize(
    ("status", "moment"),
    [
        (Status.RETURNED, "NgayTra"),
        (Status.WITHDRAWN, "NgayKetThucXuLy"),
        (Status.STOPPED, "NgayKetThucXuLy"),
        (Status.REFUSED, "NgayTuChoi"),
    ],
)
def test_every_end_has_its_moment(status: Status, moment: str) -> None:
    life = _first(status)
    record = sync_record(life, life.steps[-1].at)
    assert record[moment] == f"{life.steps[-1].at:%Y%m%d%H%M%S}"


def test_before_it_is_filed_there_is_no_record() -> None:
    life = half_a_year()[0]
    with pytest.raises(ValueError, match="not filed yet"):
        sync_record(life, life.filing.at - timedelta(seconds=1))


def test_the_door_translates_every_record_and_tells_the_end_of_a_wait_from_its_beginning() -> None:
    source = Source("simulated", "onestop-sync", {shop.agency: shop.unit for shop in today().shops})
    for life in _some():
        states = [sync_record(life, step.at) for step in life.steps]
        body = {"service": "DongBoHoSoMC", "isUpdating": "True", "MaDinhDanhDV": "H52.17.80", "data": states}
        found = translate(msgspec.json.encode(body), source)
        assert not found.refusals
        assert len({envelope.id for envelope in found.envelopes}) == len(states)
