"""Sending now what waits, because somebody asks for it."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from ioc.delivering.opening import channels_of
from ioc.delivering.sending import Sending
from ioc.errors import SettingError
from ioc.settings import Settings
from ioc.snapshots.configuring import schedules_in
from ioc.wiring import connect
from stream.snapshot.sending.outbox import ask_again, hurry
from stream.snapshot.sending.rows import Asked
from stream.snapshot.sending.standing import Listed, Standing, list_deliveries, unknown_receivers


@dataclass(frozen=True)
class Done:
    """What became of what waited; receivers with a mistake in their settings, and those that nobody names any more."""

    deliveries: Sequence[Listed]
    wrong: Mapping[str, str]
    unknown: Sequence[Standing]


def deliver_now(settings: Settings, asked: Asked, *, again: bool) -> Done:
    """Send it. Raises `ScheduleError` where the settings of receivers can't be read, `SettingError` for no receiver."""
    receivers = schedules_in(settings.home).receivers
    if asked.receiver is not None and asked.receiver not in receivers:
        raise SettingError(f"{asked.receiver!r} is no receiver; there are {', '.join(receivers)}")
    channels, wrong = channels_of(receivers, settings.home, os.environ)
    begun_at = datetime.now(UTC)
    with connect(settings) as connection:
        if again:
            ask_again(connection, asked, begun_at)
        hurry(connection, asked, begun_at)
        waiting = {_key(each) for each in list_deliveries(connection, asked, since=begun_at) if each.state == "waiting"}
        Sending(partial(connect, settings), lambda: datetime.now(UTC), lambda: channels).once(asked)
        listed = list_deliveries(connection, asked, since=begun_at)
        return Done(
            [each for each in listed if _key(each) in waiting],
            wrong,
            unknown_receivers(connection, list(receivers)),
        )


def _key(each: Listed) -> tuple[str, str, str, int]:
    return each.receiver, each.kind, each.period, each.version
