"""Dates as people write them. A mapping names the formats that are allowed; nothing else is a date.

Formats are written as Excel writes them: `dd/MM/yyyy`, `d/M/yy`, `yyyy-MM-dd`, `dd-MM-yyyy HH:mm`; `hh` with `tt` for
AM and PM (SA, CH). `excel-serial` allows bare numbers of days. Times are local: Việt Nam.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from ingest.refusal import Reason, RefusedError
from ingest.spreadsheet.cells import Serial

EXCEL_SERIAL: Final = "excel-serial"

_TOKENS: Final = {
    "yyyy": r"(?P<year>\d{4})", "yy": r"(?P<short>\d{2})",
    "MM": r"(?P<month>\d{2})", "M": r"(?P<month>\d{1,2})",
    "dd": r"(?P<day>\d{2})", "d": r"(?P<day>\d{1,2})",
    "HH": r"(?P<hour>\d{2})", "H": r"(?P<hour>\d{1,2})",
    "hh": r"(?P<half>\d{2})", "h": r"(?P<half>\d{1,2})",
    "mm": r"(?P<minute>\d{2})", "ss": r"(?P<second>\d{2})", "tt": r"(?P<side>AM|PM|SA|CH)",
}  # fmt: skip
_FORMAT: Final = re.compile("yyyy|yy|MM?|dd?|HH?|hh?|mm|ss|tt|[^A-Za-z]+")
_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a local moment: the file says no zone
_FIRST: Final = datetime(1990, 1, 2)  # noqa: DTZ001 - local
_LAST: Final = datetime(2199, 12, 31)  # noqa: DTZ001 - local
_HOUR: Final = re.compile(
    r"(\d{1,2})(?:\s*[:hg]\s*(\d{2})?|\s*(?:giờ|gio)\s*(\d{2})?\s*(?:phút|phut)?)(?::(\d{2}))?",
    re.IGNORECASE | re.ASCII,
)

_FAR: Final = Reason("outside 1990 to 2199", "ngoài khoảng từ năm 1990 đến năm 2199")
_IMPOSSIBLE: Final = Reason("no such date", "ngày không có thật")
_NO_HOUR: Final = Reason(
    "no time of day: none is guessed; write it, or let the mapping say one ([hours])",
    "thiếu giờ: hãy ghi giờ, hoặc khai báo giờ trong tệp ánh xạ ([hours])",
)
_NO_TIME: Final = Reason("not a time of day such as 08:30", "không phải giờ dạng 08:30")


class When(NamedTuple):
    """A local moment; `exact` where the time of day was written."""

    local: datetime
    exact: bool


@dataclass(frozen=True)
class DateFormat:
    """A format that dates may have."""

    name: str
    pattern: re.Pattern[str]

    def read(self, text: str) -> When | None:
        """The date; None for a text of another shape. Raises `ValueError` for a date that does not exist."""
        found = self.pattern.fullmatch(text)
        if found is None:
            return None
        part = found.groupdict()
        hour = part.get("hour") or part.get("half")
        year = int(part["year"]) if part.get("year") else 2000 + int(part["short"])
        time = (int(hour or 0) % 24, int(part.get("minute") or 0), int(part.get("second") or 0))
        if hour is not None and int(hour) > 23:
            raise ValueError(hour)
        if part.get("side"):
            time = (_of_the_day(int(hour or 0), part["side"].upper()), *time[1:])
        local = datetime(year, int(part["month"]), int(part["day"]), *time)  # noqa: DTZ001 - local
        return When(local, exact=hour is not None)


def _of_the_day(hour: int, side: str) -> int:
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if side in {"PM", "CH"} else 0)


@lru_cache(maxsize=256)
def date_format(name: str) -> DateFormat:
    """The format of this name. Raises `ValueError` with a sentence for one that names no day, or anything unknown."""
    parts = _FORMAT.findall(name)
    if "".join(parts) != name or len(name) > 40:
        raise ValueError(f"{name[:40]!r} is no format of dates: write it as in dd/MM/yyyy HH:mm")
    groups = [_TOKENS.get(part) or re.escape(part) for part in parts]
    kinds = [re.sub(r"\W.*", "", group[4:]) for group in groups if group.startswith("(?P<")]
    if len(set(kinds)) < len(kinds) or len({"year", "short"} & set(kinds)) != 1:
        raise ValueError(f"{name!r} names something twice, or no year")
    if not {"month", "day"} <= set(kinds) or ("half" in kinds) != ("side" in kinds) or {"hour", "half"} <= set(kinds):
        raise ValueError(f"{name!r} is no format of dates: write it as in dd/MM/yyyy HH:mm")
    if {"minute", "second"} & set(kinds) and not {"hour", "half"} & set(kinds):
        raise ValueError(f"{name!r} has minutes without an hour: mm is minutes, MM is months")
    return DateFormat(name, re.compile("".join(groups), re.IGNORECASE | re.ASCII))


def read_date(text: str, formats: Sequence[str], field: str) -> When:
    """The date that the text says in one of the formats.

    Raises `RefusedError` for another shape, a date that does not exist, and one that two formats read differently. The
    text is not quoted: what stands in the wrong column may be a person's.
    """
    text = " ".join(text.split())
    found: dict[When, str] = {}
    exists = True
    for name in formats:
        if name == EXCEL_SERIAL:
            if re.fullmatch(r"\d{1,6}(?:[.,]\d{1,15})?", text, re.ASCII):
                found.setdefault(serial(Serial(float(text.replace(",", "."))), field), name)
            continue
        try:
            when = date_format(name).read(text)
        except ValueError:
            exists = False
            continue
        if when is not None:
            found.setdefault(when, name)
    if len(found) > 1:
        first, second, *_ = found.values()
        told = f"{first} and {second} read it differently: let the mapping allow one of them"
        told_vi = f"{first} và {second} đọc ra hai ngày khác nhau: tệp ánh xạ chỉ nên cho phép một dạng"
        raise RefusedError(field, Reason(told, told_vi))
    if not found:
        allowed = ", ".join(formats) or "a date of Excel"
        shape = Reason(f"not a date of the form {allowed}", f"không phải ngày dạng {allowed}")
        raise RefusedError(field, shape if exists else _IMPOSSIBLE)
    return _within(next(iter(found)), field)


def serial(value: Serial, field: str) -> When:
    """The moment of a date of Excel, to the second: its fraction is not exact. Raises `RefusedError`."""
    if not 1 <= value.days < 110_000:
        raise RefusedError(field, _FAR)
    local = _EPOCH + timedelta(seconds=round(value.days * 86_400))
    return _within(When(local, exact=local.time() != _EPOCH.time()), field)


def read_hour(cell: str | float | Serial, field: str) -> timedelta:
    """The time of day of a cell of its own: 08:30, 8h30, 8 giờ, or a time of Excel. Raises `RefusedError`."""
    if isinstance(cell, Serial) or not isinstance(cell, str):
        days = cell.days if isinstance(cell, Serial) else float(cell)
        if not 0 <= days < 1:
            raise RefusedError(field, _NO_TIME)
        return timedelta(seconds=round(days * 86_400))
    found = _HOUR.fullmatch(cell.strip())
    if found is None:
        raise RefusedError(field, _NO_TIME)
    hour, minute, second = int(found[1]), int(found[2] or found[3] or 0), int(found[4] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise RefusedError(field, _NO_TIME)
    return timedelta(hours=hour, minutes=minute, seconds=second)


def moment_of(when: When, hour: timedelta | None, field: str) -> datetime:
    """The local moment: as written, or the day at the hour that a column or the mapping says. Raises `RefusedError`."""
    if when.exact:
        return when.local
    if hour is None:
        raise RefusedError(field, _NO_HOUR)
    return when.local.replace(hour=0, minute=0, second=0) + hour


def _within(when: When, field: str) -> When:
    if not _FIRST <= when.local <= _LAST:
        raise RefusedError(field, _FAR)
    return when
