"""Accounts as the command line shows them."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dashboard.accounts.facts import Account
from ioc.accounting import scope_text


def print_table(found: Sequence[Account]) -> None:
    """A line for each account."""
    table = Table()
    for name in ("login", "name", "role", "scope", "signs in by", "last", "sessions"):
        table.add_column(name, justify="right" if name == "sessions" else "left")
    for one in found:
        last = "never" if one.signed_in_at is None else one.signed_in_at.astimezone().strftime("%Y-%m-%d %H:%M")
        table.add_row(
            escape(one.login), escape(one.name), one.role, escape(scope_text(one)), _way(one),
            "disabled" if one.disabled_at is not None else last, str(one.sessions),
        )  # fmt: skip
    Console().print(table)


def _way(account: Account) -> str:
    ways = {"password": account.has_password, "provider": account.has_oidc or account.oidc_claim is not None}
    return ", ".join(name for name, has in ways.items() if has) or "nothing"
