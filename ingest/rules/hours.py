"""Times of day as they stand in a calendar: "07:30", and "07:30-11:30" for working hours."""

import re
from typing import Final

from ingest.rules.problems import ProblemError

_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)


def clock(given: object) -> int:
    """Seconds after local midnight; "24:00" is the end of the day. Raises `ProblemError`."""
    found = _CLOCK.fullmatch(given.strip()) if isinstance(given, str) else None
    if found is None:
        raise ProblemError(f'{given!r} is not a time of day such as "07:30"', f'{given!r} không phải giờ như "07:30"')
    seconds = int(found[1]) * 3600 + int(found[2]) * 60
    if int(found[2]) > 59 or seconds > 86_400:
        raise ProblemError(f"{given!r} does not exist", f"{given!r} không có thật")
    return seconds


def span(given: object) -> tuple[int, int]:
    """Working hours from and to, in seconds after local midnight. Raises `ProblemError`."""
    parts = given.split("-") if isinstance(given, str) else []
    if len(parts) != 2:
        raise ProblemError(
            f'{given!r} are no hours such as "07:30-11:30"', f'{given!r} không phải khoảng giờ "07:30-11:30"'
        )
    since, until = clock(parts[0]), clock(parts[1])
    if since >= until:
        raise ProblemError(f"{given!r} ends before it begins", f"{given!r} kết thúc trước khi bắt đầu")
    return since, until


def written(seconds: int) -> str:
    """The time of day for a person: "07:30"."""
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"
