"""From an act on a case to the compact record in the timeline of its handling. Pure."""

from datetime import datetime
from typing import Final, TypeAlias

from ingest.contracts.acts import (
    ACTS_SOURCE,
    Act,
    CaseAcknowledged,
    CaseAssigned,
    CaseCommented,
    CaseDismissed,
    CaseEscalated,
    CaseHandedOver,
    CaseTied,
)
from stream.apply.reading import Fact, Poison, moment_at
from stream.apply.records import Numbers
from stream.core.handling import Deed, HandlingRecord
from stream.core.moment import Moment

_Details: TypeAlias = tuple[Deed, str | None, Moment | None, int]
_DUE: Final = "data.due_at"


def record_of_act(fact: Fact, numbers: Numbers, pos: int) -> HandlingRecord:
    """The record of the act at position `pos`. Raises `Poison` for an act from elsewhere and a moment out of range."""
    del numbers  # acts name no field and no procedure
    data = fact.data
    if not isinstance(data, Act):
        raise Poison("is no act on a case", "type")
    if fact.source != ACTS_SOURCE:
        raise Poison(f"acts come from {ACTS_SOURCE} only", "source")
    deed, to, until, rank = _details(data)
    untied = isinstance(data, CaseTied) and data.untied
    return HandlingRecord(
        fact.eid, fact.at, int(deed), int(data.unit), data.by, data.seen, pos, to, until, rank, untied
    )  # fmt: skip


def _details(data: Act) -> _Details:  # noqa: PLR0911 - one line for each act
    match data:
        case CaseAcknowledged():
            return Deed.ACKNOWLEDGED, None, moment_at(data.until, "data.until"), 0
        case CaseAssigned():
            return Deed.ASSIGNED, data.to, None, 0
        case CaseCommented():
            return Deed.COMMENTED, None, None, 0
        case CaseEscalated():
            return Deed.ESCALATED, None, moment_at(data.respond_by, "data.respond_by"), data.rank
        case CaseDismissed():
            return Deed.DISMISSED, None, _optional(data.due_at), 0
        case CaseHandedOver():
            return Deed.HANDED_OVER, data.to, None, 0
        case CaseTied():
            return Deed.TIED, data.other, None, 0
        case _:
            raise Poison("is no act that is known here", "type")


def _optional(when: datetime | None) -> Moment | None:
    return None if when is None else moment_at(when, _DUE)
