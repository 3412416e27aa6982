"""The record of who did what: signing in, being refused, taking a list away, changing an account. Nothing is undone."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dashboard.access.people import Person
from dashboard.accounts.queries import query

NOBODY: Final = "-"
"""Who tried to be somebody that there is not; what they typed is never kept, since it may be a password."""


class Entry(msgspec.Struct, frozen=True):
    """One line of the record."""

    at: datetime
    who: str
    what: str
    facts: Mapping[str, Any]


def record(
    connection: Connection[Any], who: Person | str, what: str, facts: Mapping[str, object], at: datetime
) -> None:
    """Write down that somebody (a person or their login) did `what`; `facts` is plain JSON without personal data."""
    login = who.login if isinstance(who, Person) else who
    connection.execute(query("write_audit"), {"at": at, "who": login, "what": what, "facts": Jsonb(dict(facts))})


def read_audit(connection: Connection[Any], most: int = 100) -> Sequence[Entry]:
    """The newest entries, the newest first."""
    with connection.cursor(row_factory=class_row(Entry)) as cursor:
        return cursor.execute(query("read_audit"), {"most": most}).fetchall()
