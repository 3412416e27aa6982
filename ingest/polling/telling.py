"""The events that a poller tells beside samples: the endpoint went up or down, and that nothing was left out."""

from datetime import datetime
from typing import Literal

from ingest.contracts import registry
from ingest.contracts.conference import ENDPOINT_CHANGED, EndpointChanged
from ingest.contracts.envelope import Envelope, encode_envelope, wrap
from ingest.contracts.heartbeat import HEARTBEAT, SourceHeartbeat
from ingest.log.protocol import Entry
from ingest.registration import Source
from ingest.sources.translation import identity


def entry_of(envelope: Envelope) -> Entry:
    """What goes into the log."""
    return Entry(envelope.subject, encode_envelope(envelope))


def change(source: Source, endpoint: str, state: Literal["up", "down"], at: datetime) -> Entry:
    """The endpoint went up or down."""
    data = EndpointChanged(endpoint=endpoint, unit=source.agencies[endpoint], state=state, at=at)
    kept = wrap(data)
    return entry_of(
        Envelope(
            id=identity(kept),
            source=source.id,
            type=ENDPOINT_CHANGED,
            subject=registry.case_of(data),
            time=at,
            dataschema=registry.dataschema(ENDPOINT_CHANGED),
            data=kept,
        )
    )


def heartbeat(source: Source, at: datetime, complete_until: datetime | None, waiting: int) -> Entry:
    """The source lives; all until `complete_until` stands before this in the log."""
    kept = wrap(SourceHeartbeat(source=source.id, at=at, complete_until=complete_until, waiting=waiting))
    return entry_of(
        Envelope(
            id=identity(kept),
            source=source.id,
            type=HEARTBEAT,
            subject=source.id,
            time=at,
            dataschema=registry.dataschema(HEARTBEAT),
            data=kept,
        )
    )
