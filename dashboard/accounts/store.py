"""Accounts in the database. Every function takes a connection in autocommit, and who does it; times are aware."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from psycopg import Connection
from psycopg.errors import UniqueViolation
from psycopg.rows import dict_row

from dashboard.accounts.audit import record
from dashboard.accounts.errors import (
    LastAdministratorError,
    LoginTakenError,
    NoSuchAccountError,
    ReservedLoginError,
)
from dashboard.accounts.facts import RESERVED, Account, Change, Entry, NewAccount
from dashboard.accounts.passwords import check_password, hashed
from dashboard.accounts.places import check_places
from dashboard.accounts.queries import query
from dashboard.accounts.sessions import IDLE, end_sessions
from dashboard.accounts.throttle import forgive
from dashboard.data.answers import TIME_ZONE


def add_account(
    connection: Connection[Any], wanted: NewAccount, password: str | None, by: str, at: datetime
) -> int:  # fmt: skip
    """A new account; its password, known to whoever made it, has to be changed at the first signing in.

    Raises `ReservedLoginError`, `LoginTakenError`, `NoSuchPlaceError`.
    """
    if wanted.login in RESERVED:
        raise ReservedLoginError(wanted.login)
    check_places(wanted.scope or (), at.astimezone(TIME_ZONE).date())
    given = {
        "login": wanted.login, "name": wanted.name, "role": wanted.role, "everywhere": wanted.scope is None,
        "password_hash": None if password is None else hashed(password), "must_change": password is not None,
        "oidc_claim": wanted.oidc, "at": at, "by": by,
    }  # fmt: skip
    with connection.transaction():
        found = connection.execute(query("write_account"), given).fetchone()
        if found is None:
            raise LoginTakenError
        number: int = found[0]
        _write_scope(connection, number, wanted.scope or ())
        record(connection, by, "account.added", _told(wanted), at)
    return number


def change_account(connection: Connection[Any], login: str, wanted: Change, by: str, at: datetime) -> None:
    """Change an account; other rights end its sessions.

    Raises `NoSuchAccountError`, `LastAdministratorError`, `NoSuchPlaceError`, `LoginTakenError`.
    """
    check_places(wanted.scope or (), at.astimezone(TIME_ZONE).date())
    everywhere = True if wanted.everywhere else None if wanted.scope is None else False
    given = {"login": login, "name": wanted.name, "role": wanted.role, "everywhere": everywhere,
        "oidc_claim": wanted.oidc, "disabled": wanted.disabled, "at": at}  # fmt: skip
    try:
        with connection.transaction():
            if wanted.disabled is True or (wanted.role or "administrator") != "administrator":
                _check_others(connection, login)
            number = _changed(connection, given)
            if everywhere is not None:
                _write_scope(connection, number, wanted.scope or ())
            if wanted.ends_sessions:
                end_sessions(connection, number, "disabled" if wanted.disabled else "changed", at)
            record(connection, by, "account.changed", {"login": login, **_told(wanted)}, at)
    except UniqueViolation:
        raise LoginTakenError from None


def set_password(
    connection: Connection[Any], login: str, password: str, by: str, at: datetime
) -> None:  # fmt: skip
    """A password that somebody else made up, to be changed at once; sessions end, and wrong tries are forgiven.

    Raises `NoSuchAccountError`, `WeakPasswordError`.
    """
    check_password(password, login)
    account = find_account(connection, login, at)
    given = {"id": account.id, "password_hash": hashed(password), "must_change": True, "at": at}
    with connection.transaction():
        connection.execute(query("write_password"), given)
        forgive(connection, login)
        end_sessions(connection, account.id, "password", at)
        record(connection, by, "account.password", {"login": login}, at)


def read_accounts(connection: Connection[Any], at: datetime, login: str | None = None) -> Sequence[Account]:
    """All accounts by their logins, or the one of `login`."""
    with connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(query("read_accounts"), {"login": login, "at": at, "idle": IDLE}).fetchall()
    return [_account(row) for row in rows]


def find_account(connection: Connection[Any], login: str, at: datetime) -> Account:
    """The account of a login; raises `NoSuchAccountError`."""
    found = read_accounts(connection, at, login)
    if not found:
        raise NoSuchAccountError(login)
    return found[0]


def _account(row: dict[str, Any]) -> Account:
    entries = tuple(Entry(code, on) for code, on in zip(row.pop("codes"), row.pop("days"), strict=True))
    return Account(scope=None if row.pop("everywhere") else entries, **row)


def _changed(connection: Connection[Any], given: dict[str, Any]) -> int:
    found = connection.execute(query("write_change"), given).fetchone()
    if found is None:
        raise NoSuchAccountError(given["login"])
    number: int = found[0]
    return number


def _write_scope(connection: Connection[Any], number: int, entries: Sequence[Entry]) -> None:
    codes, days = [each.code for each in entries], [each.on for each in entries]
    connection.execute(query("write_scope"), {"id": number, "codes": codes, "days": days})


def _check_others(connection: Connection[Any], login: str) -> None:
    if connection.execute(query("lock_administrators")).fetchall() == [(login,)]:
        raise LastAdministratorError


def _told(wanted: NewAccount | Change) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(wanted)
    return {name: value for name, value in told.items() if value is not None}
