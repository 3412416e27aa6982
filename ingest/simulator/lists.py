"""The lists in a sync record: papers, fees, requests to the citizen, results (handbook 3.2)."""

from datetime import datetime

from ingest.contracts.onestop import Channel, Status
from ingest.simulator.chance import Ask, chance
from ingest.simulator.life import Filing, Life, Wait
from ingest.simulator.moments import wire
from ingest.simulator.people import officer, person

Rows = list[dict[str, object]]

POPULATION = "G01.CSDLQGDC"
"""The national population database (cơ sở dữ liệu quốc gia về dân cư)."""

_STORE = "https://kho-du-lieu.moc-chau.example/tep"
_PAYS_ONLINE = 0.64  # of those filed online for a fee that can be paid online: 55 % of all fees


def is_digitised(salt: int) -> bool:
    """Whether the papers of an application were digitised: over 80 % are."""
    return chance(salt, Ask.DIGITISED) < 0.83


def papers(filing: Filing) -> Rows:
    """`TaiLieuNop`: the citizen's card, and what the procedure asks for."""
    salt, procedure = filing.salt, filing.procedure
    digitised = "1" if is_digitised(salt) else "0"
    card = _paper("CCCD.pdf", f"{procedure.code}-01", filing.code, digitised)
    if chance(salt, Ask.REUSED) < 0.45:
        card["DuocTaiSuDung"] = "1"
        card["DuocLayTuKhoDMQG"] = "1" if chance(salt, Ask.FROM_STORE) < 0.6 else "0"
    return [card, _paper(f"{procedure.paper}.pdf", f"{procedure.code}-02", filing.code, digitised)]


def fees(filing: Filing) -> Rows:
    """`DanhSachLePhi`: empty where the procedure is free."""
    procedure = filing.procedure
    if not procedure.fee:
        return []
    return [_fee("Lệ phí giải quyết thủ tục hành chính", procedure.code, procedure.fee, filing)]


def payment_way(filing: Filing) -> str:
    """`DuocThanhToanTrucTuyen`: 0 at the counter, 1 national portal, 2 local gateway; something over half online."""
    procedure, salt = filing.procedure, filing.salt
    if not (procedure.fee and procedure.fee_online) or filing.channel is not Channel.ONLINE:
        return "0"
    if chance(salt, Ask.PAID_ONLINE) >= _PAYS_ONLINE:
        return "0"
    return "1" if chance(salt, Ask.GATEWAY) < 0.88 else "2"


def databases(filing: Filing) -> Rows:
    """`DSKetNoiCSDL`: the national population database, where the procedure uses it and it answered."""
    asked = filing.procedure.population_database and chance(filing.salt, Ask.POPULATION) < 0.92
    return [{"MaCSDL": POPULATION}] if asked else []


def supplements(life: Life, at: datetime) -> Rows:
    """`DanhSachHoSoBoSung` as of `at`: what was asked of the citizen, papers or a payment."""
    return [_supplement(life, wait, number, at) for number, wait in enumerate(life.waits) if wait.requested_at <= at]


def results(filing: Filing) -> Rows:
    """`DanhSachGiayToKetQua`: the result, with a file where it is electronic, numbered where it is in the e-store."""
    electronic = filing.channel is Channel.ONLINE or chance(filing.salt, Ask.ELECTRONIC) < 0.6
    stored = electronic and chance(filing.salt, Ask.STORED) < 0.72
    return [
        {
            "TenGiayTo": filing.procedure.result,
            "MaThanhPhanHoSo": f"{filing.procedure.code}-KQ",
            "GiayToId": f"KQ-{filing.code}" if stored else "",
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
        "NgayHenTraTruoc": wire(wait.due_before) if wait.due_before else "",
        "NgayHenTraMoi": wire(wait.due_after) if answered and wait.due_after else "",
    }
