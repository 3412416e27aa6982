"""`ioc snapshot deliver`: send what waits, now, and say what became of each."""

import json
from datetime import datetime
from typing import Any

import click

from ioc.home import home_option
from ioc.settings import Settings


@click.command()
@click.option("--receiver", help="To this receiver only (its id).")
@click.option("--kind", help="Of this kind only (the schedule's id).")
@click.option("--period", help="Of this period only.")
@click.option("--version", type=click.IntRange(min=1), help="Of this version only.")
@click.option("--again", is_flag=True, help="Send what was given up too.")
@home_option
def deliver(settings: Settings, /, *, again: bool, **told: Any) -> None:
    """Send the snapshots that wait, now, whenever they would be tried next. Exit status 1 where one is left.

    What was sealed earlier goes first: of a kind, none is sent to a receiver before those that wait before it.
    """
    from ioc.delivering.by_hand import deliver_now
    from stream.snapshot.sending.rows import Asked

    done = deliver_now(settings, Asked(**told), again=again)
    shown = {
        "deliveries": [each._asdict() for each in done.deliveries],
        "receivers_wrong": dict(done.wrong),
        "receivers_unknown": [
            {"receiver": each.receiver, "waiting": each.waiting, "oldest_at": each.oldest_at} for each in done.unknown
        ],
    }
    click.echo(json.dumps(shown, ensure_ascii=False, indent=2, default=_plain))
    left = sum(each.state != "delivered" for each in done.deliveries)
    if left:
        raise click.ClickException(f"{left} of {len(done.deliveries)} are not delivered")


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else str(value)
