"""`ioc kpi`: the catalogue, and any figure of it as of and as known at any moment, with its passport."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Literal, TypeAlias

import click

from ioc.home import home_option
from ioc.settings import Settings
from ioc.when import DAY, MOMENT

Format: TypeAlias = Literal["json", "table"]
_format = click.option(
    "--format", "shape", type=click.Choice(["json", "table"]), default="table", help="How to print it (default: table)."
)


@click.group()
def kpi() -> None:
    """List and show key figures (chỉ tiêu)."""


@kpi.command("list")
@_format
@home_option
def list_kpis(settings: Settings, shape: Format) -> None:
    """List the catalogue."""
    del settings  # the catalogue is in the program: no service is asked
    from ioc.kpi_passport import catalogue_table, definition_json
    from stream.kpi.catalogue import load_catalogue

    kpis = list(load_catalogue())
    if shape == "json":
        click.echo(_json({"kpis": [definition_json(each) for each in kpis]}))
    else:
        _print(catalogue_table(kpis))


@kpi.command()
@click.argument("name", metavar="ID")
@click.option(
    "--unit", metavar="CODE", help="One unit, by its five digits (default: the area, with every unit's value)."
)
@click.option("--from", "first", type=DAY, help="First local day of the period (default: the KPI's own window).")
@click.option("--to", "last", type=DAY, help="Last local day of the period.")
@click.option("--as-of", "as_of", type=MOMENT, help="What had happened by this moment (default: now).")
@click.option("--known-at", "known_at", type=MOMENT, help="What was known at this moment (default: all that is).")
@_format
@home_option
def show(  # noqa: PLR0913 - one argument for each option of the contract
    settings: Settings, *, name: str, unit: str | None, first: date | None, last: date | None,
    as_of: datetime | None, known_at: datetime | None, shape: Format,
) -> None:  # fmt: skip
    """Show a figure with its passport: formula, legal basis and what went in."""
    if unit is not None and not (len(unit) == 5 and unit.isascii() and unit.isdigit()):
        raise click.BadParameter(f"{unit!r} is not the five-digit code of a unit", param_hint="--unit")
    if first is not None and last is not None and last < first:
        raise click.BadParameter("the period ends before it begins", param_hint="--to")
    from ioc.kpi_passport import passport_json, passport_table, read_passport
    from ioc.wiring import connect
    from stream.kpi.catalogue import load_catalogue
    from stream.kpi.window import Windows

    found = load_catalogue()[name]
    now = datetime.now(UTC)
    windows = Windows.over(first, last, as_of or now)
    with connect(settings) as connection:
        passport = read_passport(connection, found, windows, unit, known_at, now)
    if shape == "json":
        click.echo(_json(passport_json(passport)))
    else:
        _print(passport_table(passport))


def _json(document: Mapping[str, object]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)


def _print(table: object) -> None:
    from rich.console import Console

    Console(soft_wrap=False).print(table)
