"""How a meeting (cuộc họp) is named, whoever tells of it, so that its schedule, its webhooks and its records meet.

A room (phòng họp) is used again and again; a meeting is what a room is used for on one day. Its name is
`<room>@<day>`: the room's code as the conference system knows it, and the day of Việt Nam on which the session was
created there, as `2026-07-22`. A schedule names the day it is held on. A room that is made for one meeting only is
named the same way, so that nobody has to know which it is.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final

from ingest.contracts.limits import EARLIEST, LATEST
from ingest.refusal import Reason, RefusedError
from ingest.sources import codes

HOST: Final = "host"
"""The code of a registration that names the unit (đơn vị chủ trì) which holds meetings whose records name none."""

_AHEAD: Final = timedelta(hours=7)  # Asia/Ho_Chi_Minh, without summer time since 1975
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_ROOM: Final = 200
_CODE: Final = re.compile(r"(?=.*[0-9._:/\-])[0-9A-Za-z._:/\-]{1,100}")
_TELEPHONE: Final = re.compile(r"[0-9]{9,}")
NO_SITE: Final = Reason("neither a registered site nor a code", "không phải điểm cầu đã đăng ký, cũng không phải mã")
_FAR: Final = Reason("outside 1990 to 2199", "ngoài khoảng từ năm 1990 đến năm 2199")


def meeting_name(room: str, day: date) -> str:
    """The name of the meeting held in a room on a day."""
    return f"{room}@{day.isoformat()}"


def room_code(value: str | int | None, field: str) -> str:
    """The code of a room: 1 to 200 printable characters. Raises `RefusedError`."""
    room = codes.name(value, field)
    if len(room) > _LONGEST_ROOM:
        raise RefusedError(field, Reason("longer than 200 characters", "dài quá 200 ký tự"))
    return room


def is_connection(leg: str) -> bool:
    """Whether it may be kept as a connection's id: letters without accents, and something that no name has."""
    return _CODE.fullmatch(leg) is not None


def is_site(site: str) -> bool:
    """Whether a site that nobody registered may be kept: a code, and nobody's name or telephone number."""
    return is_connection(site) and not _TELEPHONE.fullmatch(site)


def day_of(moment: datetime) -> date:
    """The day of Việt Nam that a moment lies in."""
    return (moment.astimezone(UTC) + _AHEAD).date()


def moment_of(milliseconds: float, field: str) -> datetime:
    """The moment that lies so many milliseconds after 1970. Raises `RefusedError` outside 1990 to 2199."""
    if not _ms(EARLIEST) <= milliseconds < _ms(LATEST):
        raise RefusedError(field, _FAR)
    return _EPOCH + timedelta(milliseconds=milliseconds)


def _ms(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(milliseconds=1)
