"""`ioc stream`: apply events, rebuild, look into quarantine."""

import json
import signal
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any

import click

from ioc.home import home_option
from ioc.settings import Settings

_FORMAT = click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)


@click.group()
def stream() -> None:
    """Apply events, rebuild, look into quarantine."""


@stream.command()
@click.option(
    "--batch", type=click.IntRange(1, 50_000), default=5_000, show_default=True, help="Records a transaction."
)
@home_option
def work(settings: Settings, batch: int) -> None:
    """Apply the event log until stopped, and watch the sources; several workers share its partitions."""
    from ioc.interpreter import tune_for_throughput
    from ioc.wiring import open_worker

    tune_for_throughput()
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with open_worker(settings) as (worker, watcher):
        watching = Thread(target=watcher.run, args=(stop,), name="watcher", daemon=True)
        watching.start()
        try:
            worker.run(stop, batch)
        finally:
            stop.set()
            watching.join(timeout=5)


@stream.command()
@click.option("--replace", is_flag=True, help="Put the rebuilt figures in the place of the live ones.")
@_FORMAT
@home_option
def rebuild(settings: Settings, form: str, *, replace: bool) -> None:
    """Apply the whole log again beside the live figures, and compare row by row. Exit status 1 where they differ."""
    from rich.console import Console
    from rich.progress import Progress

    from ioc.interpreter import tune_for_throughput
    from ioc.wiring import connect, open_log
    from stream import rebuild as rebuilding
    from stream.first_rules import first_rules

    tune_for_throughput()
    opener = partial(connect, settings)
    log = open_log(settings)
    try:
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("rebuild", total=sum(log.end_positions().values()))
            cut = rebuilding.rebuild(log, opener, first_rules(), lambda more: bar.advance(task, more))
            compared = rebuilding.compare(opener, cut)
        if replace:
            rebuilding.replace(opener)
        else:
            rebuilding.discard(opener)
    finally:
        log.close()
    _print([each._asdict() for each in compared], form)
    if any(each.equal is False for each in compared) and not replace:
        raise click.ClickException("the rebuilt figures differ from the live ones")


@stream.command()
@click.option("--days", type=click.IntRange(0, 3_660), default=7, show_default=True, help="So far back; 0: open ones.")
@_FORMAT
@home_option
def incidents(settings: Settings, days: int, form: str) -> None:
    """Show why figures were not up to date: sources that were silent or late, the way in, halted partitions."""
    from ioc.wiring import connect
    from stream.sources import read_incidents

    with connect(settings) as connection:
        found = read_incidents(connection, datetime.now(UTC) - timedelta(days=days))
    _print([asdict(each) for each in found if days or each.closed_at is None], form)


@stream.group()
def quarantine() -> None:
    """What could not be applied: list it, show it, send it again, or accept it."""


@quarantine.command("list")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True)
@_FORMAT
@home_option
def list_quarantine(settings: Settings, limit: int, form: str) -> None:
    """The newest records in quarantine."""
    from ioc.wiring import connect
    from stream.quarantine import Quarantine

    with connect(settings) as connection:
        _print([each._asdict() for each in Quarantine(connection).list(limit)], form)


@quarantine.command("show")
@click.argument("part", type=int)
@click.argument("pos", type=int)
@home_option
def show_quarantine(settings: Settings, part: int, pos: int) -> None:
    """One record, as JSON, with its bytes; personal data in them is masked."""
    from ioc.wiring import connect
    from stream.quarantine import Quarantine

    with connect(settings) as connection:
        shown = Quarantine(connection).show(part, pos)
    click.echo(json.dumps({**shown.listed._asdict(), "body": shown.body.decode(errors="replace")}, default=str))


@quarantine.command("replay")
@click.argument("part", type=int)
@click.argument("pos", type=int)
@click.option("--corrected", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Send this instead.")
@home_option
def replay_quarantine(settings: Settings, part: int, pos: int, corrected: Path | None) -> None:
    """Append a record to the event log again, as it is or corrected."""
    from ioc.wiring import connect, open_log
    from stream.quarantine import Quarantine

    log = open_log(settings)
    try:
        with connect(settings) as connection:
            body = None if corrected is None else corrected.read_bytes()
            position = Quarantine(connection).replay(log, part, pos, body)
    finally:
        log.close()
    click.echo(json.dumps({"replayed_as": position._asdict()}))


@quarantine.command("accept")
@click.argument("part", type=int)
@home_option
def accept_quarantine(settings: Settings, part: int) -> None:
    """Let a halted partition go on: the poison that is in the log now no longer halts it."""
    from ioc.wiring import connect, open_log
    from stream.quarantine import Quarantine

    log = open_log(settings)
    try:
        with connect(settings) as connection:
            position = Quarantine(connection).accept(part, log.end_positions()[part])
    finally:
        log.close()
    click.echo(json.dumps({"part": part, "goes_on_at": position}))


def _print(rows: Iterable[dict[str, Any]], form: str) -> None:
    rows = list(rows)
    if form == "json":
        click.echo(json.dumps(rows, default=str))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*(rows[0] if rows else ["nothing"]))
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    Console().print(table)
