"""What the pages ask for: which slots, which snapshot, a run by hand, a delivery once more."""

import re
from typing import Annotated, Final, Literal, TypeAlias, get_args

import msgspec
from fastapi import HTTPException
from fastapi.params import Path as PathOf
from fastapi.params import Query as QueryOf

StateAsked: TypeAlias = Literal[
    "waiting", "held", "overdue", "failed", "sealed", "late", "partial", "restated", "undelivered"
]
"""How a slot stands, or what is to be said of it."""
STATES: Final[tuple[StateAsked, ...]] = get_args(StateAsked)
MOST: Final = 2_000
FIRST: Final = 200
"""Slots that are listed at first, and at most: about a year of all kinds."""

_KIND: Final = r"^[a-z0-9-]{1,40}$"
_PERIOD: Final = r"^[0-9]{4}(-[0-9A-Z]{2}){0,2}$"
Kind = Annotated[str, PathOf(pattern=_KIND)]
PlottedKind = Annotated[str, QueryOf(pattern=_KIND)]
PlottedKpi = Annotated[str, QueryOf(pattern=r"^[a-z0-9_]{1,80}$")]
PlottedUnit = Annotated[str, QueryOf(pattern=r"^[0-9]{5}$")]
Period = Annotated[str, PathOf(pattern=_PERIOD)]
Version = Annotated[int, PathOf(ge=1, le=100_000)]
Receiver = Annotated[str, PathOf(pattern=_KIND)]
FileName: TypeAlias = Literal["snapshot.json", "snapshot.xlsx", "snapshot.pdf"]
FILES: Final[tuple[FileName, ...]] = get_args(FileName)
_KindAsked = Annotated[str, msgspec.Meta(pattern=_KIND)]
_PeriodAsked = Annotated[str, msgspec.Meta(pattern=_PERIOD)]


class AskedRun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Make the snapshot of a period by hand, or, dry, look at what it would be.

    `version` is the one that was confirmed: another one by now is refused.
    """

    kind: _KindAsked
    period: _PeriodAsked
    dry: bool
    version: Annotated[int, msgspec.Meta(ge=1)] | None = None


class AskedDelivery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Send once more what was given up."""

    receiver: _KindAsked
    kind: _KindAsked
    period: _PeriodAsked
    version: Annotated[int, msgspec.Meta(ge=1)]


class Narrowed(msgspec.Struct, frozen=True):
    """Which slots are listed; null is all."""

    kind: str | None = None
    year: str | None = None
    states: tuple[StateAsked, ...] | None = None
    most: int = FIRST


def narrowed(kind: str | None, year: str | None, state: str | None, most: int) -> Narrowed:
    """What an address asks for; raises `HTTPException` (422) for what can't be asked."""
    states = tuple(each for each in STATES if each in state.split(",")) if state else None
    if state and len(states or ()) != len(set(state.split(","))):
        raise HTTPException(422, "state_unknown")
    if (kind and not re.match(_KIND, kind)) or (year and not re.match(r"^[0-9]{4}$", year)):
        raise HTTPException(422, "filter_unknown")
    return Narrowed(kind or None, year or None, states, max(1, min(most, MOST)))
