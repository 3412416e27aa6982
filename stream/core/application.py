"""The life of an application (hồ sơ): its timeline folded into what holds.

Folding is pure and does not depend on the order in which the records arrived.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from stream.core.belonging import UnitLine, unit_line
from stream.core.findings import Finding, findings
from stream.core.ledger import OfReceipt
from stream.core.moment import Moment
from stream.core.rules import Rules
from stream.core.span import Span, cut, merge
from stream.core.timeline import LETTER, Record, order
from stream.core.waits import DueLine, due_line, second_request, spans_of, waits_of

NEW, REFUSED, WITHDRAWN, STOPPED, SETTLED, RETURNED = 1, 3, 7, 8, 9, 10
CLOSING: Final = frozenset({REFUSED, WITHDRAWN, STOPPED, SETTLED, RETURNED})
_SYNCHRONISED: Final = int(OfReceipt.SYNCHRONISED)


class Stretch(NamedTuple):
    """A time in which unit and due date did not change; `end` is None while it lasts."""

    start: Moment
    end: Moment | None
    unit: int
    due: Moment | None


class Application(msgspec.Struct, frozen=True, gc=False):
    """What holds of an application, by all that is known.

    `field` and `procedure` are numbers of the store, 0 where only transitions are known. `told` are bits of `Told`,
    with `OfReceipt.SYNCHRONISED`. `letter` is when the first letter of apology was sent.
    """

    status: int
    unit: int
    field: int
    channel: int
    received: Moment | None
    due: Moment | None
    ended: Moment | None
    returned: Moment | None
    last_at: Moment
    stretches: tuple[Stretch, ...] = ()
    pauses: tuple[Span, ...] = ()
    procedure: int = 0
    told: int = 0
    second_request: Moment | None = None
    letter: Moment | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def is_open(self) -> bool:
        """Received and not yet closed."""
        return self.received is not None and self.ended is None


def fold(timeline: Sequence[Record], rules: Rules) -> Application:
    """The application that its records tell of; the timeline is not empty and in any order."""
    return fold_ordered(sorted(timeline, key=order), rules)


def fold_ordered(timeline: Sequence[Record], rules: Rules) -> Application:
    """The same of records that stand in order already, as they do in a stored timeline."""
    records, letter = timeline, None
    statuses = [record.status for record in timeline]
    if LETTER in statuses:
        letter = next(record.at for record in timeline if record.status == LETTER)
        records = [record for record in timeline if record.status != LETTER]
        statuses = [record.status for record in records]
        if not records:
            first = timeline[0]
            return Application(LETTER, first.unit, 0, 0, None, None, None, None, timeline[-1].at, letter=letter)
    newest = records[-1]
    state = newest if newest.whole else state_of(records)
    received = _received(records, state)
    if received is None:
        return _unreceived(records, state, letter)
    ended = _ended(records, state)
    if ended is not None and ended < received:  # impossible, and a finding: nothing ends before it begins
        ended = received
    life = Span(received, ended)
    waits = waits_of(records, state)
    dues = due_line(records, waits, life, state.procedure, rules)
    stretches = _stretches(dues, unit_line(records, received, rules), life)
    return Application(
        status=newest.status,
        unit=stretches[-1].unit,
        field=state.field,
        channel=state.channel,
        received=received,
        due=dues[-1][1],
        ended=ended,
        returned=state.returned,
        last_at=newest.at,
        stretches=stretches,
        pauses=tuple(cut(merge(spans_of(waits)), life)) if waits else (),
        procedure=state.procedure,
        told=state.told | _SYNCHRONISED if state.whole else state.told,
        second_request=second_request(waits, life) if waits else None,
        letter=letter,
        findings=findings(records, tuple(statuses), state, rules),
    )


def state_of(records: Sequence[Record]) -> Record:
    """The newest record that speaks of the whole state, else the newest of all; records in order, letters left out."""
    return next((record for record in reversed(records) if record.whole), records[-1])


def _unreceived(records: Sequence[Record], state: Record, letter: Moment | None) -> Application:
    newest = records[-1]
    due = next((record.due for record in reversed(records) if record.due is not None), None)
    return Application(
        newest.status, newest.unit, state.field, state.channel, None, due, None, state.returned, newest.at,
        procedure=state.procedure, told=state.told, letter=letter,
    )  # fmt: skip


def _received(records: Sequence[Record], state: Record) -> Moment | None:
    """When it was received: the state's own moment, else the first record that can't be without receipt."""
    if state.received is not None:
        return state.received
    return next((record.at for record in records if record.status not in {NEW, REFUSED, WITHDRAWN}), None)


def _ended(records: Sequence[Record], state: Record) -> Moment | None:
    """When processing ended; None while the newest record says that it goes on.

    A settlement that a newer record contradicts (9 → 4) is taken back: the newest record is the truth.
    """
    status = records[-1].status
    if status not in CLOSING:
        return None
    run = _closing_run(records)
    told = state if any(record is state for record in run) else None  # what it said of an older end no longer holds
    if status == REFUSED and told is not None and told.refused is not None:
        return told.refused
    if told is not None and told.ended is not None:
        return told.ended
    if status in {SETTLED, RETURNED}:
        at = {record.status: record.at for record in reversed(run)}  # the first of each status
        return at.get(SETTLED) or (told and told.returned) or at[RETURNED]
    return run[0].at


def _closing_run(records: Sequence[Record]) -> Sequence[Record]:
    """The records at the end of the timeline that all say closed."""
    first = len(records)
    while first > 0 and records[first - 1].status in CLOSING:
        first -= 1
    return records[first:]


def _stretches(dues: DueLine, units: UnitLine, life: Span) -> tuple[Stretch, ...]:
    """The open time, cut where unit or due date changed; a last one without length where it moved as it ended."""
    if len(dues) == 1 and len(units) == 1:
        return (Stretch(life.start, life.end, units[0][1], dues[0][1]),)
    moments = {moment for moment, _ in (*dues, *units)}
    cuts = [life.start, *sorted(at for at in moments if at > life.start and (life.end is None or at <= life.end))]
    found: list[Stretch] = []
    for at in cuts:
        unit = next(unit for since, unit in reversed(units) if since <= at)
        due = next(due for since, due in reversed(dues) if since <= at)
        if not found or found[-1][2:] != (unit, due):
            found.append(Stretch(at, None, unit, due))
    ends = [*(stretch.start for stretch in found[1:]), life.end]
    return tuple([stretch._replace(end=end) for stretch, end in zip(found, ends, strict=True)])
