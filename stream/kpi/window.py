"""Over which time a figure counts: from the start of a local day up to a moment."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self, assert_never

from stream.core.moment import Day, Moment, date_of, day_number, day_of, moment_of, start_of
from stream.kpi.definition import WindowName


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows of all kinds that end together. `until` is the first moment that no longer counts.

    `since` is the first local day of the period that was asked for; it takes the place of every KPI's own.
    """

    until: Moment
    since: Day | None = None

    @classmethod
    def at(cls, when: datetime) -> Self:
        """The windows as of a moment; what happened in that very second counts."""
        return cls(moment_of(when) + 1)

    @classmethod
    def over(cls, first: date | None, last: date | None, when: datetime) -> Self:
        """The period from one local day to another, both included, as of `when` or its own end if that is earlier."""
        until = moment_of(when) + 1
        if last is not None:
            until = min(until, start_of(day_number(last) + 1))
        return cls(until, None if first is None else day_number(first))

    @property
    def day(self) -> Day:
        """The local day in which the windows end."""
        return day_of(self.until - 1)

    def start(self, window: WindowName) -> Day:
        """The local day with which a window begins; months, quarters and years are of the calendar (handbook 3.6)."""
        if self.since is not None:
            return self.since
        match window:
            case "moment" | "day":
                return self.day
            case "month" | "period":
                return day_number(date_of(self.day).replace(day=1))
            case "quarter":
                today = date_of(self.day)
                return day_number(today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1))
            case "year":
                return day_number(date_of(self.day).replace(month=1, day=1))
            case _:
                assert_never(window)
