"""Sending what is in the outbox, to every receiver that is set up; any number of senders do it beside each other."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from threading import Event, Thread
from typing import Any, Final, Literal, NamedTuple, TypeAlias

import structlog
from psycopg import Connection

from ioc.delivering.channel import Channel, DeliveryError, Parcel
from stream.snapshot.seal.reading import read_package
from stream.snapshot.sending.outbox import Delivery, Failure, Pace, mark_delivered, mark_failed, take
from stream.snapshot.sending.rows import ALL, Asked
from stream.snapshot.sending.standing import unknown_receivers

Channels: TypeAlias = Callable[[], Mapping[str, Channel]]
"""The channels by receiver, as they are set up now."""

LEAVE_AFTER: Final = 10.0
"""Seconds for which a sender that is stopped waits for answers."""

_log = structlog.get_logger(__name__)


class Became(NamedTuple):
    """What became of a try."""

    delivery: Delivery
    state: Literal["delivered", "waiting", "given_up"]
    error: str | None = None


class Sending:
    """Takes, sends, marks. A receiver that does not answer holds up no other one: each has a thread of its own."""

    def __init__(
        self, connect: Callable[[], Connection[Any]], clock: Callable[[], datetime], channels: Channels,
        pace: Pace | None = None,
    ) -> None:  # fmt: skip
        self._connect = connect
        self._clock = clock
        self._channels = channels
        self._pace = pace or Pace()
        self._look_every = self._pace.look_every.total_seconds()
        self._told: Sequence[str] = ()

    def run(self, stop: Event) -> None:
        """Send until `stop` is set. Whatever fails is logged and tried again."""
        threads: dict[str, Thread] = {}
        while not stop.is_set():
            for receiver in self._known():
                if receiver not in threads or not threads[receiver].is_alive():
                    threads[receiver] = Thread(
                        target=self._serve, args=(receiver, stop), name=f"to {receiver}", daemon=True
                    )
                    threads[receiver].start()
            stop.wait(self._look_every)
        until = time.monotonic() + LEAVE_AFTER
        for thread in threads.values():
            thread.join(max(until - time.monotonic(), 0))  # what is left then is sent again when its lease is over

    def once(self, asked: Asked = ALL) -> Sequence[Became]:
        """Send what is due now, to one receiver after another; answers what became of each try."""
        became: list[Became] = []
        with closing(self._connect()) as connection:
            self._tell_unknown(connection)
            for receiver, channel in self._channels().items():
                if asked.receiver in {None, receiver}:
                    while (each := self._one(connection, receiver, channel, asked)) is not None:
                        became.append(each)
        return became

    def _known(self) -> Sequence[str]:
        try:
            with closing(self._connect()) as connection:
                self._tell_unknown(connection)
            return list(self._channels())
        except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again
            _again(error)
            return []

    def _serve(self, receiver: str, stop: Event) -> None:
        """Send to one receiver as long as it is set up."""
        while not stop.is_set():
            try:
                with closing(self._connect()) as connection:
                    while not stop.is_set():
                        channel = self._channels().get(receiver)
                        if channel is None:
                            return
                        if self._one(connection, receiver, channel, ALL) is None:
                            stop.wait(self._look_every)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again
                _again(error)
                stop.wait(self._look_every)

    def _one(self, connection: Connection[Any], receiver: str, channel: Channel, asked: Asked) -> Became | None:
        delivery = take(connection, receiver, self._clock(), self._pace, asked)
        if delivery is None:
            return None
        try:
            package = read_package(connection, delivery.kind, delivery.period, delivery.version)
            answer = channel.send(Parcel.of(delivery, package))
        except DeliveryError as error:
            return self._failed(connection, delivery, channel, error)
        except Exception as error:  # noqa: BLE001 - a mistake in a channel or in an archive is told, and stops no other
            failed = DeliveryError(f"{type(error).__name__}: {error}")
            return self._failed(connection, delivery, channel, failed)
        mark_delivered(connection, delivery, answer, self._clock())
        _log.info("snapshot.delivered", key=delivery.key, where=channel.where, attempts=delivery.attempts)
        return Became(delivery, "delivered")

    def _failed(
        self, connection: Connection[Any], delivery: Delivery, channel: Channel, error: DeliveryError
    ) -> Became:
        pace = replace(self._pace, give_up_after=channel.give_up_after)
        wait = pace.wait(delivery.attempts, random.random())  # noqa: S311 - spreads tries, keeps no secret
        if error.wait is not None:
            wait = min(max(wait, error.wait), 4 * pace.longest_wait)
        failure = Failure(str(error), wait, is_final=not error.retriable)
        told = {"key": delivery.key, "where": channel.where, "attempts": delivery.attempts, "reason": str(error)}
        if mark_failed(connection, delivery, failure, self._clock(), pace):
            _log.error("snapshot.given_up", **told)
            return Became(delivery, "given_up", str(error))
        _log.warning("snapshot.not_delivered", **told)
        return Became(delivery, "waiting", str(error))

    def _tell_unknown(self, connection: Connection[Any]) -> None:
        """Say once which receivers something waits for that nobody names any more."""
        unknown = unknown_receivers(connection, list(self._channels()))
        names = [each.receiver for each in unknown]
        if names != self._told:
            for each in unknown:
                _log.error("snapshot.receiver_unknown", receiver=each.receiver, waiting=each.waiting)
            self._told = names


def _again(error: Exception) -> None:
    _log.warning("snapshot.sending_again", error=type(error).__name__, reason=str(error).split("\n", 1)[0])
