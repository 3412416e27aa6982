"""The lists in a sync record: papers, fees, requests to the citizen, results (handbook 3.2)."""

from datetime import datetime

from ingest.contracts.onestop import Channel, Status
from ingest.simulator.life import Filing, Life, Wait
from ingest.simulator.moments import wire
from ingest.simulator.people import officer, person

Rows = list[dict[str, object]]

_STORE = "https://kho-du-lieu.moc-chau.example/tep"


def papers(filing: Filing) -> Rows:
    """`TaiLieuNop`: the citizen's card, and what the procedure asks for."""
    salt, procedure = filing.salt, filing.procedure
    digitised = "1" if salt % 100 < 83 else "0"
    card = _paper("CCCD.pdf", f"{procedure.code}-01", filing.code, digitised)
    card["DuocTaiSuDung"] = card["DuocLayTuKhoDMQG"] = "1" if salt % 10 < 3 else "0"
    return [card, _paper(f"{procedure.paper}.pdf", f"{procedure.code}-02", filing.code, digitised)]


def fees(filing: Filing) -> Rows:
    """`DanhSachLePhi`: empty where the procedure is free."""
    procedure = filing.procedure
    if not procedure.fee:
        return []
    return [_fee("Lệ phí giải quyết thủ tục hành chính", procedure.code, procedure.fee, filing)]


def payment_way(filing: Filing) -> str:
    """`DuocThanhToanTrucTuyen`: 0 at the counter, 1 national portal, 2 local gateway; something over half online."""
    if not filing.procedure.fee or filing.channel is not Channel.ONLINE or filing.salt % 100 >= 65:
        return "0"
    return "1" if filing.salt % 100 < 57 else "2"


def supplements(life: Life, at: datetime) -> Rows:
    """`DanhSachHoSoBoSung` as of `at`: what was asked of the citizen, papers or a payment."""
    return [_supplement(life, wait, number, at) for number, wait in enumerate(life.waits) if wait.requested_at <= at]


def results(filing: Filing) -> Rows:
    """`DanhSachGiayToKetQua`: the result, with a file where it is an electronic one."""
    electronic = filing.channel is Channel.ONLINE or filing.salt % 10 < 6
    return [
        {
            "TenGiayTo": filing.procedure.result,
            "MaThanhPhanHoSo": f"{filing.procedure.code}-KQ",
            "GiayToId": filing.code,
            "DuongDanTepTinKetQua": f"{_STORE}/{filing.code}/ket-qua.pdf" if electronic else "",
            "MaGiayToKetQua": f"KQ.{filing.procedure.code}",
        }
    ]


def _paper(title: str, part: str, code: str, digitised: str) -> dict[str, object]:
    return {
        "TepDinhKemId": f"{code}/{part}",
        "TenTepDinhKem": title,
        "IsDeleted": "0",
        "MaThanhPhanHoSo": part,
        "DuongDanTaiTepTin": f"{_STORE}/{code}/{part}.pdf",
        "DuocSoHoa": digitised,
        "DuocTaiSuDung": "0",
        "DuocLayTuKhoDMQG": "0",
        "MaKetQuaThayThe": "",
    }


def _fee(title: str, code: str, price: int, filing: Filing) -> dict[str, object]:
    return {
        "TenPhiLePhi": title,
        "MaPhiLePhi": f"LP.{code}",
        "HinhThucThu": "2" if filing.channel is Channel.ONLINE else "1",
        "Gia": str(price),
        "LoaiPhiLePhi": "1",
    }


def _supplement(life: Life, wait: Wait, number: int, at: datetime) -> dict[str, object]:
    filing = life.filing
    answered = wait.received_at is not None and wait.received_at <= at
    pays = wait.status is Status.PAYMENT_AWAITED
    duty = [_fee("Nghĩa vụ tài chính về đất đai, xây dựng", f"{filing.procedure.code}-TC", 2_500_000, filing)]
    who = person(filing.salt).name
    return {
        "HoSoBoSungId": f"{filing.salt % 10_000_000}{number}",
        "NguoiYeuCauBoSung": officer(filing.salt),
        "NoiDungBoSung": f"Đề nghị {who} nộp thuế, phí" if pays else f"Đề nghị {who} bổ sung: {filing.procedure.paper}",
        "NgayBoSung": wire(wait.requested_at),
        "NguoiTiepNhanBoSung": officer(filing.salt + 1) if answered else "",
        "ThongTinTiepNhan": "Đã tiếp nhận bổ sung" if answered else "",
        "NgayTiepNhanBoSung": wire(wait.received_at) if answered and wait.received_at else "",
        "TrangThaiBoSung": "1" if answered else "0",
        "DanhSachGiayToBoSung": [],
        "DanhSachLePhiBoSung": duty if pays else [],
        "NgayHenTraTruoc": wire(wait.due_before),
        "NgayHenTraMoi": wire(wait.due_after) if answered and wait.due_after else "",
    }
