"""A body of edXML to events and refusals: pure, whatever the bytes are."""

from concurrent.futures import ThreadPoolExecutor
from typing import Final

from ingest.contracts.envelope import Envelope
from ingest.refusal import BODY, Reason, RefusedError, refuse
from ingest.registration import Source
from ingest.sources.edxml.chain import Trust
from ingest.sources.edxml.events import letter_events, status_events
from ingest.sources.edxml.messages import StatusTold, read_message, scopes
from ingest.sources.edxml.reading import read
from ingest.sources.edxml.signatures import check
from ingest.sources.edxml.tree import Element
from ingest.sources.translation import Translation

MOST_EVENTS: Final = 20_000
"""Of a body: documents times receivers, by which a body of a megabyte could become hundreds in memory."""

_MANY: Final = Reason(
    f"over {MOST_EVENTS} events: send it in parts", f"quá {MOST_EVENTS} sự kiện: hãy gửi thành nhiều phần"
)


def translate(body: bytes, source: Source, trust: Trust | None = None) -> Translation:
    """The events of a body from `source`, whose registration says which organ is which unit.

    Signatures are checked against `trust`; without it, it is only told that they are there. A thread of its own reads
    each body: libxml2 keeps every name that a thread ever parsed until the thread ends, and past 100 MB of them takes
    nothing any more.
    """
    with ThreadPoolExecutor(1, "edxml-body") as thread:
        return thread.submit(_translate, body, source, trust).result()


def _translate(body: bytes, source: Source, trust: Trust | None) -> Translation:
    try:
        messages = scopes(read(body))
    except RefusedError as error:
        return Translation([], [refuse(None, error.field, error.reason)])
    found = Translation([], [])
    for index, scope in enumerate(messages):
        try:
            found.envelopes.extend(_events(scope, source, trust))
        except RefusedError as error:
            found.refusals.append(refuse(index, error.field, error.reason))
        if len(found.envelopes) > MOST_EVENTS:
            return Translation([], [refuse(None, BODY, _MANY)])
    return found


def _events(scope: Element, source: Source, trust: Trust | None) -> list[Envelope]:
    message = read_message(scope)
    if isinstance(message, StatusTold):
        return status_events(message, source)
    return letter_events(message, check(scope, message, trust), source)
