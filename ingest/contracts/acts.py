"""What people of the centre do about a case (xử lý hồ sơ trên hàng đợi): each act is an event like any other.

An act names the version of the case's handling that its author had before their eyes (`seen`). The log puts acts in one
order; one that comes after somebody else's that changed the standing is overtaken: it stays on record and changes
nothing (`stream.core.handling`). No source may send acts: they come from the centre's own pages and services.
"""

from typing import Annotated

import msgspec

from ingest.contracts.envelope import Aware, Name, UnitCode

ACKNOWLEDGED = "vn.ioc.ops.case.acknowledged"
ASSIGNED = "vn.ioc.ops.case.assigned"
COMMENTED = "vn.ioc.ops.case.commented"
ESCALATED = "vn.ioc.ops.case.escalated"
DISMISSED = "vn.ioc.ops.case.dismissed"
HANDED_OVER = "vn.ioc.ops.case.handed_over"
TIED = "vn.ioc.ops.case.tied"
ACTS_SOURCE = "ioc.ops"
"""The source of these events: the centre itself."""
HANDLING = "handling/"
"""What the subject of an act begins with; the code of the case follows."""

Note = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
Version = Annotated[int, msgspec.Meta(ge=0, le=10_000)]
Rank = Annotated[int, msgspec.Meta(ge=1, le=9)]


class Act(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What all acts say: about which case, of which unit, by whom (login), seeing which version of its handling."""

    case: Name
    unit: UnitCode
    by: Name
    seen: Version
    note: Note | None = None


class CaseAcknowledged(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody has seen it and takes care until then (đã biết, đang xử lý): the acknowledgement expires."""

    until: Aware


class CaseAssigned(Act, frozen=True, kw_only=True, omit_defaults=True):
    """It is whose to handle (giao việc); None: nobody's any more."""

    to: Name | None = None


class CaseCommented(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A remark (ý kiến), in `note`."""

    note: Note


class CaseEscalated(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Reported to the next rank of the unit's line (chuyển cấp trên), who answers until then; why is in `note`."""

    rank: Rank
    respond_by: Aware


class CaseDismissed(Act, frozen=True, kw_only=True, omit_defaults=True):
    """Its alarm is false (báo động giả), as long as it is due then; why is in `note`."""

    note: Note
    due_at: Aware | None = None


class CaseHandedOver(Act, frozen=True, kw_only=True, omit_defaults=True):
    """It goes to somebody else at the end of a shift (bàn giao ca)."""

    to: Name
    shift: Name
    """Names the hand-over, so that the cases that were handed over together are found together."""


class CaseTied(Act, frozen=True, kw_only=True, omit_defaults=True):
    """A document or a meeting belongs to it (gắn văn bản, cuộc họp), or does not any more."""

    other: Name
    untied: bool = False
