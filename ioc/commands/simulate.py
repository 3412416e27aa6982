"""`ioc simulate`: a made-up district that sends to the door like any other source."""

import asyncio
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from ioc.home import home_option
from ioc.services.simulated import SOURCE
from ioc.settings import Settings
from ioc.simulation import STREAMS, Wanted, run

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option(
    "--stream",
    type=click.Choice(STREAMS),
    default="onestop",
    show_default=True,
    help="What it sends: of the one-stop shops, of the document system, or of the video conferences.",
)
@click.option("--door", help="The door's address (default: the door of the home).")
@click.option("--token-file", type=_FILE, help="The file with the source's token (default: the one `ioc up` made).")
@click.option("--source-id", help=f"The source that the token belongs to.  [default: {SOURCE}, or the stream's own]")
@click.option(
    "--profile",
    type=click.Choice(["today", "2024"]),
    default="today",
    show_default=True,
    help="The district: today's eight units, or the fifteen of 2024.",
)
@click.option("--seed", type=int, default=7, show_default=True, help="Another seed is another district.")
@click.option(
    "--speed",
    type=click.FloatRange(min=0),
    default=1.0,
    show_default=True,
    help="Over 1: as busy as so many districts in office hours, day and night (one-stop shops).",
)
@click.option(
    "--rate",
    type=click.FloatRange(min=0, min_open=True),
    help="Send only this: so many records a second of the present, for load tests (one-stop shops).",
)
@click.option(
    "--backfill-days",
    type=click.IntRange(0, 3660),
    default=182,
    show_default=True,
    help="How far back the first run begins.",
)
@click.option("--state", type=_FILE, help="The file that remembers how far was sent (default: in the home).")
@click.option("--until-caught-up", is_flag=True, help="End when everything up to now is sent.")
@click.option("--silent-from", metavar="HH:MM", help="Say nothing at all from then on today, Việt Nam's time.")
@click.option("--silent-for", type=click.IntRange(1, 1440), metavar="MINUTES", help="How long; alone: from now on.")
@home_option
def simulate(settings: Settings, /, silent_from: str | None, silent_for: int | None, **wanted: Any) -> None:
    """Send the events of a made-up district: half a year at first, then each record at its moment.

    A later run goes on where the last one ended. Ctrl-C stops it.
    """
    asked = Wanted(**wanted, silent_from=_from(silent_from, silent_for), silent_for=silent_for)
    _check(asked)
    with suppress(asyncio.CancelledError):  # a stop that was asked for; what was not confirmed is sent again
        asyncio.run(_run(settings, asked))


async def _run(settings: Settings, asked: Wanted) -> None:
    _cancel_on(signal.SIGTERM, signal.SIGINT)
    with _progress() as watch:
        await run(settings, asked, watch)


def _check(asked: Wanted) -> None:
    """Raise `click.UsageError` for what does not go together."""
    if asked.profile == "2024" and asked.stream != "onestop":
        raise click.UsageError(f"the district of 2024 sends no {asked.stream}: --stream is for --profile today")
    if asked.profile == "2024" and (asked.rate or asked.speed > 1):
        raise click.UsageError("the district of 2024 has no present: --speed and --rate are for --profile today")
    if asked.stream != "onestop" and (asked.rate or asked.speed > 1):
        raise click.UsageError(f"--speed and --rate are for --stream onestop, not for {asked.stream}")
    if asked.stream == "conference" and (asked.token_file or asked.source_id):
        raise click.UsageError("the conference has two sources: their tokens are those of the home")


def _from(told: str | None, length: int | None) -> datetime | None:
    """The moment of today that was told, or now; None where no silence is asked for."""
    from ingest.simulator.calendar import LOCAL

    if length is None:
        if told is not None:
            raise click.UsageError("--silent-from needs --silent-for")
        return None
    now = datetime.now(LOCAL)
    if told is None:
        return now
    try:
        clock = datetime.strptime(told, "%H:%M").time()  # noqa: DTZ007 - a time of day, without a day
    except ValueError:
        raise click.BadParameter(f"{told!r} is not a time of day, as in 14:30", param_hint="--silent-from") from None
    return datetime.combine(now.date(), clock, LOCAL)


def _cancel_on(*signals: signal.Signals) -> None:
    """Let a signal end the running task in order, so that the state is written."""
    task = asyncio.current_task()
    if task is None:
        raise RuntimeError("there is no task to end")
    for each in signals:
        asyncio.get_running_loop().add_signal_handler(each, task.cancel)


@contextmanager
def _progress() -> Iterator[Callable[[float, int], None]]:
    """A bar on a terminal while the past is sent; elsewhere the log lines say it."""
    if not sys.stderr.isatty():
        yield _unwatched
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("backfill"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[records]:,} records"),
    )
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        shown = bar.add_task("", total=1.0, records=0)

        def watch(done: float, records: int) -> None:
            bar.update(shown, completed=done, records=records)
            if done >= 1:
                bar.stop()

        yield watch


def _unwatched(done: float, records: int) -> None:
    """Nobody looks."""
    del done, records
