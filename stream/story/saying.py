"""What an event said of its case, in words. Events hold no personal data, so nothing has to be left out."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from ingest.contracts.feedback import EvaluationRecorded, PetitionRecorded
from ingest.contracts.onestop import ApologySent, ApplicationProgressed, ApplicationRecorded, Supplement
from stream.core.moment import moment_of
from stream.story.chapters import Event
from stream.story.plain_saying import plain_said, plain_type
from stream.story.words import Said, clock, say


def type_of(event: Event) -> Said:
    """The kind of event, in words."""
    match event.data:
        case ApplicationRecorded():
            return say("type.recorded")
        case ApplicationProgressed():
            return say("type.progressed")
        case ApologySent():
            return say("type.apologised")
        case EvaluationRecorded():
            return say("type.evaluated")
        case PetitionRecorded():
            return say("type.petitioned")
        case _:
            return plain_type(event.data)


def said_by(event: Event) -> tuple[Said, Sequence[Said]]:
    """What the event is, and what it says besides status and unit."""
    match event.data:
        case ApplicationRecorded():
            return say(f"status.{int(event.data.status)}"), list(_recorded(event.data))
        case ApplicationProgressed():
            return say(f"status.{int(event.data.status)}"), list(_dates(due=event.data.due_at))
        case ApologySent():
            return say("type.apologised"), list(_letter(event.data))
        case EvaluationRecorded():
            return say("type.evaluated"), list(_form(event.data))
        case PetitionRecorded():
            return say("type.petitioned"), list(_petition(event.data))
        case _:
            return plain_said(event.data)


def _recorded(data: ApplicationRecorded) -> Iterator[Said]:
    yield from _dates(received=data.received_at, due=data.due_at)
    yield from map(_supplement, data.supplements)
    yield from _dates(ended=data.ended_at, returned=data.returned_at, refused=data.refused_at)
    if data.unit_corrected:
        yield say("event.unit_corrected")


def _supplement(asked: Supplement) -> Said:
    what = say("event.payment" if asked.payment else "event.supplement", start=_clock(asked.requested_at))
    if asked.due_before is not None:
        what = say("event.due_before", what=what, due=_clock(asked.due_before))
    if asked.received_at is not None:
        what = say("event.met", what=what, end=_clock(asked.received_at))
    return what if asked.due_after is None else say("event.due_after", what=what, due=_clock(asked.due_after))


def _letter(data: ApologySent) -> Iterator[Said]:
    if data.number is not None:
        yield say("event.number", number=data.number)
    if data.new_date is not None:
        yield say("event.new_date", at=_clock(data.new_date))
    if data.reason is not None:
        yield say("event.letter_reason", reason=data.reason)
    if data.by is not None:
        yield say("event.letter_by", by=data.by)


def _form(data: EvaluationRecorded) -> Iterator[Said]:
    yield say(f"event.verdict_{int(data.verdict)}")
    if data.complaint:
        yield say("event.complaint")
    if data.application is not None:
        yield say("event.of_application", code=data.application)


def _petition(data: PetitionRecorded) -> Iterator[Said]:
    yield from _dates(received=data.received_at, due=data.due_at, answered=data.answered_at)
    if data.satisfied is not None:
        yield say("event.satisfied" if data.satisfied else "event.unsatisfied")


def _dates(**dates: datetime | None) -> Iterator[Said]:
    return (say(f"event.{name}", at=_clock(when)) for name, when in dates.items() if when is not None)


def _clock(when: datetime) -> str:
    return clock(moment_of(when))
