"""What a rendering of a snapshot says in Vietnamese: numbers, days, moments and states as a clerk writes them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final, Literal

from stream.kpi.definition import Direction, Unit, WindowName
from stream.snapshot.content.document import Covered, KpiFacts, Number

_ENOUGH: Final = Context(prec=400)
NO_DATA: Final = "–"
"""What stands where there is no data (null): never zero."""

CALENDARS: Final[Mapping[str | None, str]] = {
    "index": "Lịch dương: tháng, quý, năm theo Quyết định 766/QĐ-TTg",
    "statutory": "Kỳ báo cáo theo Nghị định 09/2019/NĐ-CP: từ ngày 15 đến ngày 14",
    None: "Theo ngày",
}
SOURCE_STATES: Final[Mapping[str, str]] = {
    "live": "Đang gửi",
    "late": "Trễ",
    "silent": "Im lặng",
    "closed": "Ngoài giờ",
    "never": "Chưa từng gửi",
}
MEASURES: Final[Mapping[Unit, str]] = {
    "count": "số lượng",
    "percent": "%",
    "points": "điểm",
    "days": "ngày",
    "minutes": "phút",
}
"""Units of measure (đơn vị tính)."""
WINDOWS: Final[Mapping[WindowName, str]] = {
    "moment": "Tại thời điểm chốt",
    "day": "Trong ngày",
    "month": "Từ đầu tháng",
    "quarter": "Từ đầu quý",
    "year": "Từ đầu năm",
    "period": "Trong kỳ",
}
DIRECTIONS: Final[Mapping[Direction, str]] = {
    "higher_is_better": "Càng cao càng tốt",
    "lower_is_better": "Càng thấp càng tốt",
    "neutral": "Không có chiều",
}
CERTAINTIES: Final[Mapping[str, str]] = {
    "A": "A: đã công bố",
    "B": "B: một nguồn nói",
    "C": "C: giả định làm việc, cần xác nhận",
}
CAUSES: Final[Mapping[Literal["late_events", "by_hand"], str]] = {
    "late_events": "có số liệu đến muộn",
    "by_hand": "do người có thẩm quyền yêu cầu",
}
WITNESSED: Final = "Tính từ mẫu đo đường truyền lúc lập báo cáo; không tính lại được từ nhật ký."


def number(value: Number | Decimal | None, digits: int = 0) -> str:
    """A number as it is written in Vietnamese, 1.234,5, its last digit rounded as Excel does; null is a dash."""
    if value is None:
        return NO_DATA
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    rounded = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, _ENOUGH)
    return f"{rounded:,f}".translate(str.maketrans(",.", ".,"))


def figure(value: Number | None, kpi: KpiFacts) -> str:
    """A figure of a KPI with its digits; a ratio as a percentage, 95,0%."""
    if kpi.unit == "percent" and value is not None:
        return f"{number(100 * Decimal(repr(value)), kpi.digits)}%"
    return number(value, kpi.digits)


def day(text: str) -> str:
    """A day (YYYY-MM-DD) as it is written in reports: 14/11/2026."""
    return f"{date.fromisoformat(text):%d/%m/%Y}"


def moment(text: str) -> str:
    """A moment of the object: 08:00:00 ngày 16/11/2026; its thousandths only where they are told."""
    when = datetime.fromisoformat(text)
    part = f",{when:%f}"[:4] if when.microsecond else ""
    return f"{when:%H:%M:%S}{part} ngày {when:%d/%m/%Y}"


def stretch(first: str, last: str) -> str:
    """The days of a period: từ ngày 15/10/2026 đến hết ngày 14/11/2026."""
    return f"ngày {day(first)}" if first == last else f"từ ngày {day(first)} đến hết ngày {day(last)}"


def period_name(period: Covered) -> str:
    """A period by its name: Tháng 11 năm 2026, Quý III năm 2026, 9 tháng năm 2026, Ngày 20/11/2026."""
    if len(period.name) == len("2026-11-20"):
        return f"Ngày {day(period.name)}"
    year, _, part = period.name.partition("-")
    match tuple(part):
        case ():
            return f"Năm {year}"
        case ("Q", n):
            return f"Quý {('I', 'II', 'III', 'IV')[int(n) - 1]} năm {year}"
        case ("H", n):
            return f"6 tháng {'đầu' if n == '1' else 'cuối'} năm {year}"
        case ("9", "M"):
            return f"9 tháng năm {year}"
        case _:
            return f"Tháng {int(part)} năm {year}"


def lasting(seconds: int) -> str:
    """How long: 3 giờ 2 phút, 2 ngày 4 giờ, 40 giây; the two largest parts."""
    parts: list[str] = []
    for size, name in ((86_400, "ngày"), (3_600, "giờ"), (60, "phút"), (1, "giây")):
        n, seconds = divmod(seconds, size)
        if n or (size == 1 and not parts):
            parts.append(f"{n} {name}")
    return " ".join(parts[:2])
