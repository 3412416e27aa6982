"""People of a server: accounts made in its database, and signing in over HTTP or in a browser's page."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from typing import Protocol
from urllib.parse import urlsplit

import httpx
import psycopg
from playwright.sync_api import Page

from dashboard.access.people import Role
from dashboard.accounts.facts import Entry, NewAccount
from dashboard.accounts.passwords import hashed
from dashboard.accounts.store import add_account

PASSWORD = "một câu dài dễ nhớ 2026"


class Serving(Protocol):
    """A running server and its database."""

    @property
    def url(self) -> str:
        """Where it answers."""

    @property
    def database(self) -> str:
        """The address of its database."""


def account(
    database: str, login: str, role: Role = "operator", scope: Iterable[tuple[str, date]] = (), *, name: str = ""
) -> None:
    """Make an account whose password is `PASSWORD`; the one that is there already stays. No scope: the whole area."""
    entries = tuple(Entry(code, on) for code, on in scope) or None
    wanted = NewAccount(login, name or login.capitalize(), role, entries)
    with psycopg.connect(database, autocommit=True) as connection:
        if connection.execute("select 1 from dashboard.account where login = %s", [login]).fetchone():
            return
        number = add_account(connection, wanted, None, "tests", datetime.now(UTC))
        connection.execute(
            "update dashboard.account set password_hash = %s, password_at = now() where id = %s", [_hash(), number]
        )


def signed_in(
    server: Serving, role: Role = "operator", scope: Iterable[tuple[str, date]] = (), login: str | None = None
) -> dict[str, str]:
    """The cookies of a new session of somebody with that role and scope, as httpx takes them.

    The login is the role where none is given, with the codes of the scope.
    """
    entries = tuple(scope)
    named = login or "-".join([role, *(code for code, _ in entries)])
    account(server.database, named, role, entries)
    return enter(server.url, named)


def enter(url: str, login: str, password: str = PASSWORD) -> dict[str, str]:
    """Sign in over HTTP, as the page does."""
    given = {"login": login, "password": password}
    answer = httpx.post(f"{url}/sign-in/session", json=given, headers={"origin": url}, timeout=20)
    assert answer.status_code == 200, answer.text
    return {"ioc_session": answer.cookies["ioc_session"]}


def sign_in_page(
    page: Page, server: Serving, role: Role = "operator", scope: Iterable[tuple[str, date]] = (),
    login: str | None = None,
) -> None:  # fmt: skip
    """Put such a session into a page's browser, before it goes anywhere."""
    host = urlsplit(server.url).hostname or ""
    cookies = signed_in(server, role, scope, login)
    page.context.add_cookies(
        [{"name": name, "value": value, "domain": host, "path": "/"} for name, value in cookies.items()]
    )


@cache
def _hash() -> str:
    return hashed(PASSWORD)
