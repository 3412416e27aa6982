"""What the PDF says besides the object's own words and those that all renderings share, in Vietnamese."""

from collections.abc import Mapping
from typing import Final

from stream.kpi.definition import Standing

STANDINGS: Final[Mapping[Standing, tuple[str, str]]] = {
    "good": ("●", "Đạt mục tiêu"),
    "warn": ("◆", "Gần mục tiêu"),
    "bad": ("▼", "Chưa đạt mục tiêu"),
    "none": ("", "Không đặt mục tiêu"),
}
"""A shape and words: nothing is told by colour alone, and a report is printed in black."""
SOURCE_KINDS: Final[Mapping[str, str]] = {
    "onestop": "Một cửa điện tử",
    "onestop-sync": "Một cửa điện tử",
    "documents": "Văn bản",
    "edxml": "Văn bản (edXML)",
    "conference": "Hội nghị truyền hình",
    "bigbluebutton": "Hội nghị truyền hình",
    "jitsi": "Hội nghị truyền hình (đường truyền)",
    "call-records": "Hội nghị truyền hình (nhật ký cuộc gọi)",
    "spreadsheet": "Bảng tính",
    "events": "Sự kiện gửi thẳng",
}


def lower(text: str) -> str:
    """A sentence's beginning inside another sentence; abbreviations stay."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
