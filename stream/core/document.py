"""The life of a document (văn bản) at an organ: its timeline folded into what holds (domain handbook 4.1).

Incoming: it arrives, receipt is acknowledged, it is handled, and it is done, refused, taken back or recalled. Outgoing:
it is sent, and perhaps recalled. A document belongs to the unit that the first of its records names, for ever.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from stream.core.document_answers import answers_of, recalls_of, was_answered
from stream.core.document_record import HANDLING, WHOLE, DocumentRecord, Step
from stream.core.moment import Moment
from stream.core.rules import Rules

_STEPS: Final = frozenset(step for step in Step if Step.ARRIVED < step < Step.SENT)
"""Statuses that none can have before it arrived."""


class Document(msgspec.Struct, frozen=True, gc=False):
    """What holds of a document, by all that is known.

    `received` is when it arrived, or was sent. `dues` are its due dates with the moment from which each held, `done`
    tells a document that was done from one that ended otherwise, `acknowledged` is when status 03 was told, `recalled`
    when the sender called it back. `told` are bits of `DocumentTold`, none where only status messages are known.
    """

    unit: int
    level: int
    outgoing: bool
    status: int
    received: Moment
    ended: Moment | None
    last_at: Moment
    done: bool = False
    told: int = 0
    dues: tuple[tuple[Moment, Moment], ...] = ()
    acknowledged: Moment | None = None
    recalled: Moment | None = None

    @property
    def field(self) -> int:
        """None."""
        return 0

    @property
    def channel(self) -> int:
        """None."""
        return 0

    @property
    def due(self) -> Moment | None:
        """The due date that holds now, of an incoming one."""
        return self.dues[-1][1] if self.dues else None

    @property
    def returned(self) -> Moment | None:
        """None: nothing is handed over."""
        return None

    @property
    def is_open(self) -> bool:
        """Arrived and not ended; an outgoing one is sent and done with."""
        return not self.outgoing and self.ended is None


class _End(NamedTuple):
    at: Moment | None
    done: bool


def fold_document(records: Sequence[DocumentRecord], rules: Rules) -> Document:
    """The document that its records tell of, which stand in order; not empty."""
    del rules  # nothing that holds of it goes by working time
    first = records[0]
    if first.outgoing:
        return _outgoing(records)
    answers = answers_of(records)
    standing = [
        each for each in records if each.step in WHOLE and not was_answered(answers, each, Step.DISAGREED)
    ]  # an update that the organ refused never held
    arrived = _arrived(records)
    end = _end(records, recalls_of(records, answers))
    return Document(
        unit=first.unit,
        level=first.level,
        outgoing=False,
        status=_status(records),
        received=arrived,
        ended=end.at,
        last_at=records[-1].at,
        done=end.done,
        told=standing[-1].told if standing else 0,
        dues=_dues(standing, arrived, end.at),
        acknowledged=_first(records, Step.RECEIVED),
        recalled=_first(records, Step.RECALL),
    )


def documents_alike(one: Document | None, other: Document) -> bool:
    """Whether two states of a document count for the same by the same rules."""
    return one is not None and _counted(one) == _counted(other)


def _counted(document: Document) -> Document:
    return msgspec.structs.replace(document, status=0, last_at=0)


def _outgoing(records: Sequence[DocumentRecord]) -> Document:
    """Sent at its own moment, one that replaces others too; a newer record may correct what it said, as a signature.

    What receivers tell of it is no part of this life but for its status.
    """
    first = records[0]
    whole = [each for each in records if each.step in WHOLE]
    told = _first(records, Step.SENT)
    sent = told if told is not None else (whole or records)[0].at
    back = [at for step in (Step.RECALL, Step.TAKEN_BACK) if (at := _first(records, step)) is not None]
    return Document(
        unit=first.unit,
        level=first.level,
        outgoing=True,
        status=_status(records),
        received=sent,
        ended=sent,
        last_at=records[-1].at,
        done=True,
        told=whole[-1].told if whole else 0,
        recalled=max(min(back), sent) if back else None,
    )


def _arrived(records: Sequence[DocumentRecord]) -> Moment:
    """When status 01 was told, else when its record says, else as the first record was told.

    Nothing is handled before it arrives: what comes after the first step of handling does not say when it arrived.
    """
    handled = next((place for place, each in enumerate(records) if each.step in _STEPS), len(records))
    before = records[:handled]
    told = (_first(before, step) for step in (Step.ARRIVED, Step.SENT))
    return next((at for at in told if at is not None), records[0].at)


def _first(records: Sequence[DocumentRecord], step: Step) -> Moment | None:
    return next((record.at for record in records if record.step == step), None)


def _status(records: Sequence[DocumentRecord]) -> int:
    """The newest status that was told; before any, that it arrived (or 0: was sent)."""
    unsaid = 0 if records[0].outgoing else int(Step.ARRIVED)
    return next((record.step for record in reversed(records) if record.step < Step.SENT), unsaid)


def _end(records: Sequence[DocumentRecord], recalls: frozenset[int]) -> _End:
    """When it ended, and whether it was done: the newest record is the truth.

    What was done stays done, unless it is handled again. What ended otherwise begins again with a new delivery too.
    """
    end = going_on = _End(None, done=False)
    for record in records:
        if record.step == Step.DONE:
            end = end if end.done else _End(record.at, done=True)
        elif record.step in {Step.REFUSED, Step.TAKEN_BACK} or record.eid in recalls:
            end = end if end.at is not None else _End(record.at, done=False)
        elif record.step in HANDLING or (record.step in {Step.SENT, Step.ARRIVED} and not end.done):
            end = going_on
    return end


def _dues(
    standing: Sequence[DocumentRecord], arrived: Moment, ended: Moment | None
) -> tuple[tuple[Moment, Moment], ...]:
    """The due dates that were told, each from when it held; the first one from the arrival. None after the end."""
    line: list[tuple[Moment, Moment]] = []
    for record in standing:
        if record.due is None or (line and record.due == line[-1][1]):
            continue
        since = max(arrived, record.at) if line else arrived
        if ended is not None and since > ended:
            break
        if line and line[-1][0] == since:
            line.pop()
        line.append((since, record.due))
    return tuple(line)
