"""`ioc geo`: the map of the units."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from ioc.home import home_option
from ioc.settings import Settings


@click.group()
def geo() -> None:
    """Units, boundaries and the schematic."""


@geo.command()
@click.option(
    "--on",
    "day",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="Draw the units in force on this day (default: today).",
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file, not to stdout.")
@home_option
def schematic(settings: Settings, day: datetime | None, output: Path | None) -> None:
    """Draw the schematic map (sơ đồ) from the units' centres and bounds, as GeoJSON."""
    del settings  # the facts are in the program: no service is asked
    from geo.boundaries import to_text
    from geo.schematic import schematic as draw
    from geo.units import units_on

    text = to_text(draw(units_on((day or datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))).date())))
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
