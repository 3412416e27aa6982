"""The alerting service: looks, evaluates, escalates, and says that it is there, every few seconds."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any, Final

import structlog
from psycopg import Connection

from ioc.alerting.channel import Sender
from ioc.alerting.deciding import RulesInForce
from ioc.alerting.escalating import Escalating
from ioc.alerting.sending import Sending
from stream.alerts.evaluating import Became, evaluate_alerts
from stream.alerts.observing import Observer
from stream.alerts.service import Told, ToldChannel, ToldRule, write_service
from stream.alerts.tidying import forget_closed

LOOK_EVERY: Final = 5.0
SIGN_EVERY: Final = timedelta(seconds=15)
TIDY_EVERY: Final = timedelta(hours=6)
_ONE_EVALUATES: Final = 0x10C_0012
"""Advisory lock of the session that evaluates: of several services one does, the others wait for it to end."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Parts:
    """What the service is made of. `stir` is called after each change of an alert, and must not raise."""

    connect: Callable[[], Connection[Any]]
    clock: Callable[[], datetime]
    stir: Callable[[], None]
    rules: RulesInForce
    observer: Observer
    escalating: Escalating
    senders: Sequence[Sender]


class Alerting:
    """Runs until it is stopped."""

    def __init__(self, parts: Parts, look_every: float = LOOK_EVERY) -> None:
        self._parts = parts
        self._look_every = look_every
        self._signed_at: datetime | None = None
        self._tidied_at: datetime | None = None

    def run(self, stop: Event) -> None:
        """Evaluate, and send beside it. Whatever fails is logged and tried again."""
        parts = self._parts
        sending = Thread(target=Sending(parts.connect, parts.clock, parts.senders).run, args=(stop,), name="sending")
        sending.start()
        try:
            while not stop.is_set():
                try:
                    with closing(parts.connect()) as connection:
                        self._evaluate(connection, stop)
                except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again
                    _log.warning("alerts.again", error=type(error).__name__, reason=str(error).split("\n", 1)[0])
                    stop.wait(self._look_every)
        finally:
            stop.set()
            sending.join()
            parts.escalating.close()

    def once(self, connection: Connection[Any]) -> Sequence[Became]:
        """One look at everything."""
        parts, now = self._parts, self._parts.clock()
        if parts.rules.renew():
            parts.observer.forget()
            self._signed_at = None  # the pages are told at once
        parts.escalating.once(connection, parts.rules.rules.line, now)
        look = parts.observer.look(connection, parts.rules.rules, now)
        became = evaluate_alerts(connection, parts.rules.rules, look, [each.channel for each in parts.senders])
        self._sign(connection, now)
        for each in became:
            standing = each.standing
            _log.info(
                f"alert.{each.happening.kind}", rule=standing.cause.rule, subject=standing.cause.subject,
                level=standing.level, told=each.happening.is_told,
            )  # fmt: skip
        if became:
            parts.stir()
        return became

    def _evaluate(self, connection: Connection[Any], stop: Event) -> None:
        is_ours = False
        while not stop.is_set():
            if not is_ours:
                [(is_ours,)] = connection.execute("select pg_try_advisory_lock(%s)", [_ONE_EVALUATES]).fetchall()
            if is_ours:
                self.once(connection)
            stop.wait(self._look_every)

    def _sign(self, connection: Connection[Any], now: datetime) -> None:
        if self._signed_at is None or not timedelta(0) <= now - self._signed_at < SIGN_EVERY:
            write_service(connection, told_by(self._parts.rules, self._parts.senders), now)
            self._signed_at = now
        if self._tidied_at is None or now - self._tidied_at >= TIDY_EVERY:
            forget_closed(connection, now)
            self._tidied_at = now


def told_by(rules: RulesInForce, senders: Sequence[Sender]) -> Told:
    """What the pages are told of the service."""
    return Told(
        [ToldRule(each.id, {"vi": each.title.vi, "en": each.title.en}, each.level) for each in rules.rules],
        [ToldChannel(each.channel, each.where) for each in senders],
        rules.problem,
    )
