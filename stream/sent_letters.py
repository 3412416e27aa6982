"""That a letter of apology was sent, as an event of the centre itself, and whether the figures hold it already."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection

from ingest.contracts.acts import ACTS_SOURCE
from ingest.contracts.envelope import Envelope, encode_envelope, wrap
from ingest.contracts.onestop import APOLOGISED, ApologySent
from ingest.contracts.registry import dataschema
from stream.apply.reading import identity_of
from stream.core.timeline import unpack
from stream.story.rows import rows


@dataclass(frozen=True, slots=True)
class SentLetter:
    """What is told of it. `name` is the letter's own: told twice, it is one event.

    `unit` is the application's, by its five digits; `by` the login of who marked it as sent.
    """

    name: str
    case: str
    unit: str
    sent_at: datetime
    number: str
    new_date: datetime
    reason: str
    by: str


def event_of(sent: SentLetter) -> tuple[str, bytes]:
    """The event as a record of the log: its key and its bytes."""
    data = ApologySent(
        application=sent.case, unit=sent.unit, sent_at=sent.sent_at, number=sent.number, new_date=sent.new_date,
        reason=sent.reason, by=sent.by,
    )  # fmt: skip
    envelope = Envelope(
        id=sent.name, source=ACTS_SOURCE, type=APOLOGISED, subject=sent.case, time=sent.sent_at,
        dataschema=dataschema(APOLOGISED), data=wrap(data),
    )  # fmt: skip
    return sent.case, encode_envelope(envelope)


def is_counted(connection: Connection[Any], sent: SentLetter) -> bool:
    """Whether the worker has applied it: all figures that are read from now on hold it."""
    identity = identity_of(ACTS_SOURCE, sent.name)
    return any(
        record.eid == identity
        for *_, packed in rows(connection, "case", {"code": sent.case})
        for record in unpack(packed)
    )
