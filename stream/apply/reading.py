"""A record of the log as a fact about a case, or as a sign of life of a source. Bytes in, values out; pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from math import floor
from typing import Final, NamedTuple, TypeAlias

import msgspec

from ingest.contracts.acts import Act
from ingest.contracts.conference import EndpointChanged, MeetingProgressed, MeetingRecorded, QualitySampled
from ingest.contracts.declared import SOURCES_SOURCE, SourceDeclared
from ingest.contracts.documents import CertificateRecorded, DocumentProgressed, DocumentRecorded
from ingest.contracts.envelope import Envelope, decode_envelope
from ingest.contracts.feedback import EvaluationRecorded, PetitionRecorded
from ingest.contracts.heartbeat import SourceHeartbeat
from ingest.contracts.limits import EARLIEST, LATEST
from ingest.contracts.onestop import ApplicationRecorded
from ingest.contracts.registry import Adopted, Data, OfCase, UnknownTypeError, case_of, decode
from ingest.contracts.rules import RULES_SOURCE, CalendarAdopted, RegisterAdopted
from stream.apply.cases import APPLICATION, CERTIFICATE, DOCUMENT, ENDPOINT, EVALUATION, HANDLING, MEETING, PETITION
from stream.apply.rulebook import Rule, rule_of
from stream.core.moment import Moment

_UNREADABLE: Final = (UnicodeDecodeError, RecursionError)
"""What msgspec lets through of bytes that are no text, and of brackets without end."""
_NUL: Final = b"\\u0000"
"""How JSON writes the character NUL: it can't stand there as it is."""
_FIRST: Final = int(EARLIEST.timestamp())
_END: Final = int(LATEST.timestamp())
OUT_OF_RANGE: Final = f"not between {EARLIEST.year} and {LATEST.year}"
_KINDS: Final[Mapping[type, int]] = {
    EvaluationRecorded: EVALUATION,
    PetitionRecorded: PETITION,
    DocumentRecorded: DOCUMENT,
    DocumentProgressed: DOCUMENT,
    CertificateRecorded: CERTIFICATE,
    MeetingRecorded: MEETING,
    MeetingProgressed: MEETING,
    EndpointChanged: ENDPOINT,
    **dict.fromkeys(Act.__subclasses__(), HANDLING),
}
"""The kind of case that an event is about; all others are about an application, or about none."""
_OF_NO_CASE: Final = (SourceHeartbeat, SourceDeclared, CalendarAdopted, RegisterAdopted)


class Poison(Exception):  # noqa: N818 - the field's word for what can't be applied
    """The record can't be applied, now or ever, by this program. Says why, and where in the record.

    `is_of_one` says that what is wrong is wrong with one case, or one line that is measured: however often it comes, it
    does not mean that something upstream broke.
    """

    retriable = False

    def __init__(self, reason: str, place: str | None = None, *, is_of_one: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place
        self.is_of_one = is_of_one
        self.source = ""
        """Whose record it is, where that much could be read."""


class Fact(NamedTuple):
    """What one event says of one case. Field and procedure stay codes until the store numbers them."""

    source: str
    code: str
    kind: int
    eid: int
    at: Moment
    data: OfCase


class Beat(NamedTuple):
    """A source's heartbeat."""

    source: str
    eid: int
    at: Moment
    complete_until: Moment | None


class Declaration(NamedTuple):
    """What a source promises from now on; `source` is the centre's own."""

    source: str
    eid: int
    at: Moment
    data: SourceDeclared


class Measured(NamedTuple):
    """Samples of the quality of a line: telemetry, and no case."""

    source: str
    at: Moment
    data: QualitySampled


class Adoption(NamedTuple):
    """A calendar or a register that comes into force for the partition it lies in."""

    source: str
    eid: int
    at: Moment
    rule: Rule
    codes: Sequence[str]
    """The procedures that it names, if it is a register."""


Said: TypeAlias = Fact | Beat | Declaration | Measured | Adoption
"""What a record of the log can say."""


def read(body: bytes) -> Said:
    """What the bytes say; raises `Poison`."""
    envelope = _envelope(body)
    try:
        return _said(envelope, body)
    except Poison as poison:
        poison.source = envelope.source
        raise


def _said(envelope: Envelope, body: bytes) -> Said:
    data = _data(envelope)
    at = moment_at(envelope.time, "time")
    if _NUL in body:
        _check_storable(envelope, data)
    if isinstance(data, _OF_NO_CASE):
        return _of_no_case(envelope, data, at)
    code = case_of(data)
    if code != envelope.subject:
        raise Poison("the subject of the envelope is not the case of the data", "subject")
    if isinstance(data, QualitySampled):
        _check_samples(data)
        return Measured(envelope.source, at, data)
    return Fact(envelope.source, code, _KINDS.get(type(data), APPLICATION), _identity(envelope), at, data)


def _of_no_case(
    envelope: Envelope, data: SourceHeartbeat | SourceDeclared | Adopted, at: Moment
) -> Beat | Declaration | Adoption:
    if isinstance(data, SourceHeartbeat):
        return Beat(envelope.source, _identity(envelope), at, _optional(data.complete_until, "data.complete_until"))
    if isinstance(data, SourceDeclared):
        if envelope.source != SOURCES_SOURCE:
            raise Poison(f"declarations come from {SOURCES_SOURCE} only", "source")
        return Declaration(envelope.source, _identity(envelope), at, data)
    if envelope.source != RULES_SOURCE:
        raise Poison(f"rules come from {RULES_SOURCE} only", "source")
    codes = [each.code for each in data.procedures] if isinstance(data, RegisterAdopted) else []
    return Adoption(envelope.source, _identity(envelope), at, rule_of(data), codes)


def _envelope(body: bytes) -> Envelope:
    try:
        return decode_envelope(body)
    except msgspec.MsgspecError as error:
        raise Poison(*_sentence(error)) from None
    except _UNREADABLE as error:
        raise Poison(f"can't be read: {type(error).__name__}") from None


def _data(envelope: Envelope) -> Data:
    try:
        return decode(envelope)
    except UnknownTypeError as error:
        raise Poison(str(error), "type") from None
    except msgspec.MsgspecError as error:
        reason, place = _sentence(error)
        raise Poison(reason, f"data.{place}" if place else "data") from None
    except _UNREADABLE as error:
        raise Poison(f"can't be read: {type(error).__name__}", "data") from None


def _check_storable(envelope: Envelope, data: Data) -> None:
    """PostgreSQL has no character NUL: refuse it in every text that goes into a column."""
    texts = {"source": envelope.source, "subject": envelope.subject}
    if isinstance(data, SourceDeclared):
        texts |= {"data.source": data.source, "data.kind": data.kind}
    if isinstance(data, ApplicationRecorded):
        texts |= {"data.procedure": data.procedure, "data.field": data.field, "data.field_name": data.field_name or ""}
    for place, text in texts.items():
        if "\0" in text:
            raise Poison("has the character NUL in it", place)


def _check_samples(data: QualitySampled) -> None:
    for index, sample in enumerate(data.samples):
        moment_at(sample.at, f"data.samples[{index}].at")


def identity_of(source: str, number: str) -> int:
    """`(source, id)` as 64 bits: it only has to tell apart the few events of one case."""
    digest = blake2b(f"{source}\0{number}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _identity(envelope: Envelope) -> int:
    return identity_of(envelope.source, envelope.id)


def moment_at(when: datetime, place: str) -> Moment:
    """The moment of a field; raises `Poison`, naming `place`, for one that can't be."""
    moment = floor(when.timestamp())
    if _FIRST <= moment < _END:
        return moment
    raise Poison(OUT_OF_RANGE, place)


def _optional(when: datetime | None, place: str) -> Moment | None:
    return None if when is None else moment_at(when, place)


def _sentence(error: msgspec.MsgspecError) -> tuple[str, str | None]:
    """Msgspec says `Expected … - at `$.data.status``: the reason and the place, apart."""
    reason, _, place = str(error).partition(" - at `$")
    return reason, place.rstrip("`").lstrip(".") or None
