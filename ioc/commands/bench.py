"""`ioc bench`: measure on this machine; one JSON document each, on stdout."""

import json
from collections.abc import Sequence
from typing import Any

import click

from ioc.home import home_option
from ioc.settings import Settings

_LOG = click.Choice(["postgres", "kafka", "both"])


@click.group()
def bench() -> None:
    """Measure on this machine. Each measurement brings its own servers and removes them afterwards."""


@bench.command()
@click.option("--events", type=click.IntRange(1_000, 20_000_000), default=500_000, show_default=True)
@click.option("--log", "log", type=_LOG, default="both", show_default=True, help="Which event log to read from.")
@click.option("--batch", type=click.IntRange(1, 50_000), default=5_000, show_default=True, help="Most a transaction.")
@home_option
def ingest(settings: Settings, events: int, log: str, batch: int) -> None:
    """From the log to every KPI with one worker, beside the plain COPY of the same rows."""
    from ioc.bench.ingest import bench_ingest

    for each in ("postgres", "kafka") if log == "both" else (log,):
        click.echo(json.dumps(bench_ingest(settings.home / "bench", events, each, batch)))


@bench.command()
@click.option("--events", type=click.IntRange(1_000, 20_000_000), default=500_000, show_default=True)
@click.option("--batch", type=click.IntRange(1, 50_000), default=5_000, show_default=True, help="Most a transaction.")
@home_option
def rebuild(settings: Settings, events: int, batch: int) -> None:
    """The whole log applied again beside the live figures, and both compared row by row."""
    from ioc.bench.rebuild import bench_rebuild

    click.echo(json.dumps(bench_rebuild(settings.home / "bench", events, batch)))


@bench.command()
@click.option(
    "--displays", "counts", type=click.IntRange(1, 1_000), multiple=True, default=(1, 50), show_default=True,
    help="Displays at a time; repeat it to measure several.",
)  # fmt: skip
@click.option("--scenes", "wholes", type=click.Choice(["overview", "all"]), multiple=True, default=("overview",),
    show_default=True, help="What each display asks for: `all` as a rotation does; repeat it for both.",
)  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="1, 50 and 200 displays, the overview alone and all scenes.")
@click.option("--pages", type=click.IntRange(1, 20), default=1, show_default=True, help="Displays that are a browser.")
@click.option("--rate", type=click.IntRange(5, 5_000), default=200, show_default=True, help="Events a second.")
@click.option("--seconds", type=click.IntRange(1, 3_600), default=30, show_default=True, help="That count.")
@click.option("--warm-up", type=click.IntRange(0, 3_600), default=5, show_default=True, help="Seconds before those.")
@click.option("--history", type=click.IntRange(1_000, 20_000_000), default=20_000, show_default=True,
    help="Events that are applied before any is sent.",
)  # fmt: skip
@home_option
def paint(
    settings: Settings, /, counts: Sequence[int], wholes: Sequence[str], pages: int, *, everything: bool, **load: int
) -> None:
    """From the door's acceptance of an event to the wall's having painted it, in a real browser.

    The displays that are no browser are streams, read as a browser reads them, in one process. One document a run;
    after several, one more with all of them side by side.
    """
    from ioc.bench.paint import Load, bench_paint, scenes_of
    from ioc.bench.paint_table import side_by_side

    if everything:
        counts, wholes = (1, 50, 200), ("overview", "all")
    runs = []
    for whole in dict.fromkeys(wholes):
        for displays in counts:
            asked = Load(displays=displays, pages=min(pages, displays), scenes=scenes_of(whole), **load)
            runs.append(bench_paint(settings.home / "bench", asked))
            click.echo(json.dumps(runs[-1]))
    if len(runs) > 1:
        click.echo(json.dumps({"bench": "paint", "side_by_side": side_by_side(runs)}))


@bench.command()
@click.option("--applications", type=click.IntRange(1_000, 20_000_000), default=1_000_000, show_default=True)
@click.option("--years", type=click.IntRange(1, 20), default=10, show_default=True, help="That they lie in.")
@click.option("--reads", type=click.IntRange(1, 100_000), default=200, show_default=True, help="That are timed.")
@home_option
def board(settings: Settings, applications: int, years: int, reads: int) -> None:
    """The figures of 15 units read for the wall, over a history made up in the database."""
    from ioc.bench.board import bench_board

    click.echo(json.dumps(bench_board(settings.home / "bench", applications, years, reads)))


@bench.command()
@click.option("--applications", type=click.IntRange(1_000, 20_000_000), default=10_000_000, show_default=True)
@click.option("--years", type=click.IntRange(2, 20), default=10, show_default=True, help="That they lie in.")
@click.option("--reads", type=click.IntRange(1, 100_000), default=100, show_default=True, help="That are timed.")
@home_option
def history(settings: Settings, applications: int, years: int, reads: int) -> None:
    """Board, form II.06a and index of 15 units, now and as known a year ago, over a history made up in the database."""
    from ioc.bench.history import bench_history

    click.echo(json.dumps(bench_history(settings.home / "bench", applications, years, reads)))


@bench.command()
@click.option("--runs", type=click.IntRange(1, 1_000), default=30, show_default=True, help="Drawings that are timed.")
@home_option
def draw(settings: Settings, runs: int) -> None:
    """A day of samples of 200 endpoints, from asking for it to its being painted, in a real browser."""
    from ioc.bench.draw import bench_draw

    click.echo(json.dumps(bench_draw(settings.home / "bench", runs)))


@bench.command()
@click.option("--rate", type=click.IntRange(1, 100_000), default=1_000, show_default=True, help="Samples a second.")
@click.option("--endpoints", type=click.IntRange(1, 100_000), default=200, show_default=True)
@click.option(
    "--per-event", "per_events", type=click.IntRange(1, 1_000), multiple=True, default=(5, 1), show_default=True,
    help="Samples an event; repeat it to measure several.",
)  # fmt: skip
@click.option(
    "--beside", type=click.IntRange(0, 10_000), default=20, show_default=True, help="One-stop events a second."
)
@click.option("--seconds", type=click.IntRange(1, 3_600), default=30, show_default=True, help="That count.")
@click.option("--warm-up", type=click.IntRange(0, 3_600), default=5, show_default=True, help="Seconds before those.")
@click.option(
    "--reads", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Of a day, that are timed."
)
@home_option
def telemetry(settings: Settings, /, per_events: Sequence[int], reads: int, **load: int) -> None:
    """Samples of conference lines taken by one worker beside one-stop events, and a day of 200 lines read."""
    from ioc.bench.telemetry import Load, bench_telemetry

    for per_event in per_events:
        asked = Load(per_event=per_event, **load)
        click.echo(json.dumps(bench_telemetry(settings.home / "bench", asked, reads)))


@bench.command()
@click.option("--hours", type=click.FloatRange(0.001, 10_000), required=True, help="How long; shorter with --faults.")
@click.option("--pages", type=click.IntRange(1, 20), default=5, show_default=True, help="Real pages, each a display.")
@click.option("--faults-every", type=click.FloatRange(0.1, 86_400), default=45, show_default=True,
    help="Seconds between one fault's being over and the next one, on average.",
)  # fmt: skip
@click.option("--fault-seconds", type=click.FloatRange(1, 3_600), default=45, show_default=True, help="The longest.")
@click.option("--faults", "at_most", type=click.IntRange(0, 100_000),
    help="End after so many; 0: none, until the time is over.",
)  # fmt: skip
@click.option("--fault", "kinds", multiple=True, help="Only this kind; repeat it for several (default: every kind).")
@click.option("--sample-every", type=click.FloatRange(0.5, 3_600), default=60, show_default=True, help="Seconds.")
@click.option("--warm-up", type=click.FloatRange(0, 86_400), default=300, show_default=True,
    help="Seconds after a page's or a server's start that count for no growth.",
)  # fmt: skip
@click.option("--simulated/--bursts-only", default=True, help="Whether the simulated streams send beside the bursts.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed is another course.")
@home_option
def soak(settings: Settings, /, kinds: Sequence[str], **wanted: Any) -> None:
    """Leave real pages to themselves for hours while everything around them breaks; tell what grew and what healed.

    SIGTERM ends it with what was noted so far. In half an hour and more there are silences of more than ten minutes.
    """
    from ioc.bench.faults import KINDS
    from ioc.bench.soak import bench_soak
    from ioc.bench.soak_plan import Wish

    if unknown := set(kinds) - {kind.name for kind in KINDS}:
        raise click.UsageError(f"no fault is called {unknown.pop()}: {', '.join(kind.name for kind in KINDS)}")
    click.echo(json.dumps(bench_soak(settings.home / "bench", Wish(kinds=kinds, **wanted)), ensure_ascii=False))


@bench.command()
@click.option("--ended", type=click.IntRange(1_000, 400_000), default=200_000, show_default=True)
@click.option("--open", "still_open", type=click.IntRange(1, 400_000), default=50_000, show_default=True)
@home_option
def warning(settings: Settings, ended: int, still_open: int) -> None:
    """Learn from so many ended applications and reckon the chances of so many open ones."""
    from ioc.bench.warning import bench_warning

    click.echo(json.dumps(bench_warning(settings.home / "bench", ended, still_open)))


@bench.command()
@click.option("--open", "still_open", type=click.IntRange(100, 1_000_000), default=50_000, show_default=True)
@click.option("--history", type=click.IntRange(1_000, 20_000_000), default=500_000, show_default=True,
    help="Events of ended applications that lie beside.",
)  # fmt: skip
@click.option("--requests", type=click.IntRange(10, 100_000), default=500, show_default=True, help="That are timed.")
@click.option("--rate", type=click.IntRange(10, 5_000), default=200, show_default=True, help="Events a second.")
@click.option("--seconds", type=click.IntRange(1, 3_600), default=30, show_default=True, help="Of them, at least.")
@home_option
def queue(settings: Settings, /, **load: int) -> None:
    """Pages of all open cases over HTTP with random filters and orders, in quiet and while events come in."""
    from ioc.bench.queue import Load, bench_queue

    click.echo(json.dumps(bench_queue(settings.home / "bench", Load(**load))))


@bench.command()
@click.option("--applications", type=click.IntRange(100, 1_000_000), default=40_000, show_default=True)
@click.option("--runs", type=click.IntRange(1, 1_000), default=10, show_default=True, help="Of each measurement.")
@click.option("--later", type=click.IntRange(0, 10_000_000), default=100_000, show_default=True,
    help="Events that come after it was taken.",
)  # fmt: skip
@home_option
def snapshot(settings: Settings, /, **load: int) -> None:
    """A snapshot of 30 units read and written in its three renderings, and made again after many late events."""
    from ioc.bench.snapshot import Load, bench_snapshot

    click.echo(json.dumps(bench_snapshot(settings.home / "bench", Load(**load))))
