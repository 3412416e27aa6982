"""Call records as bridges write them, and the layouts that are shipped for them."""

from importlib.resources import files

from ingest.registration import Source
from ingest.sources.call_layout import Layout, read_layout

BRIDGE = Source(
    "rmx.moc-chau",
    "call-records",
    {"host": "03979", "UBND-03979": "03979", "DC-03980": "03980", "DC-03982": "03982"},
    streams=("conference",),
)
POLYCOM = (
    "1000,giao-ban,15113,2026-07-22 01:00:00,1:30:00,2026-07-22 01:07:30,1:12:05,3,c15113.cdr,1,7:00,0;\n"
    "1,22.07.2026,01:07:30,0,0,0,0,Nguyen Thi Hoa;\n"
    "17,22.07.2026,01:08:00,0,0,Nguyen Thi Hoa,0912345678,1;\n"
)
LIST_HEAD = (
    "Phòng họp,Đơn vị chủ trì,Bắt đầu theo lịch,Kết thúc theo lịch,Bắt đầu,Thời lượng (phút),Trạng thái,"
    "Điểm cầu được mời,Điểm cầu tham dự"
)


def shipped(name: str) -> Layout:
    """A layout of the product."""
    return read_layout(name, (files("ingest.sources.layouts") / f"{name}.toml").read_text(encoding="utf-8"))


def polycom(**changes: str) -> bytes:
    """The first record of a Polycom file, with other values."""
    fields = {
        "version": "1000",
        "room": "giao-ban",
        "number": "15113",
        "reserved": "2026-07-22 01:00:00",
        "reserved_for": "1:30:00",
        "began": "2026-07-22 01:07:30",
        "lasted": "1:12:05",
        "status": "3",
    } | changes
    return ",".join(fields.values()).encode() + b",c.cdr,1,7:00,0;\n"
