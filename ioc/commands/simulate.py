"""`ioc simulate`: a made-up district that sends to the door like any other source."""

import asyncio
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ioc.errors import IocError
from ioc.home import home_option
from ioc.services.simulated import SOURCE, token_file
from ioc.settings import Settings

if TYPE_CHECKING:
    from ingest.simulator.assignment import Assignment
    from ingest.simulator.district import District, Merger

_FILE = click.Path(dir_okay=False, path_type=Path)
_SIZES = {"Thị trấn": 3.0, "Phường": 2.4, "Xã": 1.0}
"""How busy a unit's shop is, by the unit's kind."""


@dataclass(frozen=True)
class _Wanted:
    """What the user asked for."""

    source_id: str
    profile: str
    seed: int
    speed: float
    rate: float | None
    backfill_days: int
    until_caught_up: bool
    door: str | None
    token_file: Path | None
    state: Path | None


@click.command()
@click.option("--door", help="The door's address (default: the door of the home).")
@click.option("--token-file", type=_FILE, help="The file with the source's token (default: the one `ioc up` made).")
@click.option("--source-id", default=SOURCE, show_default=True, help="The source that the token belongs to.")
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
    help="Over 1: as busy as so many districts in office hours, day and night.",
)
@click.option(
    "--rate",
    type=click.FloatRange(min=0, min_open=True),
    help="Send only this: so many records a second of the present, for load tests.",
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
@home_option
def simulate(settings: Settings, /, **wanted: Any) -> None:
    """Send the events of a made-up district: half a year at first, then each record at its moment.

    A later run goes on where the last one ended. Ctrl-C stops it.
    """
    asked = _Wanted(**wanted)
    if asked.profile == "2024" and (asked.rate or asked.speed > 1):
        raise click.UsageError("the district of 2024 has no present: --speed and --rate are for --profile today")
    with suppress(asyncio.CancelledError):  # a stop that was asked for; what was not confirmed is sent again
        asyncio.run(_run(settings, asked))


async def _run(settings: Settings, asked: _Wanted) -> None:
    from ingest.simulator.door import Door
    from ingest.simulator.run import simulate as run
    from ingest.simulator.state import StateFile

    token = _token(asked.token_file or token_file(settings))
    state = asked.state or settings.home / "simulator" / f"{asked.profile}-{asked.seed}.json"
    _cancel_on(signal.SIGTERM, signal.SIGINT)
    with _progress() as watch:
        async with Door(asked.door or f"http://127.0.0.1:{settings.door_port}", token) as door:
            await run(_assignment(asked, token), door, StateFile(state), lambda: datetime.now(UTC), watch)


def _assignment(asked: _Wanted, token: str) -> "Assignment":
    from ingest.simulator.assignment import Assignment

    return Assignment(
        district=_district(asked.profile, asked.seed),
        source=asked.source_id,
        sender=sha256(token.encode()).hexdigest()[:16],
        backfill_days=asked.backfill_days,
        speed=asked.speed,
        rate=asked.rate,
        until_caught_up=asked.until_caught_up,
    )


def _district(name: str, seed: int) -> "District":
    """The district of a profile, with the units of its time, and what became of them since."""
    from ingest.simulator.district import District
    from ingest.simulator.profile import PROFILES
    from ingest.simulator.shops import shops

    profile = PROFILES[name]
    merger = None if profile.until is None else _merger(profile.until.date(), seed)
    return District(profile, shops(_weights(profile.units_of), seed), seed, merger)


def _merger(after: date, seed: int) -> "Merger | None":
    """The first recorded merger since a day, told by shops."""
    from geo.lineage import mergers
    from ingest.simulator.calendar import LOCAL
    from ingest.simulator.district import Merger
    from ingest.simulator.shops import shops

    merger = next((merger for merger in mergers() if merger.at_day >= after), None)
    if merger is None:
        return None
    new = {shop.unit: shop for shop in shops(_weights(merger.at_day), seed)}
    heirs = {f"{old:05d}": [new[f"{code:05d}"] for code in codes] for old, codes in merger.became.items()}
    return Merger(datetime.combine(merger.at_day, time(), LOCAL), heirs)


def _weights(day: date) -> Mapping[str, float]:
    """How busy each unit's shop is, by unit code: by its kind, and no two alike."""
    from geo.units import units_on

    return {unit.code: _SIZES.get(unit.kind, 1.0) * (0.7 + int(unit.code) * 7 % 10 / 15) for unit in units_on(day)}


def _token(file: Path) -> str:
    try:
        return file.read_text().strip()
    except OSError as error:
        raise IocError(
            f"no token in {file} ({error.strerror}): run `ioc source add`, or name it: --token-file"
        ) from error


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
