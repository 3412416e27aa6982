"""`ioc kpi`: the catalogue, and any figure of it, narrowed, through time, as of and as known at any moment."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias

import click

from ioc.home import home_option
from ioc.kpi_asked import asked, asking, asking_changes, asking_series
from ioc.settings import Settings
from ioc.when import MOMENT

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
    from ioc.kpi_passport import definition_json
    from ioc.kpi_tables import catalogue_table
    from stream.kpi.catalogue import load_catalogue

    kpis = list(load_catalogue())
    if shape == "json":
        click.echo(_json({"kpis": [definition_json(each) for each in kpis]}))
    else:
        _print(catalogue_table(kpis))


@kpi.command()
@asking
@click.option("--by", type=click.Choice(["unit", "field", "channel", "level"]), help="Break the value down by this.")
@_format
@home_option
def show(
    settings: Settings, /, *, by: Literal["unit", "field", "channel", "level"] | None, shape: Format, **options: Any
) -> None:
    """Show a figure with its passport: formula, legal basis and what went in."""
    question = asked(**options)
    from ioc.kpi_passport import passport_json, read_passport
    from ioc.kpi_tables import passport_table
    from ioc.wiring import connect

    with connect(settings) as connection:
        passport = read_passport(connection, question, by)
    if shape == "json":
        click.echo(_json(passport_json(passport)))
    else:
        _print(passport_table(passport))


@kpi.command()
@asking_series
@click.option("--grain", type=click.Choice(["day", "month"]), default="day", show_default=True, help="Of one point.")
@click.option("--by", type=click.Choice(["unit"]), help="Every unit too.")
@_format
@home_option
def series(
    settings: Settings, /, *, grain: Literal["day", "month"], by: Literal["unit"] | None, shape: Format, **options: Any
) -> None:
    """Show a figure day by day or month by month, whatever its own window."""
    question = asked(**options)
    if question.first is None or question.last is None:
        raise click.UsageError("a series needs --from and --to")
    from ioc.kpi_series import read_series, series_json, series_table
    from ioc.wiring import connect
    from stream.kpi.grain import grains
    from stream.kpi.period import PeriodError

    try:
        windows = grains(question.first, question.last, grain, question.as_of or question.now)
    except PeriodError as error:
        raise click.BadParameter(str(error), param_hint="--from") from None
    with connect(settings) as connection:
        found = read_series(connection, question, windows, grain, by_unit=by is not None)
    if shape == "json":
        click.echo(_json(series_json(found)))
    else:
        _print(series_table(found))


@kpi.command()
@asking_changes
@click.option("--known-from", "known_from", type=MOMENT, required=True, help="What was known at this moment …")
@click.option("--known-to", "known_to", type=MOMENT, required=True, help="… against what was known at this one.")
@_format
@home_option
def changes(settings: Settings, /, *, known_from: datetime, known_to: datetime, shape: Format, **options: Any) -> None:
    """Show how a figure changed between two moments of knowledge, and which cases changed it."""
    if known_to < known_from:
        raise click.BadParameter("it is earlier than --known-from", param_hint="--known-to")
    question = asked(**options)
    from ioc.kpi_changes import changes_json, changes_table
    from ioc.wiring import connect
    from stream.store.breakdown import check_field
    from stream.store.changes import read_changes
    from stream.store.reading import snapshot

    with connect(settings) as connection, snapshot(connection):
        check_field(connection, question.filters.get("field"))
        found = read_changes(connection, question.narrowed, question.windows, question.unit, (known_from, known_to))
    if shape == "json":
        click.echo(_json(changes_json(question, found)))
    else:
        _print(changes_table(question, found))


def _json(document: Mapping[str, object]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)


def _print(table: object) -> None:
    from rich.console import Console

    Console(soft_wrap=False).print(table)
