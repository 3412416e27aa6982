"""Days and moments as document systems write them; local time of Việt Nam where none is named.

Taken: `2026-06-05`, `2026/06/05`, `05/06/2026` (day first, Decree 30/2020/NĐ-CP), `20260605`, each with or without
`HH:mm[:ss[.fff]]` and `Z` or `+07:00`. A year of two digits and a clock of twelve hours are refused by name: that
clock is American, and so may be the order of month and day before it.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, NamedTuple

from ingest.contracts.limits import EARLIEST, LATEST
from ingest.refusal import Reason, RefusedError

# Without summer time since 1975: arithmetic is exact (as in `ingest.sources.moments`).
LOCAL: Final = timezone(timedelta(hours=7))

_DAY: Final = (
    r"(?:(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})(?P<s2>[-/.])(?P<m2>\d{1,2})(?P=s2)(?P<y2>\d{4})"
    r"|(?P<y3>\d{4})(?P<m3>\d{2})(?P<d3>\d{2}))"
)
_CLOCK: Final = (
    r"(?:(?:T|\s{1,3})(?P<h>\d{1,2}):(?P<min>\d{2})(?::(?P<sec>\d{2})(?:[.,](?P<frac>\d{1,9}))?)?"
    r"|(?<=\d{8})(?P<h3>\d{2})(?P<min3>\d{2})(?P<sec3>\d{2}))"
)
_ZONE: Final = r"\s{0,3}(?P<zone>Z|[+-]\d{2}:?\d{2})"
_WRITTEN: Final = re.compile(rf"{_DAY}(?:{_CLOCK}(?:{_ZONE})?)?", re.ASCII)
_TWELVE_HOURS: Final = re.compile(r"\d\s{0,3}(?:AM|PM|SA|CH)", re.ASCII | re.IGNORECASE)
_SHORT_YEAR: Final = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{1,2}(?:\D.*)?", re.ASCII | re.DOTALL)

_SHAPE: Final = Reason(
    "not a date: yyyy-MM-dd, yyyy/MM/dd or dd/MM/yyyy, with or without HH:mm:ss",
    "không phải ngày dạng yyyy-MM-dd, yyyy/MM/dd hay dd/MM/yyyy, có hoặc không có HH:mm:ss",
)
_AMBIGUOUS: Final = Reason(
    "ambiguous: day and month can't be told apart (clock of twelve hours, or a year of two digits)",
    "không rõ ràng: không phân biệt được ngày và tháng (giờ AM/PM hoặc năm hai chữ số)",
)
_IMPOSSIBLE: Final = Reason("no such day or hour", "ngày hoặc giờ không có thật")
_FAR: Final = Reason("outside 1990 to 2199", "ngoài khoảng từ năm 1990 đến năm 2199")
_HOURLESS: Final = Reason("a day without an hour", "có ngày mà không có giờ")


class When(NamedTuple):
    """A local day, and the moment in UTC where an hour was said."""

    day: date
    at: datetime | None

    def begin(self) -> datetime:
        """The moment, else the beginning of the day."""
        return self.at or datetime.combine(self.day, datetime.min.time(), LOCAL).astimezone(UTC)

    def end(self) -> datetime:
        """The moment, else the last second of the day."""
        return self.at or self.begin() + timedelta(hours=24, seconds=-1)


def when(written: str, place: str) -> When:
    """What a text says. Raises `RefusedError`, without the text: what stands in the wrong field may be a person's."""
    found = _WRITTEN.fullmatch(written) if len(written) <= 60 else None
    if found is None:
        ambiguous = len(written) <= 60 and (_TWELVE_HOURS.search(written) or _SHORT_YEAR.fullmatch(written))
        raise RefusedError(place, _AMBIGUOUS if ambiguous else _SHAPE)
    try:
        said = _said(found)
    except (ValueError, OverflowError):
        raise RefusedError(place, _IMPOSSIBLE) from None
    if not EARLIEST <= said.begin() < said.end() + timedelta(seconds=1) <= LATEST:
        raise RefusedError(place, _FAR)
    return said


def moment(written: str, place: str) -> datetime:
    """A moment in UTC. Raises `RefusedError` for a day without an hour, too."""
    at = when(written, place).at
    if at is None:
        raise RefusedError(place, _HOURLESS)
    return at


def _said(found: re.Match[str]) -> When:
    year, month, day = (int(found[name] or found[f"{name}2"] or found[f"{name}3"]) for name in "ymd")
    if found["h"] is None and found["h3"] is None:
        return When(date(year, month, day), None)
    hour, minute, second = (int(found[name] or found[f"{name}3"] or 0) for name in ("h", "min", "sec"))
    fraction = int(((found["frac"] or "") + "000000")[:6])
    at = datetime(year, month, day, hour, minute, second, fraction, tzinfo=_zone(found["zone"]))
    return When(at.astimezone(LOCAL).date(), at.astimezone(UTC))


def _zone(written: str | None) -> timezone:
    if written is None:
        return LOCAL
    if written == "Z":
        return UTC
    digits = written[1:].replace(":", "")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-ahead if written.startswith("-") else ahead)
