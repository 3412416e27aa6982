"""`ioc source`: who may send, for which units, by which token, and what each promises."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ioc.errors import IocError
from ioc.every import EVERY, Every, written
from ioc.home import home_option
from ioc.registering import COMMUNE, DISTRICT, PROVINCE, Given, registration
from ioc.settings import Settings

if TYPE_CHECKING:
    from ingest.registration import Source
    from ingest.store.sources import PostgresSourceBook

_KINDS = ["onestop-sync", "events", "edxml", "bigbluebutton", "jitsi", "call-records", "spreadsheet"]
_every = click.option(
    "--every",
    type=EVERY,
    metavar="TIME",
    help="How much working time may pass without a sign of life: 30s, 10m, 8h, or none (default: usual for the kind).",
)


@click.group()
def source() -> None:
    """Add, list and revoke sources, and declare what they promise."""


@source.command()
@click.argument("source_id", metavar="ID")
@click.option("--kind", required=True, type=click.Choice(_KINDS), help="What it sends.")
@click.option(
    "--agency",
    "communes",
    multiple=True,
    metavar="CODE=UNIT",
    help="A code that it speaks for and the unit it is: an agency (mã định danh) H52.17.18=03980; of a conference"
    " source a site or endpoint, or host=UNIT for meetings that name none. Repeat it.",
)
@click.option("--district-agency", "districts", multiple=True, metavar="CODE=UNIT", help="The same, of district level.")
@click.option("--province-agency", "provinces", multiple=True, metavar="CODE=UNIT", help="The same, of province level.")
@click.option(
    "--unit-change",
    type=click.Choice(["transfer", "correction"]),
    default="transfer",
    show_default=True,
    help="What it means when a later record of an application names another unit: it moved, or the first was wrong.",
)
@click.option(
    "--sends",
    multiple=True,
    type=click.Choice(["onestop", "documents", "conference"]),
    help="What its events are about (default: usual for the kind). Repeat it.",
)
@_every
@click.option(
    "--secret-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the secret that signs its webhooks.",
)
@click.option("--callback", metavar="URL", help="The address that its webhook was registered with.")
@home_option
def add(settings: Settings, /, source_id: str, **options: Any) -> None:
    """Register a source, declare what it promises, and print its token, which is shown this once."""
    agencies = {
        COMMUNE: options.pop("communes"),
        DISTRICT: options.pop("districts"),
        PROVINCE: options.pop("provinces"),
    }
    added = registration(source_id, Given(agencies=agencies, **options))
    with _book(settings) as book:
        token = book.add_source(added)
    click.echo(f"ioc: source {source_id} may send now; this token is not shown again:", err=True)
    click.echo(token)
    _declare(settings, added)


@source.command()
@click.argument("source_id", metavar="[ID]", required=False)
@_every
@home_option
def declare(settings: Settings, source_id: str | None, every: Every | None) -> None:
    """Change what a source promises, or tell its promise again where the event log was away.

    Without ID: tell all promises that the centre does not know yet.
    """
    from ioc.declaring import declare as append
    from ioc.declaring import declare_registered

    if source_id is None:
        if every is not None:
            raise click.UsageError("--every needs the ID of a source")
        told = declare_registered(settings)
        click.echo(f"ioc: declared {', '.join(told) or 'nothing: every promise is known'}", err=True)
        return
    with _book(settings) as book:
        found = next((each for each in book.list() if each.id == source_id), None)
        if found is None:
            raise IocError(f"source {source_id} is not registered: `ioc source list` shows those that are")
        promised = found.as_source()
        if every is not None:
            promised = replace(promised, cadence=every.cadence)
            book.promise(promised)
    append(settings, promised, active=found.active)
    click.echo(f"ioc: source {source_id} promises a sign of life every {written(promised.cadence)}", err=True)


@source.command("list")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
@home_option
def list_sources(settings: Settings, format_: str) -> None:
    """List all sources, also revoked ones, with what they promise. Tokens are not shown: nobody knows them."""
    from ioc.declaring import read_known
    from ioc.source_view import plain, print_table

    with _book(settings) as book:
        found = book.list()
    known = read_known(settings) or {}
    if format_ == "json":
        click.echo(json.dumps([plain(one, known.get(one.id)) for one in found], ensure_ascii=False, indent=2))
    else:
        print_table(found, known)


@source.command()
@click.argument("source_id", metavar="ID")
@home_option
def revoke(settings: Settings, source_id: str) -> None:
    """Make the tokens of a source void, within two seconds everywhere; no figure waits for it any more."""
    with _book(settings) as book:
        if not book.revoke(source_id):
            raise IocError(f"source {source_id} has no token that holds: nothing to revoke")
        [found] = [each for each in book.list() if each.id == source_id]
    click.echo(f"ioc: source {source_id} may not send any more", err=True)
    _declare(settings, found.as_source(), active=False)


def _declare(settings: Settings, changed: "Source", *, active: bool = True) -> None:
    """Tell the event log. Where it is away the registration stands all the same, and says what is left to do."""
    from ingest.errors import IngestError
    from ioc.declaring import declare as append

    try:
        append(settings, changed, active=active)
    except IngestError as error:
        click.echo(f"ioc: the event log was not told: {error}: run `ioc source declare {changed.id}` later", err=True)


@contextmanager
def _book(settings: Settings) -> "Iterator[PostgresSourceBook]":
    from ioc.wiring import open_source_book

    book = open_source_book(settings)
    try:
        yield book
    finally:
        book.close()
