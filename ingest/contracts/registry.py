"""The register of event types: (type, version) to the class of its data, and upcasters between versions."""

from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from ingest.contracts.acts import (
    ACKNOWLEDGED,
    ASSIGNED,
    COMMENTED,
    DISMISSED,
    ESCALATED,
    HANDED_OVER,
    HANDLING,
    TIED,
    CaseAcknowledged,
    CaseAssigned,
    CaseCommented,
    CaseDismissed,
    CaseEscalated,
    CaseHandedOver,
    CaseTied,
)
from ingest.contracts.conference import (
    ENDPOINT_CHANGED,
    MEETING_PROGRESSED,
    MEETING_RECORDED,
    QUALITY_SAMPLED,
    EndpointChanged,
    MeetingProgressed,
    MeetingRecorded,
    QualitySampled,
)
from ingest.contracts.declared import SOURCE_DECLARED, SourceDeclared
from ingest.contracts.documents import (
    CERTIFICATE_RECORDED,
    DOCUMENT_PROGRESSED,
    DOCUMENT_RECORDED,
    CertificateRecorded,
    DocumentProgressed,
    DocumentRecorded,
    document_case,
)
from ingest.contracts.envelope import Envelope
from ingest.contracts.feedback import EVALUATED, PETITIONED, EvaluationRecorded, PetitionRecorded
from ingest.contracts.heartbeat import HEARTBEAT, SourceHeartbeat
from ingest.contracts.onestop import (
    APOLOGISED,
    PROGRESSED,
    RECORDED,
    ApologySent,
    ApplicationProgressed,
    ApplicationRecorded,
)
from ingest.contracts.rules import CALENDAR_ADOPTED, PROCEDURES_ADOPTED, CalendarAdopted, RegisterAdopted

OfApplication = ApplicationRecorded | ApplicationProgressed | ApologySent
Feedback = EvaluationRecorded | PetitionRecorded
OfDocument = DocumentRecorded | DocumentProgressed
OfMeeting = MeetingRecorded | MeetingProgressed
OfHandling = CaseAcknowledged | CaseAssigned | CaseCommented | CaseEscalated | CaseDismissed | CaseHandedOver | CaseTied
OfCase = OfApplication | Feedback | OfDocument | CertificateRecorded | OfMeeting | EndpointChanged | OfHandling
Adopted = CalendarAdopted | RegisterAdopted
Data = OfCase | QualitySampled | SourceHeartbeat | SourceDeclared | Adopted

CLASSES: Final[Mapping[tuple[str, int], type[msgspec.Struct]]] = {
    (RECORDED, 1): ApplicationRecorded,
    (PROGRESSED, 1): ApplicationProgressed,
    (APOLOGISED, 1): ApologySent,
    (EVALUATED, 1): EvaluationRecorded,
    (PETITIONED, 1): PetitionRecorded,
    (DOCUMENT_RECORDED, 1): DocumentRecorded,
    (DOCUMENT_PROGRESSED, 1): DocumentProgressed,
    (CERTIFICATE_RECORDED, 1): CertificateRecorded,
    (MEETING_RECORDED, 1): MeetingRecorded,
    (MEETING_PROGRESSED, 1): MeetingProgressed,
    (ENDPOINT_CHANGED, 1): EndpointChanged,
    (QUALITY_SAMPLED, 1): QualitySampled,
    (ACKNOWLEDGED, 1): CaseAcknowledged,
    (ASSIGNED, 1): CaseAssigned,
    (COMMENTED, 1): CaseCommented,
    (ESCALATED, 1): CaseEscalated,
    (DISMISSED, 1): CaseDismissed,
    (HANDED_OVER, 1): CaseHandedOver,
    (TIED, 1): CaseTied,
    (HEARTBEAT, 1): SourceHeartbeat,
    (SOURCE_DECLARED, 1): SourceDeclared,
    (CALENDAR_ADOPTED, 1): CalendarAdopted,
    (PROCEDURES_ADOPTED, 1): RegisterAdopted,
}

ACTS: Final = frozenset({ACKNOWLEDGED, ASSIGNED, COMMENTED, ESCALATED, DISMISSED, HANDED_OVER, TIED})
"""Event types of what people do about a case."""
NOT_FROM_SOURCES: Final = ACTS | {CALENDAR_ADOPTED, PROCEDURES_ADOPTED, SOURCE_DECLARED}
"""Event types that the door refuses, whoever sends them: they come from the centre itself."""

# From an older version of a type to the next one, on plain JSON values. Empty while every type is at 1.
UPCASTERS: Final[Mapping[tuple[str, int], Callable[[dict[str, object]], dict[str, object]]]] = {}


class UnknownTypeError(ValueError):
    """The event's type or the version in its dataschema is not in the register."""

    retriable = False


def dataschema(event_type: str, version: int = 1) -> str:
    """The name of a schema: `urn:ioc:onestop.application.recorded:1`."""
    return f"urn:ioc:{event_type.removeprefix('vn.ioc.')}:{version}"


_DECODERS: Final[Mapping[tuple[str, str], msgspec.json.Decoder[Data]]] = {
    (event_type, dataschema(event_type, version)): msgspec.json.Decoder(cls)
    for (event_type, version), cls in CLASSES.items()
}


def decode(envelope: Envelope) -> Data:
    """The typed data of an event.

    Raises `UnknownTypeError` for a type or version that is not registered, `msgspec.MsgspecError`
    naming the field that does not fit.
    """
    decoder = _DECODERS.get((envelope.type, envelope.dataschema))
    if decoder is None:
        raise UnknownTypeError(f"no such event: type {envelope.type!r}, dataschema {envelope.dataschema!r}")
    return decoder.decode(envelope.data)


def case_of(data: OfCase | QualitySampled) -> str:  # noqa: PLR0911 - one line for each kind of case
    """The case that an event is about: what its envelope has to have as `subject`."""
    match data:  # nearly all events are of applications: they are asked for first
        case ApplicationRecorded() | ApplicationProgressed() | ApologySent():
            return data.application
        case EvaluationRecorded():
            return f"evaluation/{data.form}"
        case PetitionRecorded():
            return f"petition/{data.petition}"
        case DocumentRecorded() | DocumentProgressed():
            return document_case(data)
        case CertificateRecorded():
            return f"certificate/{data.certificate}"
        case MeetingRecorded() | MeetingProgressed():
            return f"meeting/{data.meeting}"
        case EndpointChanged() | QualitySampled():
            return f"endpoint/{data.endpoint}"
        case (
            CaseAcknowledged()
            | CaseAssigned()
            | CaseCommented()
            | CaseEscalated()
            | CaseDismissed()
            | CaseHandedOver()
            | CaseTied()
        ):
            return f"{HANDLING}{data.case}"
