"""What a document counts for: its set of ledger entries (domain handbook 4.1)."""

from collections.abc import Iterator
from typing import Final

from stream.core.clock import overdue_from
from stream.core.document import Document
from stream.core.ledger import MOST_AMOUNT, Entry, Measure, OfAcknowledgement, OfDue
from stream.core.moment import Moment, day_of
from stream.core.rules import Rules
from stream.core.span import Span, merge, overlap

_MINUTE: Final = 60


def document_entries(document: Document, rules: Rules) -> frozenset[Entry]:
    """All entries of the document, past and future."""
    return frozenset(_outgoing(document) if document.outgoing else _incoming(document, rules))


def _outgoing(document: Document) -> Iterator[Entry]:
    yield _entry(document, Measure.DOCUMENT_OUT, document.received, document.told)
    if document.recalled is not None:
        yield _entry(document, Measure.DOCUMENT_RECALLED, document.recalled)


def _incoming(document: Document, rules: Rules) -> Iterator[Entry]:
    life = Span(document.received, document.ended)
    yield _entry(document, Measure.DOCUMENT_IN, document.received, document.told)
    yield from _level(document, (Measure.DOCUMENT_OPEN_IN, Measure.DOCUMENT_OPEN_OUT), life)
    for span in _overdue(document):
        yield from _level(document, (Measure.DOCUMENT_OVERDUE_IN, Measure.DOCUMENT_OVERDUE_OUT), span)
    if document.acknowledged is not None:
        yield from _acknowledged(document, document.acknowledged, rules)
    if document.ended is not None:
        yield _entry(document, Measure.DOCUMENT_DONE if document.done else Measure.DOCUMENT_CLOSED, document.ended)
    if document.due is not None:
        yield from _due(document, document.due)


def _overdue(document: Document) -> list[Span]:
    """When it was open after the day of the due date that held then."""
    ends = [*(since for since, _ in document.dues[1:]), document.ended]
    held = [
        overlap(Span(since, end), Span(overdue_from(due), None))
        for (since, due), end in zip(document.dues, ends, strict=bool(document.dues))
    ]
    return merge(span for span in held if span is not None)


def _due(document: Document, due: Moment) -> Iterator[Entry]:
    """At the last second of its day; what had ended by then without being done was not awaited any more."""
    end = overdue_from(due) - 1
    if document.ended is not None and not document.done and document.ended <= end:
        return
    in_time = document.done and document.ended is not None and day_of(document.ended) <= day_of(due)
    yield _entry(document, Measure.DOCUMENT_DUE, end, int(OfDue.ON_TIME) if in_time else 0)


def _acknowledged(document: Document, at: Moment, rules: Rules) -> Iterator[Entry]:
    """From status 01 to 03 in working time, to the nearest minute."""
    worked = rules.calendar.measure(document.received, at)
    prompt = worked <= rules.assumptions.documents.acknowledge_days * rules.calendar.working_day
    yield _entry(document, Measure.DOCUMENT_ACKNOWLEDGED, at, int(OfAcknowledgement.WITHIN_A_DAY) if prompt else 0)
    minutes = min((worked + _MINUTE // 2) // _MINUTE, MOST_AMOUNT)
    if minutes:
        yield _entry(document, Measure.ACKNOWLEDGE_MINUTES, at)._replace(amount=minutes)


def _level(document: Document, steps: tuple[Measure, Measure], span: Span) -> Iterator[Entry]:
    if span.end is None or span.start < span.end:
        yield _entry(document, steps[0], span.start)
        if span.end is not None:
            yield _entry(document, steps[1], span.end)


def _entry(document: Document, measure: Measure, at: Moment, traits: int = 0) -> Entry:
    return Entry(int(measure), at, document.unit, 0, 0, document.level, traits)
