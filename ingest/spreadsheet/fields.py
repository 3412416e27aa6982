"""What a row of each kind of event can say: the fields that a mapping gives columns to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Meaning: TypeAlias = Literal["code", "label", "moment", "day", "hour", "choice", "yes-no", "count", "dong", "codes"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field: how its cells are read, whether a mapping has to say it, and of a choice, what can be chosen."""

    meaning: Meaning
    required: bool = False
    choices: tuple[str | int, ...] = ()


_CODE = Field("code")
_NEEDED = Field("code", required=True)
_MOMENT = Field("moment")
_YES_NO = Field("yes-no")

_APPLICATION: Final = {
    "application": _NEEDED,
    "procedure": _NEEDED,
    "procedure_name": Field("label"),
    "field": _NEEDED,
    "field_name": Field("label"),
    "agency": _CODE,
    "status": Field("choice", required=True, choices=tuple(range(1, 11))),
    "channel": Field("choice", choices=(1, 2, 3)),
    "submitted_at": _MOMENT,
    "received_at": _MOMENT,
    "due_at": _MOMENT,
    "ended_at": _MOMENT,
    "returned_at": _MOMENT,
    "refused_at": _MOMENT,
    "supplement_requested_at": _MOMENT,
    "supplement_received_at": _MOMENT,
    "supplement_due_after": _MOMENT,
    "online_payment": Field("choice", choices=(0, 1, 2)),
    "fee": Field("dong"),
    "digitised": _YES_NO,
}
_OF_DOCUMENT: Final = {
    "direction": Field("choice", required=True, choices=("incoming", "outgoing")),
    "agency": _CODE,
    "sender": _CODE,
    "code": _NEEDED,
    "promulgated_on": Field("day", required=True),
    "at": Field("moment", required=True),
}

EVENTS: Final[Mapping[str, Mapping[str, Field]]] = {
    "application": _APPLICATION,
    "document": {
        **_OF_DOCUMENT,
        "act": Field("choice", choices=("new", "recall", "update", "replace")),
        "kind": Field("label"),
        "priority": Field("count"),
        "secret": _YES_NO,
        "due_at": _MOMENT,
        "electronic": _YES_NO,
        "signature": Field("choice", choices=("none", "present", "valid", "invalid")),
        "certificate": _CODE,
        "attachments": Field("count"),
    },
    "document-step": {**_OF_DOCUMENT, "status": Field("choice", required=True, choices=(1, 2, 3, 4, 5, 6, 13, 15, 16))},
    "certificate": {
        "certificate": _NEEDED,
        "agency": _CODE,
        "kind": Field("choice", required=True, choices=("organ", "person")),
        "valid_from": Field("moment", required=True),
        "valid_until": Field("moment", required=True),
        "revoked_at": _MOMENT,
    },
    "meeting": {
        "meeting": _NEEDED,
        "agency": _CODE,
        "told_at": _MOMENT,
        "scheduled_at": _MOMENT,
        "scheduled_until": _MOMENT,
        "started_at": _MOMENT,
        "ended_at": _MOMENT,
        "cancelled": _YES_NO,
        "never_started": _YES_NO,
        "invited": Field("codes"),
        "attended": Field("codes"),
    },
    "evaluation": {
        "form": _NEEDED,
        "agency": _CODE,
        "at": Field("moment", required=True),
        "verdict": Field("choice", required=True, choices=(1, 2, 3)),
        "complaint": _YES_NO,
        "application": _CODE,
    },
    "petition": {
        "petition": _NEEDED,
        "agency": _CODE,
        "received_at": Field("moment", required=True),
        "due_at": _MOMENT,
        "answered_at": _MOMENT,
        "satisfied": _YES_NO,
    },
}
"""The fields by event; every moment can have its time of day in a column of its own, called `received_at_hour`."""

HOUR: Final = "_hour"


def fields_of(event: str) -> Mapping[str, Field]:
    """All fields of an event, those of times of day too."""
    found = dict(EVENTS[event])
    found |= {f"{name}{HOUR}": Field("hour") for name, each in EVENTS[event].items() if each.meaning == "moment"}
    return found
