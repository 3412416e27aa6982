"""Signing in with a password: one answer for whatever is wrong, after as much work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from psycopg import Connection

from dashboard.accounts.audit import NOBODY, record
from dashboard.accounts.errors import WeakPasswordError
from dashboard.accounts.passwords import check_password, hashed, is_outdated, is_password
from dashboard.accounts.queries import query
from dashboard.accounts.sessions import begin_session, end_sessions
from dashboard.accounts.throttle import buckets_of, take_try, was_right

Known: TypeAlias = Callable[[int], str | None]
"""The name of the browser's own bucket for an account that signed in from it before; None for any other."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who somebody says they are, and from where."""

    login: str
    password: str
    address: str
    known: Known


@dataclass(frozen=True, slots=True)
class Opened:
    """They are who they say: the token of their session."""

    token: str
    account: int
    login: str
    must_change: bool


@dataclass(frozen=True, slots=True)
class Wrong:
    """Login or password is wrong, or the account is disabled: which of them, nobody is told."""


@dataclass(frozen=True, slots=True)
class Later:
    """Too many wrong tries: the next one is looked at after `wait`."""

    wait: timedelta


def sign_in(connection: Connection[Any], attempt: Attempt, now: datetime) -> Opened | Wrong | Later:
    """Look at a login and a password; what came of it is on record."""
    login = attempt.login.strip().lower()
    found = connection.execute(query("find_secret"), {"login": login}).fetchone()
    number, kept, is_disabled, must_change = found or (None, None, True, False)
    who = NOBODY if number is None else login
    buckets = buckets_of(login, attempt.address, None if number is None else attempt.known(number))
    wait, before = take_try(connection, buckets, now)
    if wait:
        _record_once(connection, who, wait, min(tries.at for tries in before.values() if tries.wait(now)), now)
        return Later(wait)
    is_right = is_password(kept, attempt.password)
    if number is None or not is_right or is_disabled:
        record(connection, who, "sign_in.refused", {"disabled": True} if number and is_disabled else {}, now)
        return Wrong()
    token = begin_session(connection, number, "password", now)
    if token is None:
        return Wrong()
    was_right(connection, buckets, before)
    if kept is not None and is_outdated(kept):
        new = {"id": number, "old": kept, "new": hashed(attempt.password)}
        connection.execute(query("write_rehash"), new)
    record(connection, login, "sign_in", {"method": "password"}, now)
    return Opened(token, number, login, must_change)


def _record_once(connection: Connection[Any], who: str, wait: timedelta, since: datetime, now: datetime) -> None:
    """One line for each time of waiting: whoever tries on and on buries nothing that stands in the record."""
    [is_told] = connection.execute(query("read_locked"), {"who": who, "since": since}).fetchone() or (False,)
    if not is_told:
        record(connection, who, "sign_in.locked", {"seconds": round(wait.total_seconds())}, now)


@dataclass(frozen=True, slots=True)
class Renewal:
    """Somebody who is signed in changes their password."""

    login: str
    address: str
    old: str
    new: str
    token: str


def change_password(connection: Connection[Any], wanted: Renewal, now: datetime) -> Wrong | Later | None:
    """Change one's own password; all sessions but this one end. None where it was done.

    Raises `WeakPasswordError`. The old password is asked for again, and guessing at it is as slow as at the door.
    """
    found = connection.execute(query("find_secret"), {"login": wanted.login}).fetchone()
    number, kept = found[:2] if found else (None, None)
    buckets = buckets_of(wanted.login, wanted.address, f"session {number}")
    wait, before = take_try(connection, buckets, now)
    if wait:
        return Later(wait)
    if number is None or not is_password(kept, wanted.old):
        record(connection, wanted.login, "password.refused", {}, now)
        return Wrong()
    was_right(connection, buckets, before)
    check_password(wanted.new, wanted.login)
    if is_password(kept, wanted.new):
        raise WeakPasswordError("the new password is the old one")
    given = {"id": number, "password_hash": hashed(wanted.new), "must_change": False, "at": now}
    with connection.transaction():
        connection.execute(query("write_password"), given)
        ended = end_sessions(connection, number, "password", now, wanted.token)
        record(connection, wanted.login, "password.changed", {"ended": ended}, now)
    return None
