"""From a fact about an application, a form or a petition to the compact record in its timeline. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import floor
from typing import Final, NamedTuple

from ingest.contracts.feedback import EvaluationRecorded, PetitionRecorded, Verdict
from ingest.contracts.limits import EARLIEST, LATEST, moment_out_of_range
from ingest.contracts.onestop import ApologySent, ApplicationProgressed, ApplicationRecorded, Supplement
from stream.apply.reading import OUT_OF_RANGE, Fact, Poison, moment_at
from stream.core.feedback import ANSWERED
from stream.core.moment import Moment
from stream.core.timeline import LETTER, Pause, Record, Told

_FIRST: Final = int(EARLIEST.timestamp())
_END: Final = int(LATEST.timestamp())
_RECEIVED: Final = 2

# Plain numbers: these are set for every record, and an enum joins its bits in Python.
_DIGITISED, _REUSED, _WITH_DUTY = int(Told.DIGITISED), int(Told.REUSED), int(Told.WITH_DUTY)
_PAID_ONLINE, _POPULATION = int(Told.PAID_ONLINE), int(Told.POPULATION)
_ELECTRONIC, _STORED, _UNIT_CORRECTED = int(Told.ELECTRONIC), int(Told.STORED), int(Told.UNIT_CORRECTED)


class Numbers(NamedTuple):
    """The store's numbers of fields and of procedures, by code."""

    fields: Mapping[str, int]
    procedures: Mapping[str, int]


def record_of(fact: Fact, numbers: Numbers, pos: int) -> Record:
    """The record of the event at position `pos`. Raises `Poison` for a moment out of range."""
    match fact.data:
        case ApplicationRecorded():
            record = _recorded(fact, fact.data, numbers, pos)
        case ApplicationProgressed():
            data = fact.data
            record = Record(
                fact.eid, fact.at, int(data.status), int(data.unit), 0, 0,
                whole=False, due=None if data.due_at is None else floor(data.due_at.timestamp()), pos=pos,
            )  # fmt: skip
        case ApologySent():
            record = Record(
                fact.eid, floor(fact.data.sent_at.timestamp()), LETTER, int(fact.data.unit), 0, 0, whole=False, pos=pos
            )
        case EvaluationRecorded():
            record = _evaluation(fact, fact.data, pos)
        case PetitionRecorded():
            record = _petition(fact, fact.data, pos)
        case _:
            raise TypeError(f"not of an application, a form or a petition: {type(fact.data).__name__}")
    for moment in (record.at, record.received, record.due, record.ended, record.returned, record.refused):
        if moment is not None and not _FIRST <= moment < _END:
            raise Poison(OUT_OF_RANGE, f"data.{moment_out_of_range(fact.data)}")
    return record


def _recorded(fact: Fact, data: ApplicationRecorded, numbers: Numbers, pos: int) -> Record:
    return Record(
        fact.eid,
        fact.at,
        int(data.status),
        int(data.unit),  # five digits, by the contract
        numbers.fields[data.field],
        int(data.channel),
        whole=True,
        received=None if data.received_at is None else floor(data.received_at.timestamp()),
        due=None if data.due_at is None else floor(data.due_at.timestamp()),
        ended=None if data.ended_at is None else floor(data.ended_at.timestamp()),
        returned=None if data.returned_at is None else floor(data.returned_at.timestamp()),
        refused=None if data.refused_at is None else floor(data.refused_at.timestamp()),
        pauses=_pauses(data.supplements) if data.supplements else (),
        pos=pos,
        procedure=numbers.procedures[data.procedure],
        told=_told(data),
    )


def _told(data: ApplicationRecorded) -> int:
    """Bits of `Told`."""
    told = 0
    papers = data.papers
    if data.digitised or (papers is not None and papers.digitised):
        told |= _DIGITISED
    if papers is not None and (papers.reused or papers.from_store):
        told |= _REUSED
    if data.fee:
        told |= _WITH_DUTY
    if data.online_payment:
        told |= _PAID_ONLINE
    if data.population_database:
        told |= _POPULATION
    if data.electronic_results:
        told |= _ELECTRONIC
    if data.stored_results:
        told |= _STORED
    if data.unit_corrected:
        told |= _UNIT_CORRECTED
    return told


def _evaluation(fact: Fact, data: EvaluationRecorded, pos: int) -> Record:
    told = Told.GOOD if data.verdict is Verdict.GOOD else Told(0)
    told |= Told.COMPLAINT if data.complaint else Told(0)
    at = floor(data.at.timestamp())
    return Record(fact.eid, at, ANSWERED, int(data.unit), 0, 0, whole=True, pos=pos, told=int(told))


def _petition(fact: Fact, data: PetitionRecorded, pos: int) -> Record:
    told = Told(0)
    if data.satisfied is not None:
        told = Told.RATED | Told.SATISFIED if data.satisfied else Told.RATED
    answered = None if data.answered_at is None else floor(data.answered_at.timestamp())
    return Record(
        fact.eid, fact.at, _RECEIVED if answered is None else ANSWERED, int(data.unit), 0, 0, whole=True,
        received=floor(data.received_at.timestamp()),
        due=None if data.due_at is None else floor(data.due_at.timestamp()), ended=answered, pos=pos, told=int(told),
    )  # fmt: skip


def _pauses(supplements: Sequence[Supplement]) -> tuple[Pause, ...]:
    return tuple(
        Pause(
            moment_at(each.requested_at, f"data.supplements[{index}].requested_at"),
            _optional(each.received_at, f"data.supplements[{index}].received_at"),
            _optional(each.due_before, f"data.supplements[{index}].due_before"),
            _optional(each.due_after, f"data.supplements[{index}].due_after"),
            each.payment,
        )
        for index, each in enumerate(supplements)
    )


def _optional(when: datetime | None, place: str) -> Moment | None:
    return None if when is None else moment_at(when, place)
