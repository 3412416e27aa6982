"""`ioc source`: who may send, for which units, by which token."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from ioc.errors import IocError
from ioc.home import home_option
from ioc.settings import Settings

if TYPE_CHECKING:
    from ingest.registration import UnitChange
    from ingest.store.sources import PostgresSourceBook, RegisteredSource


@click.group()
def source() -> None:
    """Add, list and revoke sources."""


@source.command()
@click.argument("source_id", metavar="ID")
@click.option("--kind", required=True, type=click.Choice(["onestop-sync", "events"]), help="What it sends.")
@click.option(
    "--agency",
    "agencies",
    multiple=True,
    metavar="CODE=UNIT",
    help="An agency code (mã định danh) that it speaks for and the unit it is: H52.17.18=03980. Repeat it.",
)
@click.option(
    "--unit-change",
    type=click.Choice(["transfer", "correction"]),
    default="transfer",
    show_default=True,
    help="What it means when a later record of an application names another unit: it moved, or the first was wrong.",
)
@home_option
def add(settings: Settings, source_id: str, kind: str, agencies: Sequence[str], unit_change: "UnitChange") -> None:
    """Register a source and print its token, which is shown this once."""
    pairs = dict(_pair(given) for given in agencies)
    if not pairs:
        raise click.UsageError("at least one --agency CODE=UNIT is needed: no application is booked by guess")
    if len(pairs) < len(agencies):
        raise click.UsageError("an agency code is given twice")
    _check_units(pairs.values())
    with _book(settings) as book:
        token = book.add(source_id, kind, pairs, unit_change=unit_change)
    click.echo(f"ioc: source {source_id} may send now; this token is not shown again:", err=True)
    click.echo(token)


@source.command("list")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
@home_option
def list_sources(settings: Settings, format_: str) -> None:
    """List all sources, also revoked ones. Tokens are not shown: nobody knows them."""
    with _book(settings) as book:
        found = book.list()
    if format_ == "json":
        click.echo(json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=2))
    else:
        _print_table(found)


@source.command()
@click.argument("source_id", metavar="ID")
@home_option
def revoke(settings: Settings, source_id: str) -> None:
    """Make the tokens of a source void, within two seconds everywhere."""
    with _book(settings) as book:
        if not book.revoke(source_id):
            raise IocError(f"source {source_id} has no token that holds: nothing to revoke")
    click.echo(f"ioc: source {source_id} may not send any more", err=True)


@contextmanager
def _book(settings: Settings) -> "Iterator[PostgresSourceBook]":
    from ioc.wiring import open_source_book

    book = open_source_book(settings)
    try:
        yield book
    finally:
        book.close()


def _pair(given: str) -> tuple[str, str]:
    agency, equals, unit = given.rpartition("=")
    if not equals or not agency or not unit:
        raise click.BadParameter(f"{given!r} is not CODE=UNIT, as in H52.17.18=03980", param_hint="--agency")
    return agency.strip(), unit.strip()


def _check_units(units: Iterable[str]) -> None:
    from geo.units import AREA_NAME, all_units

    known = {unit.code for unit in all_units()}
    if unknown := sorted(set(units) - known):
        raise click.UsageError(f"no unit of {AREA_NAME} ever bore the code {', '.join(unknown)}")


def _plain(found: "RegisteredSource") -> dict[str, object]:
    return {
        "id": found.id,
        "kind": found.kind,
        "agencies": dict(found.agencies),
        "added_at": found.added_at.isoformat(),
        "active": found.active,
        "unit_change": found.unit_change,
    }


def _print_table(found: "Sequence[RegisteredSource]") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("source", "kind", "agencies", "another unit is", "added", "may send")
    for one in found:
        agencies = ", ".join(f"{agency}={unit}" for agency, unit in sorted(one.agencies.items()))
        added, may_send = f"{one.added_at:%Y-%m-%d %H:%M}Z", "yes" if one.active else "no"
        table.add_row(one.id, one.kind, agencies, f"a {one.unit_change}", added, may_send)
    Console().print(table)
