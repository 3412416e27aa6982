"""The sync record of an application (`DongBoHoSoMC`, handbook 3.2): its whole state as of a moment.

All values are texts and all fields are present, as the vendors' systems send it; what is not known yet is empty.
"""

from datetime import datetime
from typing import Final

from ingest.contracts.onestop import Channel, Status
from ingest.simulator.life import Life, Step
from ingest.simulator.lists import fees, papers, payment_way, results, supplements
from ingest.simulator.moments import wire
from ingest.simulator.people import person

Record = dict[str, object]

_RECEIVED: Final = frozenset({Status.RECEIVED})
_REFUSED: Final = frozenset({Status.REFUSED})
_RETURNED: Final = frozenset({Status.RETURNED})
_SETTLED: Final = frozenset({Status.SETTLED, Status.RETURNED})
_ENDINGS: Final = frozenset({Status.SETTLED, Status.WITHDRAWN, Status.STOPPED})
_ENDED: Final = _ENDINGS | _RETURNED


def sync_record(life: Life, at: datetime) -> Record:
    """The record as its shop would send it at `at`; raises `ValueError` before the filing."""
    steps = [step for step in life.steps if step.at <= at]
    if not steps:
        raise ValueError(f"application {life.filing.code} is not filed yet at {at}")
    filing, now = life.filing, steps[-1]
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
        "NgayTiepNhan": _last(steps, _RECEIVED),
        "NgayHenTra": wire(now.due_at) if now.due_at else "",
        "TrangThaiHoSo": str(now.status.value),
        "NgayKetThucXuLy": _last(steps, _ENDINGS) if now.status in _ENDED else "",
        "NgayTra": _last(steps, _RETURNED),
        "NgayTuChoi": _last(steps, _REFUSED),
        "ThongTinTra": "Trả kết quả trực tuyến" if online else "Nhận tại bộ phận một cửa",
        "HinhThuc": "1" if online else "0",
        "DonViXuLy": filing.shop.agency,
        "NoiNopHoSo": "1" if online else "2",
        "GhiChu": "",
        "HoSoCoThanhPhanSoHoa": "1" if salt % 100 < 83 else "0",
        "TaiKhoanDuocXacThucVoiVNeID": "1" if online else "0",
        "DuocThanhToanTrucTuyen": payment_way(filing),
        "DinhDanhCHS": {"LoaiDinhDanh": "1", "SoDinhDanh": who.number},
        "DSKetNoiCSDL": [{"MaCSDL": "G01.CSDLQGDC"}] if salt % 10 < 8 else [],
        "TaiLieuNop": papers(filing),
        "DanhSachLePhi": fees(filing),
        "DanhSachHoSoBoSung": supplements(life, at),
        "DanhSachGiayToKetQua": results(filing) if now.status in _SETTLED else [],
    }


def _last(steps: list[Step], statuses: frozenset[Status]) -> str:
    """The moment of the last step to one of these statuses, empty where there is none."""
    return next((wire(step.at) for step in reversed(steps) if step.status in statuses), "")
