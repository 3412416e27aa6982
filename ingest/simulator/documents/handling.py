"""What an organ does with a document that it got: it takes it, hands it to somebody, and is done in time or late."""

from datetime import date, datetime, timedelta
from random import Random

from ingest.contracts.documents import DocumentStatus
from ingest.simulator.calendar import DAY, OfficeCalendar
from ingest.simulator.documents.organs import Organ
from ingest.simulator.documents.paper import Mark, Receipt
from ingest.simulator.documents.shares import Shares


def handle(
    shares: Shares, organ: Organ, sent_at: datetime, due_on: date | None, calendar: OfficeCalendar, rng: Random
) -> Receipt:
    """All steps of a document at an organ, those after now being a plan."""
    arrived = sent_at + timedelta(seconds=8 + int(rng.random() ** 3 * 110))
    taken = calendar.add(arrived, _wait(rng))
    steps = [Mark(DocumentStatus.ARRIVED, arrived)]
    aim = rng.random()
    if aim < shares.refused:
        return Receipt(organ, (*steps, Mark(DocumentStatus.REFUSED, taken)))
    steps.append(Mark(DocumentStatus.RECEIVED, taken))
    if aim < shares.refused + shares.taken_back:
        return Receipt(organ, (*steps, Mark(DocumentStatus.TAKEN_BACK, _later(calendar, taken, 0.1 + rng.random()))))
    assigned = _later(calendar, taken, 0.02 + 0.3 * rng.random())
    begun = _later(calendar, assigned, 0.03 + 0.5 * rng.random() ** 2)
    steps += [Mark(DocumentStatus.ASSIGNED, assigned), Mark(DocumentStatus.IN_PROGRESS, begun)]
    if rng.random() >= shares.forgotten:
        steps.append(Mark(DocumentStatus.DONE, _done(shares, organ, begun, due_on, calendar, rng)))
    return Receipt(organ, tuple(steps))


def _wait(rng: Random) -> int:
    """Seconds of office time until somebody takes it: minutes mostly, hours now and then."""
    return 60 + int(rng.random() ** 4 * 5 * 3600)


def _done(
    shares: Shares, organ: Organ, begun: datetime, due_on: date | None, calendar: OfficeCalendar, rng: Random
) -> datetime:
    if due_on is None:
        return _later(calendar, begun, 0.1 + 4 * rng.random() ** 2)
    close = datetime.combine(due_on, datetime.min.time(), begun.tzinfo) + timedelta(hours=16, minutes=40)
    left = calendar.between(begun, close)
    if rng.random() < shares.late * organ.slowness or left < DAY // 8:
        return _later(calendar, max(begun, close), 0.4 + 9 * rng.random() ** 2)
    return calendar.add(begun, int(left * (0.15 + 0.83 * rng.random() ** 0.6)))


def _later(calendar: OfficeCalendar, moment: datetime, days: float) -> datetime:
    """So many days of office time later, a minute at least."""
    return calendar.add(moment, max(60, int(days * DAY)))
