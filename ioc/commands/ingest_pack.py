"""`ioc ingest pack`: what a vendor is given."""

from pathlib import Path

import click

from ioc.errors import IocError
from ioc.home import home_option
from ioc.settings import Settings


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@home_option
def pack(settings: Settings, folder: Path) -> None:
    """Write the vendor's pack into FOLDER: a guide, the AsyncAPI document, JSON Schemas and examples.

    It needs no running centre. `ioc ingest check` tells a vendor whether its own output will be understood.
    """
    del settings  # every command takes a home; this one has no need of it
    from ingest.pack.write import write_pack

    try:
        written = write_pack(folder)
    except OSError as error:
        raise IocError(f"{folder} can't be written: {error.strerror or error}") from error
    click.echo(f"ioc: {len(written)} files in {folder}: begin with README.md", err=True)
