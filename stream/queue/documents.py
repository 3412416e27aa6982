"""The course of an incoming document, by the same law as its ledger entries (`stream.core.document_entries`). Pure."""

from collections.abc import Iterator, Sequence

from stream.core.document import Document
from stream.core.document_record import DocumentRecord, Step
from stream.core.moment import Moment
from stream.queue.course import Phase, phases_from


def document_phases(records: Sequence[DocumentRecord], document: Document, now: Moment) -> tuple[Phase, ...]:
    """The phases in which it is open; the records stand in order. An outgoing one is never open."""
    if document.outgoing:
        return ()

    def at(start: Moment, end: Moment) -> Phase | None:
        if start < document.received or (document.ended is not None and document.ended <= start):
            return None
        due = next((due for since, due in reversed(document.dues) if since <= start), None)
        return Phase(start, end, document.unit, _status(records, start), due)

    return phases_from(now, _changes(records, document), at)


def _changes(records: Sequence[DocumentRecord], document: Document) -> Iterator[Moment]:
    yield document.received
    yield from (record.at for record in records)  # a due date holds from one of these on
    if document.ended is not None:
        yield document.ended


def _status(records: Sequence[DocumentRecord], at: Moment) -> int:
    """The last status that was told by then; before any, that it arrived."""
    told = (record.step for record in reversed(records) if record.at <= at and record.step < Step.SENT)
    return next(told, int(Step.ARRIVED))
