"""The book of slots: who takes one, what was decided of it, and what came of it. Each function is one statement."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from psycopg import Connection

from stream.snapshot.store.queries import query

Origin: TypeAlias = Literal["schedule", "late_events", "by_hand"]
State: TypeAlias = Literal["waiting", "held", "sealed"]

LONGEST_WAIT: Final = timedelta(hours=1)
"""No slot waits longer until it is looked at again."""


class Key(NamedTuple):
    """Which snapshot is meant."""

    kind: str
    period: str
    version: int


class Taken(NamedTuple):
    """A slot as it stands in the book, its row locked by who took it."""

    kind: str
    period: str
    version: int
    due_at: datetime
    origin: Origin
    state: State
    held_since: datetime | None
    known_at: datetime | None
    attempts: int
    late: Sequence[str]

    @property
    def key(self) -> Key:
        """Which snapshot it is."""
        return Key(self.kind, self.period, self.version)


class Decision(NamedTuple):
    """What becomes of a slot: looked at again at `next_at`, or made now (`is_go`) as known at `known_at`."""

    is_go: bool
    next_at: datetime
    late: tuple[str, ...]
    known_at: datetime | None = None
    held_since: datetime | None = None


class Versions(NamedTuple):
    """Slots of which versions are meant, both ends included."""

    least: int
    most: int


ALL: Final = Versions(1, 2**31 - 1)
FIRST: Final = Versions(1, 1)
LATER: Final = Versions(2, 2**31 - 1)


def take(connection: Connection[Any], kinds: Collection[str], now: datetime, versions: Versions = ALL) -> Taken | None:
    """The next slot that is due and free, its row locked until the end of the transaction; None where none is."""
    given = {"kinds": list(kinds), "now": now, "beyond": now + LONGEST_WAIT, **versions._asdict()}
    row = connection.execute(query("schedule_take"), given).fetchone()
    return None if row is None else Taken(*row)


def lock(connection: Connection[Any], key: Key) -> Taken | None:
    """That slot, its row locked until the end of the transaction; None where another holds it, or it is sealed."""
    row = connection.execute(query("schedule_lock"), key._asdict()).fetchone()
    return None if row is None else Taken(*row)


def write_decision(connection: Connection[Any], key: Key, decision: Decision) -> None:
    """What was decided of a slot that is held by this transaction; a slot that is to be made counts one attempt more.

    The attempt is counted before it is made: a slot that kills who makes it waits longer each time, behind the others.
    """
    given = {
        **key._asdict(), "state": "held" if decision.held_since and not decision.is_go else "waiting",
        "next_at": decision.next_at, "held_since": decision.held_since, "known_at": decision.known_at,
        "late": list(decision.late), "tries": int(decision.is_go),
    }  # fmt: skip
    connection.execute(query("schedule_decided"), given)


def write_failure(connection: Connection[Any], key: Key, error: str, next_at: datetime) -> None:
    """An attempt failed: it is tried again then."""
    connection.execute(query("schedule_failed"), {**key._asdict(), "error": error[:2000], "next_at": next_at})


def write_sealed(connection: Connection[Any], key: Key, late: Sequence[str], now: datetime) -> None:
    """It is sealed, in this transaction."""
    connection.execute(query("schedule_sealed"), {**key._asdict(), "late": list(late), "now": now})


class Before(NamedTuple):
    """A sealed version: the digest of its manifest, the last second that counted, and the object itself."""

    digest: str
    as_of: datetime
    body: bytes


def read_before(connection: Connection[Any], key: Key) -> Before | None:
    """A sealed version, if there is one."""
    row = connection.execute(query("schedule_before"), key._asdict()).fetchone()
    return None if row is None else Before(row[0], row[1], bytes(row[2]))
