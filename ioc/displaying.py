"""What the command line does with displays; who did it is on record."""

import getpass
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec
import structlog
from psycopg import Connection

from dashboard.accounts.audit import record
from dashboard.displays.code import code_typed
from dashboard.displays.errors import NoSuchDisplayError
from dashboard.displays.facts import Change, Showing
from dashboard.displays.store import approve as approve_it
from dashboard.displays.store import change as change_it
from dashboard.displays.store import revoke as revoke_it
from ioc.errors import IocError
from ioc.settings import Settings
from ioc.wiring import connect

T = TypeVar("T")
_log = structlog.get_logger()


def approve(settings: Settings, code: str, showing: Mapping[str, Any]) -> int:
    """Approve the display that shows `code`, and answer its number. Raises `IocError`."""
    typed, by = code_typed(code), _by()
    if typed is None:
        raise IocError(f"{code} can be no code: it is eight letters and digits, as K7MP-3XQR")
    wanted = _understood({**showing, "name": showing["name"].strip()}, Showing)
    try:
        with connect(settings, "dashboard") as connection:
            number = approve_it(connection, typed, wanted, by, datetime.now(UTC))
            _note(connection, "display.approved", {"display": number, "name": wanted.name})
    except NoSuchDisplayError:
        raise IocError(
            f"no display waits with {typed}: a code holds for 10 minutes, look at the screen again"
        ) from None
    _log.info("display_approved", display=number, name=wanted.name, by=by)
    return number


def change(settings: Settings, number: int, wanted: Mapping[str, Any]) -> None:
    """Change an approved display. Raises `IocError`."""
    understood = _understood(wanted, Change)
    try:
        with connect(settings, "dashboard") as connection:
            change_it(connection, number, understood)
            _note(connection, "display.changed", {"display": number})
    except NoSuchDisplayError:
        raise IocError(f"display {number} is not approved: `ioc display list` shows those that are") from None
    _log.info("display_changed", display=number, by=_by())


def revoke(settings: Settings, number: int) -> None:
    """Revoke a display, approved or waiting. Raises `IocError`."""
    by = _by()
    try:
        with connect(settings, "dashboard") as connection:
            revoke_it(connection, number, by, datetime.now(UTC))
            _note(connection, "display.revoked", {"display": number})
    except NoSuchDisplayError:
        raise IocError(f"display {number} opens nothing: there is nothing to revoke") from None
    _log.info("display_revoked", display=number, by=by)


def _note(connection: Connection[Any], what: str, facts: Mapping[str, object]) -> None:
    record(connection, _by(), what, facts, datetime.now(UTC))


def _understood(given: Mapping[str, Any], type_: type[T]) -> T:
    try:
        return msgspec.convert(given, type_)
    except msgspec.ValidationError as error:
        raise IocError(f"the display can't be that: {error}") from None


def _by() -> str:
    try:
        return f"cli:{getpass.getuser()}"
    except (OSError, KeyError):  # a container's user may have no name
        return "cli"
