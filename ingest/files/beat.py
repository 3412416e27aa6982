"""A heartbeat of a source whose files are read here: an empty folder is no silent source."""

from datetime import UTC, datetime

from ingest.contracts.envelope import Envelope, encode_envelope, wrap
from ingest.contracts.heartbeat import HEARTBEAT, SourceHeartbeat
from ingest.contracts.registry import dataschema
from ingest.log.protocol import Entry


def heartbeat(source: str, now: datetime) -> Entry:
    """The entry: one for each source and second.

    It does not say until when everything was sent: a folder can't know what its clerk has not saved yet.
    """
    at = now.astimezone(UTC).replace(microsecond=0)
    envelope = Envelope(
        id=f"heartbeat-{at:%Y%m%dT%H%M%SZ}",
        source=source,
        type=HEARTBEAT,
        subject=source,
        time=at,
        dataschema=dataschema(HEARTBEAT),
        data=wrap(SourceHeartbeat(source=source, at=at)),
    )
    return Entry(source, encode_envelope(envelope))
