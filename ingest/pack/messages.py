"""An example of each event that a source may send: made by the very classes that read it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final, NamedTuple

import msgspec

from ingest.contracts import registry
from ingest.contracts.conference import (
    EndpointChanged,
    MeetingProgressed,
    MeetingRecorded,
    QualitySampled,
    Sample,
    Site,
)
from ingest.contracts.documents import CertificateRecorded, DocumentProgressed, DocumentRecorded, DocumentStatus
from ingest.contracts.envelope import Envelope, encode_envelope, wrap
from ingest.contracts.feedback import EvaluationRecorded, PetitionRecorded, Verdict
from ingest.contracts.heartbeat import SourceHeartbeat
from ingest.contracts.onestop import (
    ApologySent,
    ApplicationProgressed,
    ApplicationRecorded,
    Channel,
    Papers,
    Status,
    Supplement,
)
from ingest.contracts.rules import Level
from ingest.registration import Source
from ingest.sources.cloudevents import Sent

AGENCY: Final = "H52.17.18"
UNIT: Final = "03980"
SOURCE: Final = Source(
    "vendor.example", "events", {AGENCY: UNIT, "DC-03980": UNIT, "host": UNIT},
    streams=("onestop", "documents", "conference"), cadence=1800,
)  # fmt: skip
"""The registration that the examples suppose."""

_APPLICATION: Final = "H52.17.18-260302-0001"
_CODE: Final = "123/UBND-VP"
_CERTIFICATE: Final = "c0ffee" * 10 + "cafe"


class Example(NamedTuple):
    """One event: its type, the class of its data, and the event as it is sent."""

    event_type: str
    version: int
    data: type[msgspec.Struct]
    event: bytes


def examples() -> Iterator[Example]:
    """One of each type that a source may send, in the order of the register."""
    told: dict[type[msgspec.Struct], tuple[datetime, Sent]] = {type(data): (when, data) for when, data in _told()}
    for (event_type, version), data in registry.CLASSES.items():
        if event_type not in registry.NOT_FROM_SOURCES:
            yield Example(event_type, version, data, _event(event_type, version, *told[data]))


def _event(event_type: str, version: int, when: datetime, data: Sent) -> bytes:
    case = SOURCE.id if isinstance(data, SourceHeartbeat) else registry.case_of(data)
    envelope = Envelope(
        id=f"{event_type.removeprefix('vn.ioc.')}-1",
        source=SOURCE.id,
        type=event_type,
        subject=case,
        time=when,
        dataschema=registry.dataschema(event_type, version),
        data=wrap(data),
    )
    return msgspec.json.format(encode_envelope(envelope), indent=2)


def _told() -> Iterator[tuple[datetime, Sent]]:
    yield from _of_applications()
    yield from _of_documents()
    yield from _of_conferences()
    yield _at(2, 10), SourceHeartbeat(source=SOURCE.id, at=_at(2, 10), complete_until=_at(2, 9), waiting=0)


def _of_applications() -> Iterator[tuple[datetime, Sent]]:
    supplement = Supplement(id="1", requested_at=_at(3, 2), received_at=_at(4, 2), due_after=_at(6, 10))
    yield _at(5, 3), ApplicationRecorded(
        application=_APPLICATION, procedure="1.005129", procedure_name="Đăng ký khai sinh", field="G01-HT",
        field_name="Hộ tịch", agency=AGENCY, unit=UNIT, status=Status.SETTLED, channel=Channel.ONLINE,
        submitted_at=_at(2, 1), received_at=_at(2, 2), due_at=_at(6, 10), ended_at=_at(5, 3), supplements=(supplement,),
        fee=8000, digitised=True, papers=Papers(submitted=3, digitised=2, reused=1), electronic_results=1,
    )  # fmt: skip
    yield (
        _at(2, 4),
        ApplicationProgressed(
            application=_APPLICATION, unit=UNIT, status=Status.IN_PROGRESS, at=_at(2, 4), due_at=_at(5, 10)
        ),
    )
    yield (
        _at(9, 2),
        ApologySent(
            application="H52.17.18-260302-0002", unit=UNIT, sent_at=_at(9, 2), number="15/PXL", new_date=_at(11, 10)
        ),
    )
    yield (
        _at(5, 4),
        EvaluationRecorded(
            form="DG-2026-0001", unit=UNIT, at=_at(5, 4), verdict=Verdict.GOOD, application=_APPLICATION
        ),
    )
    yield (
        _at(6, 3),
        PetitionRecorded(
            petition="PA-2026-0001",
            unit=UNIT,
            received_at=_at(2, 3),
            due_at=_at(16, 10),
            answered_at=_at(6, 3),
            satisfied=True,
        ),
    )


def _of_documents() -> Iterator[tuple[datetime, Sent]]:
    yield _at(2, 3), DocumentRecorded(
        direction="outgoing", organ=AGENCY, unit=UNIT, level=Level.COMMUNE, sender=AGENCY, code=_CODE,
        promulgated_on=date(2026, 3, 2), at=_at(2, 3), kind="Công văn", signature="valid", certificate=_CERTIFICATE,
        attachments=1,
    )  # fmt: skip
    yield _at(2, 4), DocumentProgressed(
        direction="outgoing", organ=AGENCY, unit=UNIT, level=Level.COMMUNE, sender=AGENCY, code=_CODE,
        promulgated_on=date(2026, 3, 2), status=DocumentStatus.RECEIVED, at=_at(2, 4),
    )  # fmt: skip
    yield _at(2, 1), CertificateRecorded(
        certificate=_CERTIFICATE, unit=UNIT, level=Level.COMMUNE, kind="organ",
        valid_from=datetime(2024, 6, 1, tzinfo=UTC), valid_until=datetime(2029, 6, 1, tzinfo=UTC),
    )  # fmt: skip


def _of_conferences() -> Iterator[tuple[datetime, Sent]]:
    site = Site(site="DC-03980", unit=UNIT)
    yield (
        _at(1, 9),
        MeetingRecorded(
            meeting="giao-ban/2026-03-02", unit=UNIT, scheduled_at=_at(2, 1), scheduled_until=_at(2, 3), invited=(site,)
        ),
    )
    yield (
        _at(2, 1),
        MeetingProgressed(meeting="giao-ban/2026-03-02", unit=UNIT, step="joined", at=_at(2, 1), site=site, leg="w_1"),
    )
    yield _at(2, 1), EndpointChanged(endpoint="DC-03980", unit=UNIT, state="up", at=_at(2, 1))
    sample = Sample(at=_at(2, 1), loss=0.2, jitter=4.5, rtt=38.0, bitrate=1850.0)
    yield _at(2, 1), QualitySampled(endpoint="DC-03980", unit=UNIT, samples=(sample,))


def _at(day: int, hour: int) -> datetime:
    """A day of March 2026 and an hour, in UTC: seven hours earlier than on the wall."""
    return datetime(2026, 3, day, hour, tzinfo=UTC)
