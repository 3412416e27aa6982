"""What the command line does with accounts of people; who did it is on record."""

import getpass
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from dashboard.accounts.errors import AccountError
from dashboard.accounts.facts import Account, Change, Entry, NewAccount
from dashboard.accounts.passwords import check_password, one_time_password
from dashboard.accounts.places import entry_named
from dashboard.accounts.store import add_account, change_account, read_accounts, set_password
from dashboard.data.answers import TIME_ZONE
from ioc.errors import IocError
from ioc.settings import Settings
from ioc.wiring import connect

T = TypeVar("T")


def add(settings: Settings, login: str, given: Mapping[str, Any], password: str | None) -> str | None:
    """A new account; answers the one-time password that was made up where none was given. Raises `IocError`.

    Who signs in by a provider of identities (`oidc`) needs no password.
    """
    units = tuple(given.get("units") or ())
    wanted = _understood({**_said(given), "login": login.lower(), "scope": _scope(units)}, NewAccount)
    made = password or (None if wanted.oidc else one_time_password())
    try:
        if password is not None:
            check_password(password, wanted.login)
        with connect(settings, "dashboard") as connection:
            add_account(connection, wanted, made, _by(), datetime.now(UTC))
    except AccountError as error:
        raise IocError(str(error)) from None
    return made if password is None else None


def change(settings: Settings, login: str, given: Mapping[str, Any]) -> None:
    """Change an account: name, role, scope (`units`, or `everywhere`), `oidc`, `disabled`. Raises `IocError`."""
    units = tuple(given.get("units") or ())
    wanted = _understood({**_said(given), **({"scope": _scope(units)} if units else {})}, Change)
    try:
        with connect(settings, "dashboard") as connection:
            change_account(connection, login.lower(), wanted, _by(), datetime.now(UTC))
    except AccountError as error:
        raise IocError(str(error)) from None


def password(settings: Settings, login: str, given: str | None) -> str | None:
    """Another password; answers the one-time password that was made up where none was given. Raises `IocError`."""
    made = given or one_time_password()
    try:
        with connect(settings, "dashboard") as connection:
            set_password(connection, login.lower(), made, _by(), datetime.now(UTC))
    except AccountError as error:
        raise IocError(str(error)) from None
    return made if given is None else None


def accounts(settings: Settings) -> Sequence[Account]:
    """All accounts."""
    with connect(settings, "dashboard") as connection:
        return read_accounts(connection, datetime.now(UTC))


def scope_text(account: Account) -> str:
    """The scope as `--unit` writes it."""
    if account.scope is None:
        return "everywhere"
    return " ".join(f"{each.code}@{each.on.isoformat()}" for each in account.scope)


def _said(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name != "units" and value is not None}


def _scope(units: Iterable[str]) -> tuple[Entry, ...] | None:
    today = datetime.now(TIME_ZONE).date()
    try:
        return tuple(entry_named(each, today) for each in units) or None
    except AccountError as error:
        raise IocError(str(error)) from None


def _understood(given: Mapping[str, Any], type_: type[T]) -> T:
    try:
        return msgspec.convert(given, type_)
    except msgspec.ValidationError as error:
        raise IocError(f"an account can't be like that: {error}") from None


def _by() -> str:
    try:
        return f"cli:{getpass.getuser()}"
    except (OSError, KeyError):  # a container's user may have no name
        return "cli"
