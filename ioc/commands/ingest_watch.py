"""`ioc ingest watch`: take in what is laid into a folder."""

import click


@click.command()
def watch() -> None:
    """Take in what is laid into a folder."""
