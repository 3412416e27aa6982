"""What stands in the cells of a file of official scores: periods, days, points and names, as either language writes."""

import re
import unicodedata
from datetime import date, datetime

from stream.kpi.period import Period, PeriodError, parse_period

_MONTH = re.compile(r"(?P<month>0?[1-9]|1[0-2])/(?P<year>[0-9]{4})")
_QUARTER = re.compile(r"q(?P<quarter>[1-4])/(?P<year>[0-9]{4})", re.IGNORECASE)
_FIRST_OF_MONTH = re.compile(r"([0-9]{4}-[0-9]{2})-01")  # what a spreadsheet makes of 2026-06
_DAY = re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})")
_POINTS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,3})?")


class CellError(ValueError):
    """A cell does not say what it should; `vi` and `en` are why."""

    retriable = False

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi, self.en = vi, en


def period_of(text: str) -> Period:
    """The calendar period of 2026-06, 06/2026, 2026-Q2, Q2/2026, 2026-H1 or 2026. Raises `CellError`."""
    name = text.upper()
    for pattern, form in ((_MONTH, "{year}-{month:0>2}"), (_QUARTER, "{year}-Q{quarter}")):
        if found := pattern.fullmatch(text):
            name = form.format(**found.groupdict())
    if first := _FIRST_OF_MONTH.fullmatch(text):
        name = first[1]
    try:
        return parse_period(name, "index")
    except PeriodError:
        raise CellError(
            f"{text!r} không phải là kỳ như 2026-06, 06/2026, 2026-Q2 hay 2026",
            f"{text!r} is not a period such as 2026-06, 06/2026, 2026-Q2 or 2026",
        ) from None


def day_of(text: str) -> date:
    """The day of 2026-07-15 (a time after it does not matter) or 15/07/2026. Raises `CellError`."""
    found = _DAY.fullmatch(text)
    try:
        if found:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise CellError(
            f"{text!r} không phải là ngày như 15/07/2026", f"{text!r} is not a day such as 2026-07-15"
        ) from None


def points_of(text: str, most: float) -> float:
    """The points of 85.5 or 85,5, from 0 to `most`. Raises `CellError`."""
    points = float(text.replace(",", ".")) if _POINTS.fullmatch(text) else -1
    if not 0 <= points <= most:
        raise CellError(f"{text!r} không phải là điểm từ 0 đến {most:g}", f"{text!r} is not points from 0 to {most:g}")
    return points


def plain(text: str) -> str:
    """A name as it is compared: composed letters, lower case, single spaces, no mark at the end."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split()).rstrip(" :*.")
