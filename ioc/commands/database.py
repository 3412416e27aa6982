"""`ioc database`: the database's own chores."""

import json

import click

from ioc.home import home_option
from ioc.settings import Settings


@click.group()
def database() -> None:
    """Migrate the database."""


@database.command()
@home_option
def migrate(settings: Settings) -> None:
    """Bring all schemas up to date and print the names of what was run."""
    from ioc.wiring import migrate_all

    click.echo(json.dumps({"migrated": list(migrate_all(settings))}))
