"""How a case is being handled (xử lý): what people did about it, in the order in which the log took it.

The log decides between two who act at once. An act that changes the standing is overtaken where somebody else's took
effect after what its author had seen: it stays on record and changes nothing. Remarks and ties contend with nothing.
"""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import Final

import msgspec

from stream.core.ledger import Entry
from stream.core.moment import Moment
from stream.core.rules import Rules


class Deed(IntEnum):
    """What was done; the numbers stand in the database for ever."""

    ACKNOWLEDGED = 1
    ASSIGNED = 2
    COMMENTED = 3
    ESCALATED = 4
    DISMISSED = 5
    HANDED_OVER = 6
    TIED = 7


CONTENDING: Final = frozenset(Deed) - {Deed.COMMENTED, Deed.TIED}
"""What changes how a case stands, so that two of them at once can't both hold."""


class HandlingRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one act said.

    `to` is whose it becomes, or the case it is tied to. `until` is when an acknowledgement expires, when an escalation
    wants its answer, or the due date of a dismissed alarm. `rank` is that of an escalation. `untied` takes a tie away.
    """

    eid: int
    at: Moment
    deed: int
    unit: int
    by: str
    seen: int
    pos: int
    to: str | None = None
    until: Moment | None = None
    rank: int = 0
    untied: bool = False


class Took(msgspec.Struct, frozen=True, gc=False):
    """What became of an act: it took effect, or `overtaken_by` did before it."""

    record: HandlingRecord
    overtaken_by: HandlingRecord | None


class Handling(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """How a case stands among the people who handle it. `version` counts the acts that changed the standing.

    An acknowledgement holds until its moment; an escalation has reached `rank` (0: none) and wants its answer by
    `respond_by`; the alarm of a case due at `dismissed_due` was false, whatever is due later is not dismissed.
    """

    version: int = 0
    holder: str | None = None
    acknowledged_by: str | None = None
    acknowledged_until: Moment | None = None
    rank: int = 0
    respond_by: Moment | None = None
    is_dismissed: bool = False
    dismissed_due: Moment | None = None
    ties: tuple[str, ...] = ()
    comments: int = 0
    last_by: str = ""
    unit: int = 0
    status: int = 0
    last_at: Moment = 0
    field: int = 0
    channel: int = 0
    received: Moment | None = None
    ended: Moment | None = None
    returned: Moment | None = None
    is_open: bool = False

    @property
    def due(self) -> Moment | None:
        """When an escalation wants its answer: in the case's row, so that those without one are found."""
        return self.respond_by


UNTOUCHED: Final = Handling()
"""Nobody has done anything about the case."""


def handling_order(record: HandlingRecord) -> int:
    """The order in which the log took them, whatever their authors' clocks say."""
    return record.pos


_decoder: Final = msgspec.msgpack.Decoder(list[HandlingRecord])


def unpack_handling(packed: bytes) -> list[HandlingRecord]:
    """The timeline from the case's row."""
    return _decoder.decode(packed)


def judged_acts(records: Sequence[HandlingRecord]) -> Iterator[Took]:
    """What became of each act; the records stand in order."""
    taken: list[HandlingRecord] = []
    for record in records:
        if record.deed not in CONTENDING:
            yield Took(record, None)
            continue
        # One is not overtaken by oneself: whoever clicks twice means the second as well.
        rival = next((each for each in taken[record.seen :] if each.by != record.by), None)
        if rival is None:
            taken.append(record)
        yield Took(record, rival)


def fold_handling(records: Sequence[HandlingRecord], rules: Rules) -> Handling:
    """What all acts that took effect come to; moments stand in them, so that no calendar is asked."""
    del rules
    state = UNTOUCHED
    for took in judged_acts(records):
        if took.overtaken_by is None:
            state = _after(state, took.record)
    last = records[-1]
    return msgspec.structs.replace(
        state, unit=last.unit, status=last.deed, last_at=max(record.at for record in records)
    )  # fmt: skip


def handling_alike(one: Handling, other: Handling) -> bool:
    """Always: handling counts for no figure."""
    del one, other
    return True


def handling_entries(state: Handling, rules: Rules) -> frozenset[Entry]:
    """None: what people do about a case changes no figure of it."""
    del state, rules
    return frozenset()


def _after(state: Handling, act: HandlingRecord) -> Handling:
    changed = msgspec.structs.replace(state, **_changes(state, act))
    if act.deed not in CONTENDING:
        return changed
    return msgspec.structs.replace(changed, version=state.version + 1, last_by=act.by)


def _changes(state: Handling, act: HandlingRecord) -> dict[str, object]:
    match Deed(act.deed):
        case Deed.ACKNOWLEDGED:
            answered = {"respond_by": None} if state.respond_by is not None else {}
            return {"acknowledged_by": act.by, "acknowledged_until": act.until, **answered}
        case Deed.ASSIGNED | Deed.HANDED_OVER:
            return {"holder": act.to}
        case Deed.COMMENTED:
            return {"comments": state.comments + 1}
        case Deed.ESCALATED:
            alarm = {"is_dismissed": False, "dismissed_due": None}  # whoever reports it does not take it for false
            answer = {"acknowledged_by": None, "acknowledged_until": None}
            return {"rank": act.rank, "respond_by": act.until, **answer, **alarm}
        case Deed.DISMISSED:
            return {"is_dismissed": True, "dismissed_due": act.until, "rank": 0, "respond_by": None}
        case Deed.TIED:
            kept = tuple(each for each in state.ties if each != act.to)
            return {"ties": kept if act.untied or act.to is None else (*kept, act.to)}
