"""What an event of a document, a certificate, a meeting or an endpoint said, in words."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from ingest.contracts.conference import EndpointChanged, MeetingProgressed, MeetingRecorded
from ingest.contracts.documents import CertificateRecorded, DocumentProgressed, DocumentRecorded
from ingest.contracts.registry import OfCase
from stream.apply.cases import DOCUMENT
from stream.core.moment import moment_of
from stream.story.naming import status_said
from stream.story.words import Said, clock, say


def plain_type(data: OfCase) -> Said:
    """The kind of event."""
    match data:
        case DocumentRecorded():
            return say("type.document")
        case DocumentProgressed():
            return say("type.document_status")
        case CertificateRecorded():
            return say("type.certificate")
        case MeetingRecorded():
            return say("type.meeting")
        case MeetingProgressed():
            return say("type.meeting_step")
        case EndpointChanged():
            return say("type.endpoint")
        case _:
            raise TypeError(f"nobody wrote what {type(data).__name__} is in words")


def plain_said(data: OfCase) -> tuple[Said, Sequence[Said]]:
    """What the event is, and what it says besides."""
    match data:
        case DocumentRecorded():
            return say(f"act.{data.direction}_{data.act}"), list(_document(data))
        case DocumentProgressed():
            return status_said(DOCUMENT, int(data.status)), []
        case CertificateRecorded():
            return say(f"act.certificate_{data.kind}"), list(_certificate(data))
        case MeetingRecorded():
            return say("type.meeting"), list(_meeting(data))
        case MeetingProgressed():
            site = [] if data.site is None else [say("event.site", site=data.site.site)]
            return say(f"act.{data.step}"), site
        case EndpointChanged():
            return say(f"act.{data.state}"), []
        case _:
            raise TypeError(f"nobody wrote what {type(data).__name__} says in words")


def _document(data: DocumentRecorded) -> Iterator[Said]:
    if data.kind is not None:
        yield say("event.document_kind", kind=data.kind)
    if data.due_at is not None:
        yield say("event.document_due", at=_clock(data.due_at))
    if data.priority:
        yield say("event.priority", priority=data.priority)
    if data.secret:
        yield say("event.secret")
    if not data.electronic:
        yield say("event.paper")
    yield say(f"event.signature_{data.signature}")
    if data.attachments:
        yield say("event.attachments", n=data.attachments)


def _certificate(data: CertificateRecorded) -> Iterator[Said]:
    yield say("event.valid", start=_clock(data.valid_from), end=_clock(data.valid_until))
    if data.revoked_at is not None:
        yield say("event.revoked", at=_clock(data.revoked_at))


def _meeting(data: MeetingRecorded) -> Iterator[Said]:
    moments = {
        "scheduled": data.scheduled_at, "scheduled_until": data.scheduled_until, "started": data.started_at,
        "over": data.ended_at,
    }  # fmt: skip
    for name, when in moments.items():
        if when is not None:
            yield say(f"event.{name}", at=_clock(when))
    for name in ("cancelled", "never_started"):
        if getattr(data, name):
            yield say(f"event.{name}")
    for name, sites in (("invited", data.invited), ("attended", data.attended)):
        if sites is not None:
            yield say(f"event.{name}", n=len(sites))


def _clock(when: datetime) -> str:
    return clock(moment_of(when))
