"""The service built from the settings: the only place that knows which keys, renderings and channels are meant."""

import os
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from threading import Lock

import structlog

from ioc.delivering.channel import Channel
from ioc.delivering.opening import channels_of
from ioc.delivering.sending import Sending
from ioc.sealing import signing_key
from ioc.settings import Settings
from ioc.snapshots.comparing import Comparer
from ioc.snapshots.configuring import SchedulesInForce
from ioc.snapshots.pulse import BEAT_EVERY, Pulse
from ioc.snapshots.service import LOOK_EVERY, Beside, Parts, Scheduling
from ioc.wiring import connect
from stream.snapshot.render.rendering import render
from stream.snapshot.restate.comparing import Comparing
from stream.snapshot.restate.threshold import Restating
from stream.snapshot.schedule.absences import Absences
from stream.snapshot.schedule.schedule import Receiver, Schedules
from stream.snapshot.schedule.working import Means
from stream.snapshot.seal.keys import SigningKey
from stream.snapshot.sending.outbox import Pace

_log = structlog.get_logger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Tempo:
    """How often the service looks and beats, in seconds, and at what pace it sends."""

    look_every: float = LOOK_EVERY
    beat_every: float = BEAT_EVERY
    sending: Pace | None = None


def open_scheduling(settings: Settings, clock: Callable[[], datetime] = _now, tempo: Tempo | None = None) -> Scheduling:
    """The service with its keys and its channels. What is wrong with the file of schedules is told when it runs."""
    tempo = tempo or Tempo()
    opener, schedules, absences = partial(connect, settings), SchedulesInForce(settings.home), Absences(time.monotonic)
    pulse = Pulse(f"{socket.gethostname()}:{os.getpid()}", opener, clock, schedules, absences)
    channels = _Channels(settings, lambda: schedules().receivers)

    def key() -> SigningKey:
        with closing(opener()) as connection:
            return signing_key(settings, connection, clock())

    means = Means(clock, render, key, absences, pulse.does)
    beside: list[Beside] = [
        Sending(opener, clock, channels, tempo.sending),
        Comparer(opener, clock, Comparing(opener, lambda: _restating(schedules()))),
    ]
    return Scheduling(Parts(opener, schedules, means, pulse, beside), tempo.look_every, tempo.beat_every)


def _restating(schedules: Schedules) -> Mapping[str, Restating]:
    return {each.id: each.restate for each in schedules if each.restate is not None}


class _Channels:
    """The channels of the receivers in force; one that can't be used is told once, the others are."""

    def __init__(self, settings: Settings, receivers: Callable[[], Mapping[str, Receiver]]) -> None:
        self._settings = settings
        self._receivers = receivers
        self._opening = Lock()
        self._of: Mapping[str, Receiver] | None = None
        self._channels: Mapping[str, Channel] = {}

    def __call__(self) -> Mapping[str, Channel]:
        receivers = self._receivers()
        with self._opening:
            if receivers is not self._of:
                self._channels, wrong = channels_of(receivers, self._settings.home, os.environ)
                self._of = receivers
                for name, reason in wrong.items():
                    _log.error("snapshot.receiver_refused", receiver=name, reason=reason)
            return self._channels
