"""The clock of an application: from when on it is due soon and overdue, and how it ended (handbook 3.4)."""

from functools import lru_cache

from stream.core.calendar import WorkingCalendar
from stream.core.ledger import Measure
from stream.core.moment import Moment, day_of, start_of


@lru_cache(maxsize=1 << 16)
def thresholds(due: Moment, calendar: WorkingCalendar) -> tuple[Moment, Moment]:
    """From when on an open application is due soon, and from when on it is overdue.

    Due soon: no more than one working day is left. Overdue: from the start of the local day after the due date.
    """
    return calendar.a_working_day_before(due), overdue_from(due)


def overdue_from(due: Moment) -> Moment:
    """The start of the local day after the due date: **dates** are compared, not hours."""
    return start_of(day_of(due) + 1)


def outcome(ended: Moment, due: Moment | None) -> Measure:
    """How a settled application ended: the **dates** of end and due date are compared."""
    if due is None:
        return Measure.SETTLED_UNDATED
    late = day_of(ended) - day_of(due)
    return Measure.SETTLED_EARLY if late < 0 else Measure.SETTLED_ON_DATE if late == 0 else Measure.SETTLED_LATE
