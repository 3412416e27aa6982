"""Moments of the sync record: `yyyyMMddHHmmss`, local time of Việt Nam (handbook 3.1), to UTC."""

from datetime import UTC, datetime, timedelta
from typing import Final

from ingest.contracts.limits import EARLIEST, LATEST
from ingest.refusal import Reason, RefusedError
from ingest.sources.codes import text_of

# Asia/Ho_Chi_Minh has been UTC+7 without summer time since 1975: arithmetic is exact and ten times as fast.
_AHEAD: Final = timedelta(hours=7)

_SHAPE: Final = Reason(
    "not a moment yyyyMMddHHmmss", "không phải thời điểm dạng yyyyMMddHHmmss"
)  # the value is not quoted: what stands in the wrong field may be a person's
_IMPOSSIBLE: Final = Reason("no such moment in the calendar", "thời điểm không có thật")
_FAR: Final = Reason("outside 1990 to 2199", "ngoài khoảng từ năm 1990 đến năm 2199")


def moment(value: str | int | None, field: str) -> datetime | None:
    """The moment in UTC; None for null and for blanks.

    Raises `RefusedError` for another shape (a date of 8 digits says no hour, and none is guessed), for a day
    or hour that does not exist, and for a year that is a slip.
    """
    if value is None:
        return None
    text = text_of(value, field)
    if not text:
        return None
    if len(text) != 14 or not text.isdigit() or not text.isascii():
        raise RefusedError(field, _SHAPE)
    if text[8:10] == "24":  # midnight at the end of a day: some versions of Python take it, others do not
        raise RefusedError(field, _IMPOSSIBLE)
    try:
        found = datetime.fromisoformat(f"{text[:8]}T{text[8:]}Z").replace(tzinfo=UTC) - _AHEAD
    except (ValueError, OverflowError):
        raise RefusedError(field, _IMPOSSIBLE) from None
    if not EARLIEST <= found < LATEST:
        raise RefusedError(field, _FAR)
    return found
