"""Sessions of people (phiên làm việc): kept on the server, so that each can be ended at any moment."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Literal, TypeAlias

from psycopg import Connection
from psycopg.rows import dict_row

from dashboard.access.people import Person, Signed
from dashboard.accounts.facts import scope_of
from dashboard.accounts.queries import query

LASTS: Final = timedelta(hours=12)
"""A session ends after so long, whatever its person does."""
IDLE: Final = timedelta(minutes=30)
"""A session ends after so long in which its person did nothing."""
_KEPT: Final = timedelta(days=30)
"""So long after its end a session is still there to be looked at; that somebody signed in stays on record."""

Method: TypeAlias = Literal["password", "oidc"]
Why: TypeAlias = Literal["sign_out", "password", "disabled", "changed", "ended"]


def digest(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def begin_session(connection: Connection[Any], account: int, method: Method, at: datetime) -> str | None:
    """The token of a new session; None where the account was disabled in this moment."""
    token = secrets.token_urlsafe(32)
    connection.execute(query("forget_sessions"), {"before": at - _KEPT})
    given = {"token_hash": digest(token), "account": account, "method": method, "at": at, "until": at + LASTS}
    found = connection.execute(query("write_session"), given).fetchone()
    return None if found is None else token


def end_session(connection: Connection[Any], token: str, why: Why, at: datetime) -> bool:
    """End one session; False where it had ended."""
    found = connection.execute(query("end_session"), {"token_hash": digest(token), "why": why, "at": at}).fetchone()
    return found is not None


def end_sessions(connection: Connection[Any], account: int, why: Why, at: datetime, kept: str | None = None) -> int:
    """End all sessions of an account but the one with the token `kept`; answers how many."""
    given = {"account": account, "why": why, "at": at, "kept": None if kept is None else digest(kept)}
    return connection.execute(query("end_sessions"), given).rowcount


def touch_sessions(connection: Connection[Any], moments: Mapping[int, datetime]) -> None:
    """The people of these sessions did something."""
    given = {"ids": list(moments), "moments": list(moments.values())}
    connection.execute(query("touch_sessions"), given)


def read_sessions(connection: Connection[Any], at: datetime) -> dict[bytes, Signed]:
    """All sessions that hold, by the digests of their tokens."""
    with connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(query("read_sessions"), {"at": at, "idle": IDLE}).fetchall()
    return {row["token_hash"]: _signed(row) for row in rows}


def _signed(row: Mapping[str, Any]) -> Signed:
    scope = scope_of(row["everywhere"], row["codes"], row["days"])
    person = Person(row["account"], row["login"], row["name"], row["role"], scope)
    return Signed(row["id"], person, row["until"], row["seen_at"], row["must_change"])
