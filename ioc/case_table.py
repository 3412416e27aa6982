"""A list of applications as `ioc case list` prints it for people."""

from typing import Final

from rich.console import Group
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from stream.story.listing import Line, Listed
from stream.story.naming import unit_said
from stream.story.words import clock, say, worktime

_COLUMNS: Final = ("Hồ sơ", "Đơn vị", "Lĩnh vực", "Thủ tục", "Trạng thái", "Tiếp nhận", "Hẹn trả", "Còn lại (giờ làm)",
                   "Dừng từ", "Kênh")  # fmt: skip


def list_table(listed: Listed, limit: int) -> Group:
    """The page, and how to go on."""
    table = Table(*_COLUMNS)
    for line in listed.lines:
        table.add_row(*(escape(cell) for cell in _cells(line)))
    notes = [Text(f"{len(listed.lines)} / {listed.number}")]
    if len(listed.lines) == limit:
        notes.append(Text(f"--after {listed.lines[-1].code}"))
    return Group(table, *notes)


def _cells(line: Line) -> list[str]:
    held, application = line.standing, line.judged.application
    return [
        line.code,
        "" if held.unit is None else unit_said(held.unit, held.as_of).vi,
        line.field.title,
        line.procedure or "",
        "" if held.status is None else say(f"status.{held.status}").vi,
        "" if application.received is None else clock(application.received),
        "" if held.due is None else clock(held.due),
        _left(line),
        "" if held.paused_since is None else clock(held.paused_since),
        say(f"channel.{application.channel}").vi if application.channel else "",
    ]


def _left(line: Line) -> str:
    left = line.standing.remaining
    if left is None:
        return ""
    return ("−" if left < 0 else "") + worktime(left, line.judged.rules.calendar.working_day).vi
