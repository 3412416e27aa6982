"""`ioc account`: people (người dùng) who sign in, what they may do, and of which units they see cases."""

import json
from typing import Any, Literal

import click

from ioc.home import home_option
from ioc.settings import Settings

_ROLES = ["leader", "operator", "analyst", "administrator"]
_UNIT = "A unit or an area, as it was on a day (default: today): 03979 or 03979@2025-06-30; repeat it."


@click.group()
def account() -> None:
    """Add, change and disable people's accounts; the first administrator is made here."""


@account.command("list")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True)
@home_option
def list_accounts(settings: Settings, shape: Literal["table", "json"]) -> None:
    """List all accounts: who they are, what they may do, and when they signed in last."""
    import msgspec

    from ioc.account_view import print_table
    from ioc.accounting import accounts

    found = accounts(settings)
    if shape == "json":
        click.echo(json.dumps([msgspec.to_builtins(each) for each in found], ensure_ascii=False, indent=2))
    else:
        print_table(found)


@account.command()
@click.argument("login")
@click.option("--name", help="How others read of this person (default: the login).")
@click.option("--role", type=click.Choice(_ROLES), required=True)
@click.option("--unit", "units", multiple=True, metavar="CODE[@DATE]", help=f"{_UNIT} Without it: the whole area.")
@click.option("--oidc", metavar="NAME", help="What the provider of identities says of this person (IOC_OIDC_CLAIM).")
@click.option("--ask", is_flag=True, help="Ask for the password instead of making one up.")
@home_option
def add(settings: Settings, /, login: str, *, ask: bool, **given: Any) -> None:
    """Add the account LOGIN, and print its one-time password, which has to be changed at the first signing in."""
    from ioc.accounting import add as run

    typed = _asked() if ask else None
    made = run(settings, login, {**given, "name": given["name"] or login}, typed)
    click.echo(json.dumps({"login": login.lower(), "password": made}))
    click.echo(
        f"ioc: {login.lower()} can sign in{'' if made is None else ' with this password, shown only now'}", err=True
    )


@account.command("set")
@click.argument("login")
@click.option("--name", help="How others read of this person.")
@click.option("--role", type=click.Choice(_ROLES))
@click.option("--unit", "units", multiple=True, metavar="CODE[@DATE]", help=f"{_UNIT} In the place of the scope.")
@click.option("--everywhere", is_flag=True, help="The scope becomes the whole area.")
@click.option("--oidc", metavar="NAME", help="Expect this person at the provider of identities by this name.")
@click.option("--enable", is_flag=True, help="Let a disabled account in again.")
@home_option
def change(settings: Settings, /, login: str, *, enable: bool, **given: Any) -> None:
    """Change the account LOGIN. Another role, scope or name at the provider ends its sessions within seconds."""
    from ioc.accounting import change as run

    if given["everywhere"] and given["units"]:
        raise click.UsageError("--everywhere and --unit exclude each other")
    if not enable and not any(given.values()):
        raise click.UsageError("nothing to change: give --name, --role, --unit, --everywhere, --oidc or --enable")
    run(settings, login, {**given, "disabled": False if enable else None})
    click.echo(f"ioc: {login} is changed", err=True)


@account.command()
@click.argument("login")
@home_option
def disable(settings: Settings, login: str) -> None:
    """Disable the account LOGIN: its sessions end within seconds, and it opens nothing any more."""
    from ioc.accounting import change as run

    run(settings, login, {"disabled": True})
    click.echo(f"ioc: {login} is disabled", err=True)


@account.command()
@click.argument("login")
@click.option("--ask", is_flag=True, help="Ask for the password instead of making one up.")
@home_option
def password(settings: Settings, login: str, *, ask: bool) -> None:
    """Give the account LOGIN another one-time password, print it, and forgive the wrong tries at it."""
    from ioc.accounting import password as run

    made = run(settings, login, _asked() if ask else None)
    click.echo(json.dumps({"login": login.lower(), "password": made}))
    click.echo(f"ioc: {login} has another password, to be changed at the first signing in", err=True)


def _asked() -> str:
    text: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return text
