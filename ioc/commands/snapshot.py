"""`ioc snapshot`: the scheduler, its slots, a snapshot by hand or as a dry run, and the file of schedules."""

import json
import signal
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event
from typing import Any

import click

from ioc.commands.snapshot_deliver import deliver
from ioc.home import home_option
from ioc.settings import Settings

_FORMAT = click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)


@click.group()
def snapshot() -> None:
    """Make snapshots (báo cáo số liệu chốt kỳ) when they are due, list them, send them."""


snapshot.add_command(deliver)


@snapshot.command()
@home_option
def work(settings: Settings) -> None:
    """Make and send what is due, compare what was sent with what is known now, until stopped."""
    from ioc.snapshots.opening import open_scheduling

    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    open_scheduling(settings).run(stop)


@snapshot.command()
@click.argument("kind")
@click.option("--period", help="Such as 2026-11-20, 2026-06 or 2026-Q2 (default: the newest whose slot has come).")
@click.option("--dry-run", is_flag=True, help="Write the three renderings to --out; nothing is sealed or sent.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="The folder for a dry run.")
@click.option("--by", default="ioc", show_default=True, help="Who asks for it (login).")
@click.option("--wait", type=click.FloatRange(min=0), default=300, show_default=True, help="For so many seconds.")
@_FORMAT
@home_option
def run(settings: Settings, /, kind: str, period: str | None, form: str, **told: Any) -> None:
    """Have the snapshot KIND of a period made now: its first version, or the next. Waits until it is sealed."""
    from ioc.snapshots.by_hand import ByHand, dry_run, run_now
    from ioc.snapshots.configuring import schedules_in

    if told["dry_run"] != (told["out"] is not None):
        raise click.UsageError("--dry-run and --out DIR go together")
    by_hand = ByHand(schedules_in(settings.home)[kind], period, told["by"])
    found = dry_run(settings, by_hand, told["out"]) if told["dry_run"] else run_now(settings, by_hand, told["wait"])
    if form == "json":
        click.echo(_json(found))
    else:
        for name, value in found.items():
            click.echo(f"{name}: {_shown(value)}")


@snapshot.command("list")
@click.option("--kind", help="Of this schedule only.")
@click.option("--late", is_flag=True, help="Those that are or were late only.")
@click.option("--most", type=click.IntRange(min=1), default=100, show_default=True, help="The newest so many.")
@_FORMAT
@home_option
def list_slots(settings: Settings, /, kind: str | None, most: int, form: str, *, late: bool) -> None:
    """List slots and what became of them, the newest first."""
    from ioc.wiring import connect
    from stream.snapshot.schedule.listing import Listing, read_slots

    with connect(settings) as connection:
        found = [each._asdict() for each in read_slots(connection, Listing(kind, late, most), datetime.now(UTC))]
    if form == "json":
        click.echo(_json({"slots": found}))
    else:
        from ioc.snapshots.tables import slots_table

        _print(slots_table(found))


@snapshot.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@_FORMAT
@home_option
def check(settings: Settings, file: Path | None, form: str) -> None:
    """Say which schedules and receivers hold with FILE (default: snapshots.toml in the home), or what is wrong."""
    import os

    from ioc.delivering.opening import channels_of
    from ioc.snapshots.configuring import schedules_in
    from ioc.snapshots.tables import receivers_json, schedule_json, schedules_table
    from stream.snapshot.schedule.reading import read_schedules

    held = schedules_in(settings.home) if file is None else read_schedules(str(file), file.read_text(encoding="utf-8"))
    _, wrong = channels_of(held.receivers, settings.home, os.environ)
    if form == "json":
        click.echo(
            _json({"schedules": [schedule_json(each) for each in held], "receivers": receivers_json(held, wrong)})
        )
    else:
        _print(schedules_table(held))
    if wrong:
        raise click.ClickException("; ".join(wrong.values()))


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)


def _shown(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else _plain(value)


def _print(table: object) -> None:
    from rich.console import Console

    Console().print(table)
