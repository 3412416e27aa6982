"""Whether what was sealed arrives: what waits for long, what was given up, and receivers that nobody names any more."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Final

import psycopg

from ioc.diagnosis.finding import Finding
from ioc.settings import Settings
from ioc.snapshots.configuring import schedules_in
from ioc.wiring import connect
from stream.snapshot.schedule.errors import ScheduleError
from stream.snapshot.sending.standing import Listed, list_deliveries

PATIENCE: Final = timedelta(hours=1)
"""For so long a receiver may be away before it is told."""
REMEMBERED: Final = timedelta(days=14)
"""For so long what was given up is told; the archive page tells it for ever."""


def look_at_deliveries(settings: Settings, now: datetime | None = None) -> Iterator[Finding]:
    """A finding about all deliveries; nothing where the schedules or the database can't be read: others say so."""
    now = now or datetime.now(UTC)
    try:
        known = schedules_in(settings.home).receivers
        with closing(connect(settings)) as connection:
            listed = list_deliveries(connection, since=now)
    except (ScheduleError, psycopg.Error):
        return
    lost = [each for each in listed if each.done_at is not None and now - each.done_at < REMEMBERED]
    waiting = [each for each in listed if each.state == "waiting"]
    unknown = sorted({each.receiver for each in waiting} - known.keys())
    long = [each for each in waiting if each.receiver in known and now - each.made_at > PATIENCE]
    facts = {"waiting": len(waiting), "long": len(long), "given_up": len(lost), "receivers_unknown": unknown}
    if said := [*_lost(lost), *_long(long), *_unknown(unknown)]:
        todo = "ioc snapshot deliver --again" if lost else "ioc snapshot deliver"
        yield Finding("deliveries", "broken", "; ".join(said), todo, facts)
    else:
        yield Finding("deliveries", "ok", f"{len(waiting)} on their way", facts=facts)


def _lost(lost: Sequence[Listed]) -> Iterator[str]:
    if lost:
        yield f"{len(lost)} given up, the last: {_named(lost[-1])}"


def _long(waiting: Sequence[Listed]) -> Iterator[str]:
    if waiting:
        yield f"{len(waiting)} wait for more than an hour, the first: {_named(min(waiting, key=_age))}"


def _unknown(receivers: Sequence[str]) -> Iterator[str]:
    if receivers:
        yield f"something waits for {', '.join(receivers)}, whom nobody names any more"


def _age(each: Listed) -> tuple[datetime, int]:
    return each.made_at, each.number


def _named(each: Listed) -> str:
    return f"{each.kind} {each.period} v{each.version} to {each.receiver} ({each.error or 'never tried'})"
