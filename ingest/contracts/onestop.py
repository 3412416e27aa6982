"""Events of an application (hồ sơ) at a one-stop shop (một cửa).

The names are the field's; beside each stands the name in the national sync record `DongBoHoSoMC`
and in the progress record `CapNhatTienDoHoSoMC` (domain handbook 3.1 and 3.2). No personal field has
a place here: what is not named below does not pass the door.
"""

from enum import IntEnum
from typing import Annotated

import msgspec

from ingest.contracts.envelope import Aware, Name, UnitCode

Label = Annotated[str, msgspec.Meta(max_length=2000)]
Count = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
Dong = Annotated[int, msgspec.Meta(ge=0, le=10**15)]

RECORDED = "vn.ioc.onestop.application.recorded"
PROGRESSED = "vn.ioc.onestop.application.progressed"
APOLOGISED = "vn.ioc.onestop.apology.sent"


class Status(IntEnum):
    """`TrangThaiHoSo` of the national sync record."""

    NEW = 1  # mới đăng ký
    RECEIVED = 2  # được tiếp nhận
    REFUSED = 3  # không được tiếp nhận
    IN_PROGRESS = 4  # đang xử lý
    SUPPLEMENT_AWAITED = 5  # yêu cầu bổ sung giấy tờ
    PAYMENT_AWAITED = 6  # yêu cầu thực hiện nghĩa vụ tài chính
    WITHDRAWN = 7  # công dân yêu cầu rút hồ sơ
    STOPPED = 8  # dừng xử lý
    SETTLED = 9  # đã xử lý xong
    RETURNED = 10  # đã trả kết quả


class Channel(IntEnum):
    """`KenhThucHien`: how the application was filed; null means direct."""

    DIRECT = 1
    ONLINE = 2
    POSTAL = 3


class OnlinePayment(IntEnum):
    """`DuocThanhToanTrucTuyen`."""

    NONE = 0
    NATIONAL_PORTAL = 1
    LOCAL_GATEWAY = 2


class Supplement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One request for further papers, of `DanhSachHoSoBoSung`. The clock stands still while it is open."""

    id: Name  # HoSoBoSungId
    requested_at: Aware  # NgayBoSung
    received_at: Aware | None = None  # NgayTiepNhanBoSung
    due_before: Aware | None = None  # NgayHenTraTruoc
    due_after: Aware | None = None  # NgayHenTraMoi
    payment: bool = False  # a wait for a financial obligation (status 6), not for papers: DanhSachLePhiBoSung


class Papers(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How many input papers (`TaiLieuNop`) there are, and how many were digitised, re-used, or from the e-store."""

    submitted: Count = 0
    digitised: Count = 0
    reused: Count = 0
    from_store: Count = 0


class ApplicationRecorded(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The whole state of an application, sent again at each change (`DongBoHoSoMC`).

    It bears no time of its own: the moments in it say when things happened.
    """

    application: Name  # MaHoSo
    procedure: Name  # MaTTHC, thủ tục hành chính
    procedure_name: Label | None = None  # TenTTHC
    field: Name  # MaLinhVuc, lĩnh vực
    field_name: Label | None = None  # TenLinhVuc
    agency: Name  # MaDinhDanhDV, or DonViXuLy where it names one
    unit: UnitCode  # the administrative unit, by the source's registration
    status: Status  # TrangThaiHoSo
    channel: Channel = Channel.DIRECT  # KenhThucHien
    submitted_at: Aware | None = None  # NgayNopHoSo
    received_at: Aware | None = None  # NgayTiepNhan
    due_at: Aware | None = None  # NgayHenTra
    ended_at: Aware | None = None  # NgayKetThucXuLy
    returned_at: Aware | None = None  # NgayTra
    refused_at: Aware | None = None  # NgayTuChoi
    supplements: tuple[Supplement, ...] = ()  # DanhSachHoSoBoSung
    online_payment: OnlinePayment | None = None  # DuocThanhToanTrucTuyen
    fee: Dong | None = None  # sum of DanhSachLePhi.Gia, in đồng
    digitised: bool | None = None  # HoSoCoThanhPhanSoHoa
    papers: Papers | None = None  # TaiLieuNop
    electronic_results: Count | None = None  # DanhSachGiayToKetQua with a file
    shared_databases: tuple[Name, ...] = ()  # DSKetNoiCSDL.MaCSDL
    stored_results: Count | None = None  # DanhSachGiayToKetQua with a number in the citizen's e-store (GiayToId)
    population_database: bool | None = None  # whether one of them is the population database
    unit_corrected: bool = False  # a changed unit corrects an error, and is no transfer: by the source's registration


class ApplicationProgressed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One transition of an application (`CapNhatTienDoHoSoMC`)."""

    application: Name  # MaHoSo
    unit: UnitCode
    status: Status  # TrangThai
    at: Aware  # ThoiDiemXuLy
    due_at: Aware | None = None  # NgayKetThucTheoQuyDinh


class ApologySent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The letter owed for a late application was sent (phiếu xin lỗi và hẹn lại ngày trả kết quả).

    The new date is a promise to the citizen; it does not move the due date that lateness is judged by.
    """

    application: Name  # MaHoSo
    unit: UnitCode
    sent_at: Aware
    number: Name | None = None
    new_date: Aware | None = None
    reason: Label | None = None  # why it is late, as the letter says: never of a person
    by: Name | None = None  # login of the official of the centre who marked it as sent
