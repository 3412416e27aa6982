"""A record of the log as a fact about a case, or as a sign of life of a source. Bytes in, values out; pure."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from math import floor
from typing import Final, NamedTuple

import msgspec

from ingest.contracts.envelope import Envelope, decode_envelope
from ingest.contracts.heartbeat import SourceHeartbeat
from ingest.contracts.limits import EARLIEST, LATEST, moment_out_of_range
from ingest.contracts.onestop import ApplicationProgressed, ApplicationRecorded, Supplement
from ingest.contracts.registry import Data, UnknownTypeError, decode
from stream.core.moment import Moment
from stream.core.timeline import Pause, Record

_UNREADABLE: Final = (UnicodeDecodeError, RecursionError)
"""What msgspec lets through of bytes that are no text, and of brackets without end."""
_NUL: Final = b"\\u0000"
"""How JSON writes the character NUL: it can't stand there as it is."""
_FIRST: Final = int(EARLIEST.timestamp())
_END: Final = int(LATEST.timestamp())
_OUT_OF_RANGE: Final = f"not between {EARLIEST.year} and {LATEST.year}"


class Poison(Exception):  # noqa: N818 - the field's word for what can't be applied
    """The record can't be applied, now or ever, by this program. Says why, and where in the record."""

    retriable = False

    def __init__(self, reason: str, place: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place


class Fact(NamedTuple):
    """What one event says of one application. The field stays a code until the store numbers it."""

    source: str
    code: str
    eid: int
    at: Moment
    data: ApplicationRecorded | ApplicationProgressed


class Beat(NamedTuple):
    """A source's heartbeat."""

    source: str
    eid: int
    at: Moment
    complete_until: Moment | None


def read(body: bytes) -> Fact | Beat:
    """What the bytes say; raises `Poison`."""
    envelope = _envelope(body)
    data = _data(envelope)
    at = _moment(envelope.time, "time")
    if _NUL in body:
        _check_storable(envelope, data)
    if isinstance(data, SourceHeartbeat):
        return Beat(envelope.source, _identity(envelope), at, _optional(data.complete_until, "data.complete_until"))
    if not isinstance(data, ApplicationRecorded | ApplicationProgressed):
        raise Poison("is of a type that is not applied", "type")
    if data.application != envelope.subject:
        raise Poison("the subject of the envelope is not the application of the data", "subject")
    return Fact(envelope.source, data.application, _identity(envelope), at, data)


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
    if isinstance(data, ApplicationRecorded):
        texts |= {"data.procedure": data.procedure, "data.field": data.field, "data.field_name": data.field_name or ""}
    for place, text in texts.items():
        if "\0" in text:
            raise Poison("has the character NUL in it", place)


def record_of(fact: Fact, field: int, pos: int) -> Record:
    """The compact record for the timeline; `field` is the number of the fact's field, `pos` its position.

    Raises `Poison`.
    """
    data = fact.data
    unit = int(data.unit)  # five digits, by the contract
    status = int(data.status)
    due = None if data.due_at is None else floor(data.due_at.timestamp())
    if isinstance(data, ApplicationProgressed):
        record = Record(fact.eid, fact.at, status, unit, field, 0, whole=False, due=due, pos=pos)
    else:
        record = Record(
            fact.eid,
            fact.at,
            status,
            unit,
            field,
            int(data.channel),
            whole=True,
            received=None if data.received_at is None else floor(data.received_at.timestamp()),
            due=due,
            ended=None if data.ended_at is None else floor(data.ended_at.timestamp()),
            returned=None if data.returned_at is None else floor(data.returned_at.timestamp()),
            refused=None if data.refused_at is None else floor(data.refused_at.timestamp()),
            pauses=_pauses(data.supplements) if data.supplements else (),
            pos=pos,
        )
    for moment in (record.received, due, record.ended, record.returned, record.refused):
        if moment is not None and not _FIRST <= moment < _END:
            raise Poison(_OUT_OF_RANGE, f"data.{moment_out_of_range(data)}")
    return record


def _pauses(supplements: Sequence[Supplement]) -> tuple[Pause, ...]:
    return tuple(
        Pause(
            _moment(each.requested_at, f"data.supplements[{index}].requested_at"),
            _optional(each.received_at, f"data.supplements[{index}].received_at"),
            _optional(each.due_before, f"data.supplements[{index}].due_before"),
            _optional(each.due_after, f"data.supplements[{index}].due_after"),
        )
        for index, each in enumerate(supplements)
    )


def _identity(envelope: Envelope) -> int:
    """`(source, id)` as 64 bits: it only has to tell apart the few events of one case."""
    digest = blake2b(f"{envelope.source}\0{envelope.id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _moment(when: datetime, place: str) -> Moment:
    moment = floor(when.timestamp())
    if _FIRST <= moment < _END:
        return moment
    raise Poison(_OUT_OF_RANGE, place)


def _optional(when: datetime | None, place: str) -> Moment | None:
    return None if when is None else _moment(when, place)


def _sentence(error: msgspec.MsgspecError) -> tuple[str, str | None]:
    """Msgspec says `Expected … - at `$.data.status``: the reason and the place, apart."""
    reason, _, place = str(error).partition(" - at `$")
    return reason, place.rstrip("`").lstrip(".") or None
