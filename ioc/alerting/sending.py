"""Sending what is in the outbox, by every channel that is set up."""

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from threading import Event
from typing import Any, Final

import structlog
from psycopg import Connection

from ioc.alerting.channel import Message, Sender, SendError
from stream.alerts.outbox import mark_failed, mark_sent, take

LOOK_EVERY: Final = 2.0

_log = structlog.get_logger(__name__)


class Sending:
    """Takes, sends, marks, in a thread of its own: a mail server that does not answer holds up nothing else."""

    def __init__(
        self, connect: Callable[[], Connection[Any]], clock: Callable[[], datetime], senders: Sequence[Sender]
    ) -> None:
        self._connect = connect
        self._clock = clock
        self._senders = senders
        self._stop = Event()

    def run(self, stop: Event) -> None:
        """Send until `stop` is set. Whatever fails is logged and tried again."""
        self._stop = stop
        while self._senders and not stop.is_set():
            try:
                with closing(self._connect()) as connection:
                    while not stop.is_set():
                        self.once(connection)
                        stop.wait(LOOK_EVERY)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again
                _log.warning("alerts.sending_again", error=type(error).__name__, reason=str(error).split("\n", 1)[0])
                stop.wait(LOOK_EVERY)

    def once(self, connection: Connection[Any]) -> int:
        """Send what is to be sent now; answers how many deliveries were sent."""
        return sum(self._by(connection, sender) for sender in self._senders)

    def _by(self, connection: Connection[Any], sender: Sender) -> int:
        taken = take(connection, sender.channel, self._clock(), sender.at_once)
        messages = list(sender.messages(taken)) if taken else []
        sent = 0
        for place, message in enumerate(messages):
            if self._stop.is_set():
                break  # the rest is sent when its lease is over
            try:
                sender.send(message)
            except SendError as error:
                rest = messages[place:] if error.is_away else [message]
                self._failed(connection, sender, rest, error)
                if error.is_away:
                    break
            else:
                mark_sent(connection, sender.channel, message.deliveries, self._clock())
                sent += len(message.deliveries)
        if sent:
            _log.info("alerts.sent", channel=sender.channel, deliveries=sent)
        return sent

    def _failed(
        self, connection: Connection[Any], sender: Sender, messages: Sequence[Message], error: SendError
    ) -> None:
        failed = [each for message in messages for each in message.deliveries]
        given_up = mark_failed(connection, sender.channel, failed, str(error), self._clock())
        _log.warning("alerts.not_sent", channel=sender.channel, deliveries=len(failed), reason=str(error))
        if given_up:
            _log.error("alerts.given_up", channel=sender.channel, deliveries=len(given_up), reason=str(error))
