"""Events of the conference system, as its sources would have sent them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from ingest.contracts.conference import (
    ENDPOINT_CHANGED,
    MEETING_PROGRESSED,
    MEETING_RECORDED,
    QUALITY_SAMPLED,
    EndpointChanged,
    MeetingProgressed,
    MeetingRecorded,
    QualitySampled,
    Sample,
    Site,
    Step,
)
from ingest.contracts.envelope import Envelope, encode_envelope, wrap
from ingest.contracts.registry import dataschema
from ingest.log.protocol import Entry
from tests.building.moments import local

SOURCE = "endpoints.moc-chau"
HOST = "03980"
MEETING = "giao-ban@2026-01-05"


def schedule(
    at: str, *invited: tuple[str, str | None], meeting: str = MEETING, said_at: str = "2026-01-04 08:00"
) -> Entry:
    """What a schedule says of a meeting."""
    data = MeetingRecorded(meeting=meeting, unit=HOST, scheduled_at=local(at), invited=_sites(invited))
    return _entry(f"{meeting}/schedule/{said_at}", MEETING_RECORDED, f"meeting/{meeting}", local(said_at), wrap(data))


def step(what: Step, at: str, site: tuple[str, str | None] | None = None, leg: str | None = None) -> Entry:
    """A step of the meeting."""
    named = None if site is None else _sites([site])[0]
    data = MeetingProgressed(meeting=MEETING, unit=HOST, step=what, at=local(at), site=named, leg=leg)
    name = f"{MEETING}/{what}/{at}/{site}/{leg}"
    return _entry(name, MEETING_PROGRESSED, f"meeting/{MEETING}", local(at), wrap(data))


def endpoint(code: str, state: Literal["up", "down"], at: str, unit: str = HOST) -> Entry:
    """An endpoint goes up or down."""
    data = EndpointChanged(endpoint=code, unit=unit, state=state, at=local(at))
    return _entry(f"{code}/{state}/{at}", ENDPOINT_CHANGED, f"endpoint/{code}", local(at), wrap(data))


def samples(name: str, code: str, told: Sequence[Sample], unit: str = HOST) -> Entry:
    """An event with samples of an endpoint's line."""
    data = QualitySampled(endpoint=code, unit=unit, samples=tuple(told))
    return _entry(name, QUALITY_SAMPLED, f"endpoint/{code}", told[-1].at, wrap(data))


def _sites(named: Sequence[tuple[str, str | None]]) -> tuple[Site, ...]:
    return tuple(Site(site=site, unit=unit) for site, unit in named)


def _entry(name: str, event_type: str, subject: str, at: datetime, data: msgspec.Raw) -> Entry:
    envelope = Envelope(
        id=name, source=SOURCE, type=event_type, subject=subject, time=at, dataschema=dataschema(event_type), data=data
    )
    return Entry(subject, encode_envelope(envelope))
