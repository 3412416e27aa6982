"""The clock of an application: which due date is in force, when it falls due, how it ended.

Rules: domain handbook 3.4. The source's own due date (ngày hẹn trả) rules. Where a supplement arrived and
the source neither gave the new date nor moved the old one, the date moves by the working time of the pause.
"""

from functools import lru_cache

from stream.core.calendar import WorkingCalendar
from stream.core.ledger import Measure
from stream.core.moment import Moment, day_of, start_of
from stream.core.timeline import Record


def due_in_force(record: Record, calendar: WorkingCalendar) -> Moment | None:
    """The due date by what this record says, or None where it says none."""
    due = record.due
    for pause in record.pauses:
        if pause.received is None:
            continue
        if due is None:
            due = pause.due_after
        elif due == pause.due_before:
            stood = calendar.measure(pause.requested, pause.received)
            due = pause.due_after if pause.due_after is not None else calendar.add(due, stood)
    return due


@lru_cache(maxsize=1 << 16)
def thresholds(due: Moment, calendar: WorkingCalendar) -> tuple[Moment, Moment]:
    """From when on an open application is due soon, and from when on it is overdue.

    Due soon: no more than one working day is left. Overdue: from the start of the local day after the due date.
    """
    return calendar.subtract(due, calendar.working_day), start_of(day_of(due) + 1)


def outcome(ended: Moment, due: Moment | None) -> Measure:
    """How a settled application ended: the **dates** of end and due date are compared."""
    if due is None:
        return Measure.SETTLED_UNDATED
    late = day_of(ended) - day_of(due)
    return Measure.SETTLED_EARLY if late < 0 else Measure.SETTLED_ON_DATE if late == 0 else Measure.SETTLED_LATE
