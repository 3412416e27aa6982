"""Tell the displays that something changed. Only a hint: the truth is in the database."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, Protocol

import msgspec
import redis
import structlog

from stream.apply.plan import Latest, Plan
from stream.core.moment import datetime_of

CHANNEL: Final = "ioc:applied"

_log = structlog.get_logger(__name__)


class Announcer(Protocol):
    """Is told of each plan once it is committed."""

    def announce(self, plan: Plan) -> None:
        """Never raises: nobody's figures depend on it."""
        ...


class LatestEvent(msgspec.Struct, frozen=True):
    """An applied event, as the ticker shows it."""

    case: str
    unit: str
    status: int
    at: datetime
    known_at: datetime


class Applied(msgspec.Struct, frozen=True):
    """The message on the channel: which units changed, and the latest events."""

    units: Sequence[int]
    latest: Sequence[LatestEvent]


def message(plan: Plan) -> bytes:
    """The plan as the message on the channel."""
    return msgspec.json.encode(Applied(sorted(plan.units), [_event(latest) for latest in plan.latest]))


class RedisAnnouncer:
    """Publishes on the channel `ioc:applied`."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def announce(self, plan: Plan) -> None:
        """Publish; without Redis the displays look for themselves every few seconds."""
        try:
            self._client.publish(CHANNEL, message(plan))
        except redis.RedisError as error:
            _log.warning("announce.failed", error=type(error).__name__)

    def stir(self) -> None:
        """Tell the displays to look, though no figure has changed: how a source stands has."""
        self.announce(Plan())


def _event(latest: Latest) -> LatestEvent:
    known = datetime.fromtimestamp(latest.known_ms / 1000, UTC)
    return LatestEvent(latest.case, f"{latest.unit:05}", latest.status, datetime_of(latest.at), known)
