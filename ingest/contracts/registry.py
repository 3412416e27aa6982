"""The register of event types: (type, version) to the class of its data, and upcasters between versions."""

from collections.abc import Callable, Mapping
from typing import Final

import msgspec

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
Adopted = CalendarAdopted | RegisterAdopted
Data = OfApplication | Feedback | SourceHeartbeat | Adopted

CLASSES: Final[Mapping[tuple[str, int], type[msgspec.Struct]]] = {
    (RECORDED, 1): ApplicationRecorded,
    (PROGRESSED, 1): ApplicationProgressed,
    (APOLOGISED, 1): ApologySent,
    (EVALUATED, 1): EvaluationRecorded,
    (PETITIONED, 1): PetitionRecorded,
    (HEARTBEAT, 1): SourceHeartbeat,
    (CALENDAR_ADOPTED, 1): CalendarAdopted,
    (PROCEDURES_ADOPTED, 1): RegisterAdopted,
}

NOT_FROM_SOURCES: Final = frozenset({CALENDAR_ADOPTED, PROCEDURES_ADOPTED})
"""Event types that the door refuses, whoever sends them: rules come from the centre itself."""

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


def case_of(data: OfApplication | Feedback) -> str:
    """The case that an event is about: what its envelope has to have as `subject`."""
    if isinstance(data, EvaluationRecorded):
        return f"evaluation/{data.form}"
    if isinstance(data, PetitionRecorded):
        return f"petition/{data.petition}"
    return data.application
