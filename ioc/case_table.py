"""A list of cases as `ioc case list` prints it for people."""

from typing import Final

from rich.console import Group
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from stream.story.listing import Line, Listed
from stream.story.naming import status_said, unit_said
from stream.story.plain_listing import PlainLine, PlainListed
from stream.story.words import clock, say, worktime

_COLUMNS: Final = ("Hồ sơ", "Đơn vị", "Lĩnh vực", "Thủ tục", "Trạng thái", "Tiếp nhận", "Hẹn trả", "Còn lại (giờ làm)",
                   "Dừng từ", "Kênh")  # fmt: skip


_PLAIN_COLUMNS: Final = ("Mã", "Đơn vị", "Trạng thái", "Từ", "Hạn")


def list_table(listed: Listed | PlainListed, limit: int) -> Group:
    """The page, and how to go on."""
    table = Table(*(_PLAIN_COLUMNS if isinstance(listed, PlainListed) else _COLUMNS))
    for line in listed.lines:
        cells = _plain_cells(line) if isinstance(line, PlainLine) else _cells(line)
        table.add_row(*(escape(cell) for cell in cells))
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


def _plain_cells(line: PlainLine) -> list[str]:
    held = line.standing
    return [
        line.code,
        "" if held.unit is None else unit_said(held.unit, held.as_of).vi,
        "" if held.status is None else status_said(line.kind, held.status).vi,
        "" if line.received is None else clock(line.received),
        "" if held.due is None else clock(held.due),
    ]


def _left(line: Line) -> str:
    left = line.standing.remaining
    if left is None:
        return ""
    return ("−" if left < 0 else "") + worktime(left, line.judged.rules.calendar.working_day).vi
