"""`ioc geo`: units, boundaries and the map of the units."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import click

from ioc.errors import IocError
from ioc.home import home_option
from ioc.settings import Settings
from ioc.when import DAY, LOCAL


@click.group()
def geo() -> None:
    """Units, boundaries and the schematic."""


@geo.command()
@click.option("--on", "day", type=DAY, help="Draw the units in force on this day (default: today).")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file, not to stdout.")
@home_option
def schematic(settings: Settings, day: date | None, output: Path | None) -> None:
    """Draw the schematic map (sơ đồ) from the units' centres and bounds, as GeoJSON."""
    del settings  # the facts are in the program: no service is asked
    from geo.boundaries import to_text
    from geo.schematic import schematic as draw
    from geo.units import units_on

    text = to_text(draw(units_on(day or _today())))
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


@geo.command("import")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--code-field", required=True, metavar="F", help="The attribute with the unit's five-digit code.")
@click.option("--valid-from", required=True, type=DAY, help="The first day on which these boundaries hold.")
@click.option("--valid-to", type=DAY, help="The last one (default: as long as the units of that day are in force).")
@click.option("--name-field", metavar="F", help="The attribute with the unit's name, to be compared.")
@click.option("--source", default="", metavar="TEXT", help="Who surveyed them (default: the file's name).")
@click.option("--crs", metavar="CRS", help="The coordinate system, where the file does not say: EPSG:4326.")
@click.option("--layer", metavar="NAME", help="The layer, where the file has more than one.")
@click.option("--tolerance", type=float, metavar="METRES", help="How far borders are simplified (default: 15).")
@click.option("--ignore-others", is_flag=True, help="Leave out units of other areas instead of refusing the file.")
@home_option
def import_boundaries(  # noqa: PLR0913 - one argument for each option of the contract
    settings: Settings, *, path: Path, code_field: str, valid_from: date, valid_to: date | None,
    name_field: str | None, source: str, crs: str | None, layer: str | None, tolerance: float | None,
    ignore_others: bool,
) -> None:  # fmt: skip
    """Take surveyed boundaries into use: GeoJSON, GeoPackage, Shapefile, or a zip of one.

    They are checked against the units of their first day, brought to EPSG:4326, repaired and simplified with
    shared borders kept; the map shows them from then on, for the days on which they hold. What was done is
    printed as JSON; where anything is wrong, nothing changes.
    """
    from geo.errors import GeoError
    from geo.survey.importing import TOLERANCE_M, Order, import_survey
    from geo.survey.reading import Fields
    from ioc.boundaries import store

    order = Order(
        Fields(code_field, name_field, layer, crs),
        valid_from,
        valid_to,
        source,
        TOLERANCE_M if tolerance is None else tolerance,
        ignore_others,
    )
    try:
        imported = import_survey(path, order, datetime.now(UTC))
    except GeoError as error:
        raise IocError(f"{path.name} was not imported: {error}") from error
    stored = store(settings.home, imported.surveyed)
    click.echo(_json({"stored": str(stored), **imported.report}))


@geo.command("list")
@click.option("--on", "day", type=DAY, help="Say which are in use on this day (default: today).")
@click.option("--format", "shape", type=click.Choice(["json", "table"]), default="table", show_default=True)
@home_option
def list_boundaries(settings: Settings, day: date | None, shape: str) -> None:
    """List the imported boundaries, and which of them the map of a day shows."""
    from geo.surveyed import surveyed_on
    from ioc.boundaries import stored

    found = stored(settings.home)
    used = surveyed_on(day or _today(), found.values())
    rows = [{"file": path.name, "in_use": each is used, **each.facts} for path, each in found.items()]
    if shape == "json":
        click.echo(_json({"on": (day or _today()).isoformat(), "boundaries": rows}))
    else:
        _print(rows)


def _today() -> date:
    return datetime.now(LOCAL).date()


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)


def _print(rows: list[dict[str, object]]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table("from", "to", "source", "imported", "sha256", "in use")
    for row in rows:
        until = str(row["valid_to"] or "")
        table.add_row(
            str(row["valid_from"]), until, escape(str(row["source"])), str(row["imported_at"])[:16],
            str(row["sha256"])[:12], "yes" if row["in_use"] else "",
        )  # fmt: skip
    Console().print(table)
