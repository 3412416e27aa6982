"""Lateness by the clock of the service-quality index (handbook section 5).

End = time of status 9, else 10, else 8 or 3 (7 only if it had been received); still open at the period's end: the
end of the period; waiting for its first supplement: the time of the request; more than one request: overdue;
supplemented once: the wait is taken off. Dates are compared, as everywhere. A wait for a payment stops this clock as
it stops the other, but is not a request for papers.
"""

from tests.reference.life import Life
from tests.reference.minutes import Minute, day


def ended_late(life: Life) -> bool:
    """Whether an ended application is late by the index."""
    assert life.ended is not None
    if life.requests(life.ended) > 1:
        return True
    return life.judged_by is not None and day(life.ended) > day(life.judged_by)


def open_late(life: Life, at: Minute) -> bool:
    """Whether an application that is open at the period's last minute `at` is late by the index."""
    if not life.open(at):
        return False
    if life.requests(at) > 1:
        return True
    due = life.due(at)
    end = life.waiting_since(at) if life.paused(at) else at
    return due is not None and day(end) > day(due)
