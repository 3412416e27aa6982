"""`ioc warning`: the chance that open applications miss their due dates: learn, keep up to date, measure, list."""

import json
import signal
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from threading import Event
from typing import Any

import click

from ioc.home import home_option
from ioc.settings import Settings
from ioc.when import MOMENT


@click.group()
def warning() -> None:
    """Early warning (cảnh báo sớm): which open applications will probably be late, and why."""


@warning.command()
@home_option
def learn(settings: Settings) -> None:
    """Learn from the history and reckon all chances, once. Exit status 1 where there is not enough history."""
    from ioc.wiring import connect
    from stream.first_rules import first_rules
    from stream.warning.refreshing import learn_anew, refresh

    with connect(settings) as connection:
        taught = learn_anew(connection, datetime.now(UTC), first_rules())
        warned = refresh(connection, taught, datetime.now(UTC), first_rules())
    _print({**{name: getattr(taught.model, name) for name in taught.model.__slots__}, "reckoned": warned})
    if not taught.model.enough:
        raise click.ClickException(_lacking(taught.model.facts))


@warning.command()
@home_option
def work(settings: Settings) -> None:
    """Learn anew each working day and reckon all chances each working hour, until stopped."""
    from ioc.wiring import connect
    from stream.first_rules import first_rules
    from stream.warning.refreshing import Warner

    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    Warner(partial(connect, settings), lambda: datetime.now(UTC), first_rules()).run(stop)


@warning.command()
@click.option("--now", type=MOMENT, help="Learn from and measure by what happened before this moment (default: now).")
@home_option
def measure(settings: Settings, now: datetime | None) -> None:
    """Learn from the earlier history and measure on the later, beside simple baselines. Writes nothing."""
    from ioc.wiring import connect
    from stream.first_rules import first_rules
    from stream.warning.learning import NotEnough
    from stream.warning.refreshing import measure_now

    with connect(settings) as connection:
        found = measure_now(connection, now or datetime.now(UTC), first_rules())
    if isinstance(found, NotEnough):
        raise click.ClickException(_lacking(found._asdict()))
    _print(found)


@warning.command("list")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True)
@click.option("--all", "every", is_flag=True, help="Not only those that will probably be late.")
@click.option("--now", type=MOMENT, help="Leave out what is overdue at this moment (default: now).")
@home_option
def list_warnings(settings: Settings, limit: int, now: datetime | None, *, every: bool) -> None:
    """The open applications that will probably be late, the likeliest first; never a fact."""
    from ioc.wiring import connect
    from stream.warning import read_model, sentence
    from stream.warning.store import read_listed

    with connect(settings) as connection:
        model = read_model(connection)
        listed = read_listed(connection, now or datetime.now(UTC), limit, 0.0 if every else None)
    if model is None or not model.enough:
        raise click.ClickException("nothing was learnt yet" if model is None else _lacking(model.facts))
    warnings = [
        {"case": case, "chance": each.chance, "vi": sentence(each.facts, "vi"), "en": sentence(each.facts, "en")}
        for case, each in listed
    ]
    _print({"learnt_at": model.learnt_at, "calibration_error": model.calibration_error, "warnings": warnings})


def _lacking(facts: Mapping[str, Any]) -> str:
    return f"not enough history: {facts['what']} {facts['have']}, needed {facts['need']}"


def _print(found: dict[str, Any]) -> None:
    click.echo(json.dumps(found, ensure_ascii=False, default=_plain))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else str(value)
