"""What form II.06a says in Vietnamese: its title, its columns, its notes, as the circular has them."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from stream.kpi.period import CalendarName
from stream.report.ii06a import FORM
from stream.report.reading import Report

LOCAL: Final = ZoneInfo("Asia/Ho_Chi_Minh")

NUMBER: Final = f"Biểu số {FORM}"
TITLE: Final = (
    "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
    "TẠI CƠ QUAN, ĐƠN VỊ TRỰC TIẾP GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
)
IN_WHAT: Final = "Đơn vị tính: Số hồ sơ TTHC"
TOTAL: Final = "Tổng số"
FIELD: Final = "Lĩnh vực giải quyết"
NO: Final = "STT"

GROUPS: Final[Mapping[int, str]] = {
    3: "Số lượng hồ sơ tiếp nhận",
    7: "Số lượng hồ sơ đã giải quyết",
    11: "Số lượng hồ sơ đang giải quyết",
}
IN_PERIOD: Final = "Trong kỳ"
COLUMN_NAMES: Final[Mapping[int, str]] = {
    3: "Tổng số",
    4: "Trực tuyến",
    5: "Trực tiếp, dịch vụ bưu chính",
    6: "Từ kỳ trước",
    7: "Tổng số",
    8: "Trước hạn",
    9: "Đúng hạn",
    10: "Quá hạn",
    11: "Tổng số",
    12: "Trong hạn",
    13: "Quá hạn",
}
IDENTITIES: Final[Mapping[int, str]] = {3: "(3)=(4)+(5)+(6)", 7: "(7)=(8)+(9)+(10)", 11: "(11)=(12)+(13)"}

_CALENDARS: Final[Mapping[CalendarName, str]] = {
    "index": "theo tháng, quý, năm dương lịch",
    "statutory": "theo Nghị định 09/2019/NĐ-CP",
}


def group_of(column: int) -> str:
    """The heading above a column."""
    return GROUPS[3 if column < 7 else 7 if column < 11 else 11]


def day(when: date) -> str:
    """A day as it is written in reports: 31/03/2026."""
    return f"{when:%d/%m/%Y}"


def moment(when: datetime) -> str:
    """A moment in local time."""
    return f"{when.astimezone(LOCAL):%H:%M:%S ngày %d/%m/%Y}"


def period_name(report: Report) -> str:
    """The reporting period by its name, where it has one."""
    period = report.asked.period
    return "Kỳ báo cáo" if period.calendar is None else f"Kỳ báo cáo: {period.name} ({_CALENDARS[period.calendar]})"


def days(report: Report) -> str:
    """The days that are counted."""
    scope = report.asked.scope
    return f"(Từ ngày {day(scope.first)} đến ngày {day(scope.last)})"


def reporter(report: Report) -> str:
    """Whose report it is."""
    scope = report.asked.scope
    return scope.title if scope.code is None else f"{scope.title} ({scope.code})"


def notes(report: Report) -> Iterator[str]:
    """What a reader has to know besides the numbers."""
    asked, form = report.asked, report.form
    known = "" if asked.known_at is None else f", theo những gì đã biết lúc {moment(asked.known_at)}"
    yield f"Số liệu tính đến {moment(asked.as_of)}{known}."
    if asked.scope.is_cut(asked.period):
        whole = f"ngày {day(asked.period.first)} đến ngày {day(asked.period.last)}"
        yield f"Kỳ được hỏi từ {whole}; chỉ tính thời gian đơn vị hành chính mang mã này còn hiệu lực."
    registers = f"; danh mục thủ tục: {', '.join(report.registers)}" if report.registers else ""
    yield f"Lịch làm việc: {', '.join(report.calendars)}{registers}."
    if report.heard is None:
        yield "Chưa có dữ liệu nào của đơn vị đến thời điểm này."
    if form.settled_undated:
        yield f"Cột (9) gồm {form.settled_undated} hồ sơ đã giải quyết không có ngày hẹn trả."
    if form.unknown_level:
        yield f"{form.unknown_level} hồ sơ thuộc thủ tục chưa có trong danh mục, chưa rõ cấp giải quyết."
