"""`ioc bench`: measure on this machine; one JSON document each, on stdout."""

import json

import click

from ioc.home import home_option
from ioc.settings import Settings

_LOG = click.Choice(["postgres", "kafka", "both"])


@click.group()
def bench() -> None:
    """Measure on this machine. Each measurement brings its own servers and removes them afterwards."""


@bench.command()
@click.option("--events", type=click.IntRange(1_000, 20_000_000), default=200_000, show_default=True)
@click.option("--log", "log", type=_LOG, default="both", show_default=True, help="Which event log to read from.")
@click.option("--batch", type=click.IntRange(1, 50_000), default=5_000, show_default=True, help="Most a transaction.")
@home_option
def ingest(settings: Settings, events: int, log: str, batch: int) -> None:
    """From the log to every KPI with one worker, beside the plain COPY of the same rows."""
    from ioc.bench.ingest import bench_ingest

    for each in ("postgres", "kafka") if log == "both" else (log,):
        click.echo(json.dumps(bench_ingest(settings.home / "bench", events, each, batch)))
