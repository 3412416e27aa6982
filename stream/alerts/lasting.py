"""How long something has to last, as it is written in the rules: "30m", "4h", "2d"."""

import re
from typing import Final, NamedTuple

from stream.core.calendar import WorkingCalendar

_WRITTEN: Final = re.compile(r"(?P<number>[0-9]{1,4})(?P<unit>[mhd])", re.ASCII)
_SECONDS: Final = {"m": 60, "h": 3_600}
_PLAIN_DAY: Final = 86_400


class Lasting(NamedTuple):
    """A length of time: `unit` is m (minutes), h (hours) or d (days)."""

    number: int
    unit: str

    def __str__(self) -> str:
        return f"{self.number}{self.unit}"

    def working(self, calendar: WorkingCalendar) -> int:
        """The same in seconds of working time: a day is an ordinary working day of the calendar."""
        return self.number * (calendar.working_day if self.unit == "d" else _SECONDS[self.unit])

    @property
    def plain(self) -> int:
        """The same in seconds of any time: a day has 24 hours."""
        return self.number * (_PLAIN_DAY if self.unit == "d" else _SECONDS[self.unit])


def lasting(text: str) -> Lasting:
    """What the text says; raises `ValueError`, whose sentence is for who wrote it."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no length of time: write 30m, 4h or 2d")
    return Lasting(int(found["number"]), found["unit"])
