"""Why a snapshot is late, in words."""

from collections.abc import Mapping
from typing import Final

from stream.kpi.definition import Bilingual
from stream.snapshot.content.document import LateReason

_REASONS: Final = (
    LateReason(
        id="scheduler_away",
        text=Bilingual(
            "Bộ lập lịch không chạy, hoặc không tới được cơ sở dữ liệu, vào giờ chốt",
            "No scheduler ran, or none reached the database, when the slot came",
        ),
    ),
    LateReason(
        id="log_behind",
        text=Bilingual(
            "Sự kiện nhận trước giờ chốt chưa được xử lý xong",
            "Events taken in before the slot had not been applied yet",
        ),
    ),
    LateReason(
        id="sources_late",
        text=Bilingual(
            "Giữ lại để chờ nguồn dữ liệu gửi muộn",
            "Held back for sources of data that were late",
        ),
    ),
    LateReason(
        id="failed",
        text=Bilingual(
            "Lần lập trước bị lỗi",
            "An attempt before failed",
        ),
    ),
    LateReason(
        id="by_hand",
        text=Bilingual(
            "Lập theo yêu cầu, sau giờ chốt",
            "Asked for by hand after its slot",
        ),
    ),
    LateReason(
        id="clock_set",
        text=Bilingual(
            "Đồng hồ máy chủ nhảy qua giờ chốt (chỉnh giờ hoặc máy tạm dừng)",
            "The server's clock leapt over the slot (it was set, or the machine slept)",
        ),
    ),
    LateReason(
        id="calendar_changed",
        text=Bilingual(
            "Lịch làm việc hoặc lịch báo cáo được đổi sau giờ chốt",
            "The working calendar or the schedule was changed after the slot",
        ),
    ),
    LateReason(
        id="busy",
        text=Bilingual(
            "Bộ lập lịch còn đang lập các báo cáo khác",
            "The scheduler was still making other snapshots",
        ),
    ),
)
_BY_ID: Final[Mapping[str, LateReason]] = {each.id: each for each in _REASONS}


def late_reason(name: str) -> LateReason:
    """The reason with its words. Raises `KeyError` for one that nobody defined."""
    return _BY_ID[name]
