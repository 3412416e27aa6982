"""What a display is to show, and how one stands."""

from datetime import datetime
from typing import Annotated, Final, Literal, TypeAlias

import msgspec

SCENES: Final = ("overview", "onestop", "documents", "conference", "map", "health")
"""The scenes that a display can show in turn, as their addresses name them."""

State: TypeAlias = Literal["pending", "approved", "revoked"]
SceneName: TypeAlias = Literal["overview", "onestop", "documents", "conference", "map", "health"]
_UNSEEN: Final = "\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069"
"""What nobody sees and what does something instead: to a database, a terminal, or the direction of the line."""
Name: TypeAlias = Annotated[
    str, msgspec.Meta(min_length=1, max_length=80, pattern=rf"\A(?!.*[{_UNSEEN}])\S(?:.*\S)?\Z")
]
Scenes: TypeAlias = Annotated[tuple[SceneName, ...], msgspec.Meta(min_length=1, max_length=len(SCENES))]
Seconds: TypeAlias = Annotated[int, msgspec.Meta(ge=5, le=3600)]


class Showing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an administrator says that a display is: its name and its rotation, a scene each `seconds`."""

    name: Name
    scenes: Scenes = ("overview",)
    seconds: Seconds = 30
    language: Literal["vi", "en"] = "vi"
    theme: Literal["dark", "light"] = "dark"


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be different of a display; None stays."""

    name: Name | None = None
    scenes: Scenes | None = None
    seconds: Seconds | None = None
    language: Literal["vi", "en"] | None = None
    theme: Literal["dark", "light"] | None = None


class DisplayFacts(msgspec.Struct, frozen=True):
    """An approved display: who it is and what it shows."""

    id: int
    name: str
    scenes: tuple[str, ...]
    seconds: int
    language: Literal["vi", "en"]
    theme: Literal["dark", "light"]


class Enrolment(msgspec.Struct, frozen=True):
    """What a device that asked is told: the code to show while it waits."""

    id: int
    state: State
    code: str | None
    code_until: datetime | None


class Heals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How often a page healed itself, by stage."""

    reopen: Annotated[int, msgspec.Meta(ge=0, le=2_000_000_000)] = 0
    refetch: Annotated[int, msgspec.Meta(ge=0, le=2_000_000_000)] = 0
    reload: Annotated[int, msgspec.Meta(ge=0, le=2_000_000_000)] = 0
    stall: Annotated[int, msgspec.Meta(ge=0, le=2_000_000_000)] = 0


class Report(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a display tells of itself each minute; `restarts` is how often its keeper began the browser anew."""

    build: Annotated[str, msgspec.Meta(pattern=r"^[\w.-]{1,256}$")] | None = None
    scene: SceneName | None = None
    heap_bytes: Annotated[int, msgspec.Meta(ge=0, lt=2**50)] | None = None
    nodes: Annotated[int, msgspec.Meta(ge=0, le=2_000_000_000)] | None = None
    uptime_seconds: Annotated[int, msgspec.Meta(ge=0, lt=2**40)] | None = None
    heals: Heals = Heals()
    restarts: Annotated[int, msgspec.Meta(ge=0, le=2_000_000_000)] | None = None


class Standing(msgspec.Struct, frozen=True):
    """A display as the administrator sees it: without its code, which has to be read from the screen."""

    id: int
    state: State
    name: str | None
    code_until: datetime | None
    user_agent: str
    scenes: tuple[str, ...] | None
    seconds: int | None
    language: str | None
    theme: str | None
    enrolled_at: datetime
    approved_at: datetime | None
    approved_by: str | None
    revoked_at: datetime | None
    revoked_by: str | None
    seen_at: datetime | None
    reported_at: datetime | None
    build: str | None
    scene: str | None
    heap_bytes: int | None
    nodes: int | None
    uptime_seconds: int | None
    reopens: int | None
    refetches: int | None
    reloads: int | None
    stalls: int | None
    restarts: int | None
