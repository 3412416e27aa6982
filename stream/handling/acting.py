"""From what somebody wants to do about a case to the event that says so. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, Literal, TypeAlias

import msgspec

from ingest.contracts.acts import (
    ACKNOWLEDGED,
    ACTS_SOURCE,
    ASSIGNED,
    COMMENTED,
    DISMISSED,
    ESCALATED,
    HANDED_OVER,
    HANDLING,
    TIED,
    Act,
    CaseAcknowledged,
    CaseAssigned,
    CaseCommented,
    CaseDismissed,
    CaseEscalated,
    CaseHandedOver,
    CaseTied,
)
from ingest.contracts.envelope import Envelope, encode_envelope, wrap
from ingest.contracts.registry import dataschema
from stream.apply.reading import identity_of
from stream.core.handling import Handling
from stream.core.moment import datetime_of, moment_of
from stream.handling.errors import ActError
from stream.handling.times import Times
from stream.personal import personal_in

Kind: TypeAlias = Literal["acknowledge", "assign", "comment", "escalate", "dismiss", "hand_over", "tie"]
_Text = Annotated[str, msgspec.Meta(max_length=2000)]
_Code = Annotated[str, msgspec.Meta(min_length=1, max_length=255)]

_TYPES: Final[dict[type[Act], str]] = {
    CaseAcknowledged: ACKNOWLEDGED,
    CaseAssigned: ASSIGNED,
    CaseCommented: COMMENTED,
    CaseEscalated: ESCALATED,
    CaseDismissed: DISMISSED,
    CaseHandedOver: HANDED_OVER,
    CaseTied: TIED,
}


class Wanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody wants to do about one case, seeing the version `seen` of its handling.

    `to` is a login (None with `assign`: nobody), `other` the case that is tied or untied, `shift` the name of a
    hand-over.
    """

    act: Kind
    case: _Code
    seen: Annotated[int, msgspec.Meta(ge=0, le=10_000)]
    note: _Text | None = None
    to: _Code | None = None
    other: _Code | None = None
    untie: bool = False
    shift: _Code | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """The case that is acted on: of which unit, due when, handled how so far."""

    code: str
    kind: int
    unit: int
    due: datetime | None
    is_open: bool
    handling: Handling


def act_of(wanted: Wanted, subject: Subject, by: str, now: datetime, times: Times) -> Act:
    """The act as the log will have it.

    Raises `ActError` for one that says too little, that names a person in its text, or that can't be done: the last
    rank has it already, the case has ended.
    """
    note = _checked(wanted.note)
    if not subject.is_open and wanted.act not in {"comment", "tie"}:
        raise ActError("case_ended")
    kind: type[Act]
    more: dict[str, object]
    match wanted.act:
        case "acknowledge":
            kind, more = CaseAcknowledged, {"until": times.acknowledged_until(now)}
        case "assign":
            kind, more = CaseAssigned, {"to": wanted.to}
        case "comment":
            kind, more = CaseCommented, {"note": _needed(note, "text_missing")}
        case "escalate":
            kind, more = CaseEscalated, {"note": _needed(note, "reason_missing"), **_next_rank(subject, now, times)}
        case "dismiss":
            kind, more = CaseDismissed, {"note": _needed(note, "reason_missing"), "due_at": subject.due}
        case "hand_over":
            to, shift = _needed(wanted.to, "person_missing"), _needed(_checked(wanted.shift), "shift_missing")
            kind, more = CaseHandedOver, {"to": to, "shift": shift}
        case "tie":
            kind, more = CaseTied, {"other": _needed(wanted.other, "other_missing"), "untied": wanted.untie}
    about = {"case": subject.code, "unit": f"{subject.unit:05d}", "by": by, "seen": wanted.seen, "note": note}
    return msgspec.convert({**about, **more}, kind)


def event_of(act: Act, now: datetime, number: str) -> tuple[str, bytes]:
    """The act as a record of the log: its key and its bytes. `number` tells it from every other act."""
    kind = _TYPES[type(act)]
    subject = f"{HANDLING}{act.case}"
    envelope = Envelope(
        id=number,
        source=ACTS_SOURCE,
        type=kind,
        subject=subject,
        time=now,
        dataschema=dataschema(kind),
        data=wrap(act),
    )
    return subject, encode_envelope(envelope)


def identity_of_act(number: str) -> int:
    """By which `stream.handling.reading.read_outcome` finds the act of that number."""
    return identity_of(ACTS_SOURCE, number)


def _next_rank(subject: Subject, now: datetime, times: Times) -> dict[str, object]:
    rank = times.line.after(subject.handling.rank)
    if rank is None:
        raise ActError("highest_rank")
    return {"rank": rank.number, "respond_by": datetime_of(rank.respond_by(moment_of(now), times.calendar))}


def _checked(text: str | None) -> str | None:
    if text is None or not text.strip():
        return None
    if (what := personal_in(text)) is not None:
        raise ActError(what)
    return text.strip()


def _needed(text: str | None, reason: str) -> str:
    if text is None or not text.strip():
        raise ActError(reason)
    return text
