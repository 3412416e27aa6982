"""Which rows somebody asks for, in which order, and how many of them."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias, get_args

from stream.queue.held import State

Key: TypeAlias = Literal[
    "remaining", "received", "due", "unit", "procedure", "field", "status", "holder", "risk", "case"
]
KEYS: Final[tuple[Key, ...]] = get_args(Key)
MOST: Final = 500
"""Rows of one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Every condition holds of a row that is wanted; None is no condition.

    `units` are codes as numbers, `kind`, `channel`, `level` and `status` numbers, `words` folded ones of which each has
    to be found (`stream.queue.words`). `holder` is a login, "" is nobody. Days are local and included.
    """

    kind: int | None = None
    units: frozenset[int] | None = None
    field: str | None = None
    procedure: str | None = None
    channel: int | None = None
    level: int | None = None
    status: int | None = None
    state: State | None = None
    holder: str | None = None
    words: tuple[str, ...] = ()
    received_from: date | None = None
    received_to: date | None = None
    due_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """By which column, the case's code being the last one; what has no value comes last both ways."""

    by: Key = "remaining"
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A page: what is wanted, in which order, from which place on, and how many at most (None: all).

    `scope` are the units that the one who asks may see (None: all), `login` is theirs.
    """

    wanted: Wanted = Wanted()
    order: Order = Order()
    start: int = 0
    count: int | None = None
    scope: frozenset[int] | None = None
    login: str = ""
