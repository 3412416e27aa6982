"""The event by which the centre tells what a source promises, as the source is registered."""

from datetime import datetime

from ingest.contracts.declared import SOURCE_DECLARED, SOURCES_SOURCE, SourceDeclared
from ingest.contracts.envelope import Envelope, encode_envelope, wrap
from ingest.contracts.registry import dataschema
from ingest.log.protocol import Entry
from ingest.registration import Source
from ingest.sources.translation import identity


def promise_of(source: Source, *, active: bool = True) -> SourceDeclared:
    """What a source promises by its registration: what it sends, for which units, how often."""
    return SourceDeclared(
        source=source.id,
        kind=source.kind,
        streams=tuple(sorted(source.streams)),
        units=tuple(sorted(set(source.agencies.values()))),
        cadence=source.cadence,
        active=active,
    )


def declaration(source: Source, now: datetime, *, active: bool = True) -> Entry:
    """The promise of a source as an event of the log, made at `now` (aware); not `active` once it was revoked."""
    data = wrap(promise_of(source, active=active))
    envelope = Envelope(
        id=f"{identity(bytes(data))}/{now.timestamp():.3f}",
        source=SOURCES_SOURCE,
        type=SOURCE_DECLARED,
        subject=source.id,
        time=now,
        dataschema=dataschema(SOURCE_DECLARED),
        data=data,
    )
    return Entry(source.id, encode_envelope(envelope))
