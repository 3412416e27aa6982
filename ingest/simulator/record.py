"""The sync record of an application (`DongBoHoSoMC`, handbook 3.2): its whole state as of a moment.

All values are texts and all fields are present, as the vendors' systems send it; what is not known yet is empty.
"""

from datetime import datetime
from typing import Final

from ingest.contracts.onestop import Channel, Status
from ingest.simulator.life import Life, Step
from ingest.simulator.lists import databases, fees, is_digitised, papers, payment_way, results, supplements
from ingest.simulator.moments import wire
from ingest.simulator.people import person

Record = dict[str, object]

_SETTLED: Final = (Status.SETTLED, Status.RETURNED)
_ENDED: Final = (*_SETTLED, Status.WITHDRAWN, Status.STOPPED)


def sync_record(life: Life, at: datetime) -> Record:
    """The record as its shop would send it at `at`; raises `ValueError` before the filing."""
    now, moments = _as_of(life, at)
    filing = life.filing
    procedure, salt = filing.procedure, filing.salt
    who = person(salt)
    online = filing.channel is Channel.ONLINE
    return {
        "MaHoSo": filing.code,
        "MaTTHC": procedure.code,
        "TenTTHC": procedure.name,
        "MaLinhVuc": procedure.field,
        "TenLinhVuc": procedure.field_name,
        "KenhThucHien": str(filing.channel.value),
        "ChuHoSo": who.name,
        "SoGiayToChuHoSo": who.number,
        "LoaiDoiTuong": "1",
        "MaDoiTuong": who.number,
        "ThongTinKhac": "",
        "Email": who.mail,
        "Fax": "",
        "SoDienThoai": who.phone,
        "TrichYeuHoSo": f"{procedure.name} - {who.name}",
        "NgayNopHoSo": wire(filing.at),
        "NgayTiepNhan": moments[Status.RECEIVED],
        "NgayHenTra": wire(now.due_at) if now.due_at else "",
        "TrangThaiHoSo": str(now.status.value),
        "NgayKetThucXuLy": _end(moments) if now.status in _ENDED else "",
        "NgayTra": moments[Status.RETURNED],
        "NgayTuChoi": moments[Status.REFUSED],
        "ThongTinTra": "Trả kết quả trực tuyến" if online else "Nhận tại bộ phận một cửa",
        "HinhThuc": "1" if online else "0",
        "DonViXuLy": life.shop_at(at).agency,
        "NoiNopHoSo": "1" if online else "2",
        "GhiChu": "",
        "HoSoCoThanhPhanSoHoa": "1" if is_digitised(salt) else "0",
        "TaiKhoanDuocXacThucVoiVNeID": "1" if online else "0",
        "DuocThanhToanTrucTuyen": payment_way(filing),
        "DinhDanhCHS": {"LoaiDinhDanh": "1", "SoDinhDanh": who.number},
        "DSKetNoiCSDL": databases(filing),
        "TaiLieuNop": papers(filing),
        "DanhSachLePhi": fees(filing),
        "DanhSachHoSoBoSung": supplements(life, at),
        "DanhSachGiayToKetQua": results(filing) if now.status in _SETTLED else [],
    }


def _as_of(life: Life, at: datetime) -> tuple[Step, list[str]]:
    """The newest step, and by status when it was last reached, as the record tells it; empty where it was not."""
    newest: Step | None = None
    moments = [""] * (len(Status) + 1)
    for step in life.steps:
        if step.at > at:
            break
        if newest is None or newest.status is not step.status:
            moments[step.status] = wire(step.at)
        newest = step
    if newest is None:
        raise ValueError(f"application {life.filing.code} is not filed yet at {at}")
    for telling in life.tellings:
        if telling.since <= at:
            moments[telling.status] = wire(telling.moment)
    return newest, moments


def _end(moments: list[str]) -> str:
    """The end of processing: settled, else withdrawn or stopped; not the return."""
    return moments[Status.SETTLED] or moments[Status.WITHDRAWN] or moments[Status.STOPPED]
