"""The body of `DongBoHoSoMC` as it is sent (handbook 3.2), with nothing personal named.

What is not named here is skipped while reading and exists nowhere afterwards. Codes and numbers come as
text or number, as each vendor likes; `onestop_sync` gives them their meaning.
"""

from typing import Final

import msgspec

Scalar = str | int | None
Flag = bool | str | int | None
Amount = str | int | float | None
Unread = list[msgspec.Raw] | str | None
"""A list of which only its length is asked; some vendors send an empty text for an empty one."""


class Paper(msgspec.Struct, gc=False):
    """An input paper, of `TaiLieuNop`."""

    digitised: Flag = msgspec.field(default=None, name="DuocSoHoa")
    reused: Flag = msgspec.field(default=None, name="DuocTaiSuDung")
    from_store: Flag = msgspec.field(default=None, name="DuocLayTuKhoDMQG")


class Fee(msgspec.Struct, gc=False):
    """One fee, of `DanhSachLePhi`."""

    price: Amount = msgspec.field(default=None, name="Gia")


class SupplementRequest(msgspec.Struct, gc=False):
    """A request for further papers, of `DanhSachHoSoBoSung`."""

    id: Scalar = msgspec.field(default=None, name="HoSoBoSungId")
    requested: Scalar = msgspec.field(default=None, name="NgayBoSung")
    received: Scalar = msgspec.field(default=None, name="NgayTiepNhanBoSung")
    due_before: Scalar = msgspec.field(default=None, name="NgayHenTraTruoc")
    due_after: Scalar = msgspec.field(default=None, name="NgayHenTraMoi")
    duties: Unread = msgspec.field(default=None, name="DanhSachLePhiBoSung")


class ResultPaper(msgspec.Struct, gc=False):
    """An issued paper, of `DanhSachGiayToKetQua`; of its file and its number only whether they are there."""

    file: Scalar = msgspec.field(default=None, name="DuongDanTepTinKetQua")
    store_number: Scalar = msgspec.field(default=None, name="GiayToId")


class SharedDatabase(msgspec.Struct, gc=False):
    """A database that was asked, of `DSKetNoiCSDL`."""

    code: Scalar = msgspec.field(default=None, name="MaCSDL")


class WireRecord(msgspec.Struct):
    """One record of `data`."""

    application: Scalar = msgspec.field(default=None, name="MaHoSo")
    procedure: Scalar = msgspec.field(default=None, name="MaTTHC")
    procedure_name: Scalar = msgspec.field(default=None, name="TenTTHC")
    field: Scalar = msgspec.field(default=None, name="MaLinhVuc")
    field_name: Scalar = msgspec.field(default=None, name="TenLinhVuc")
    channel: Scalar = msgspec.field(default=None, name="KenhThucHien")
    status: Scalar = msgspec.field(default=None, name="TrangThaiHoSo")
    submitted: Scalar = msgspec.field(default=None, name="NgayNopHoSo")
    received: Scalar = msgspec.field(default=None, name="NgayTiepNhan")
    due: Scalar = msgspec.field(default=None, name="NgayHenTra")
    ended: Scalar = msgspec.field(default=None, name="NgayKetThucXuLy")
    returned: Scalar = msgspec.field(default=None, name="NgayTra")
    refused: Scalar = msgspec.field(default=None, name="NgayTuChoi")
    handled_by: Scalar = msgspec.field(default=None, name="DonViXuLy")
    digitised: Flag = msgspec.field(default=None, name="HoSoCoThanhPhanSoHoa")
    online_payment: Scalar = msgspec.field(default=None, name="DuocThanhToanTrucTuyen")
    papers: list[Paper] | None = msgspec.field(default=None, name="TaiLieuNop")
    fees: list[Fee] | None = msgspec.field(default=None, name="DanhSachLePhi")
    supplements: list[SupplementRequest] | None = msgspec.field(default=None, name="DanhSachHoSoBoSung")
    results: list[ResultPaper] | None = msgspec.field(default=None, name="DanhSachGiayToKetQua")
    databases: list[SharedDatabase] | None = msgspec.field(default=None, name="DSKetNoiCSDL")


class Body(msgspec.Struct):
    """The whole body, every record read at once."""

    data: list[WireRecord]
    service: Scalar = None
    agency: Scalar = msgspec.field(default=None, name="MaDinhDanhDV")


class Shell(msgspec.Struct):
    """The same body with its records left unread, to read them one by one when one of them does not fit."""

    data: list[msgspec.Raw]
    service: Scalar = None
    agency: Scalar = msgspec.field(default=None, name="MaDinhDanhDV")


BODY: Final = msgspec.json.Decoder(Body)
SHELL: Final = msgspec.json.Decoder(Shell)
RECORD: Final = msgspec.json.Decoder(WireRecord)
