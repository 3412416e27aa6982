"""The outbox: what is to be sent by a channel, taken by one sender at a time, tried again until it is sent or given up.

A sender takes (one statement, committed), sends, and marks. Whoever is killed between sending and marking leaves it
taken until `LEASE` is over; then it is sent again. So each is sent at least once, and once unless just that happens.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from psycopg import Connection

from stream.alerts.machine import EndedAs, Happened
from stream.alerts.queries import query
from stream.alerts.rule import Level

Channel: TypeAlias = Literal["email", "webhook"]

LEASE: Final = timedelta(minutes=2)
"""Longer than any try may take."""
FIRST_WAIT: Final = timedelta(seconds=10)
LONGEST_WAIT: Final = timedelta(minutes=15)
GIVEN_UP_AFTER: Final = timedelta(hours=24)
AT_ONCE: Final = 100


class Delivery(NamedTuple):
    """What is to be told: a happening of an alert. `facts` is what the rule says (`evaluating.facts_of`)."""

    happening: int
    attempts: int
    made_at: datetime
    kind: Happened
    at: datetime
    value: float | None
    number: int
    alert: int
    rule: str
    subject: str
    level: Level
    began_at: datetime
    opened_at: datetime
    closed_at: datetime | None
    ended_as: EndedAs | None
    cases: Sequence[str]
    facts: Mapping[str, Any]


def take(connection: Connection[Any], channel: Channel, now: datetime, most: int = AT_ONCE) -> Sequence[Delivery]:
    """What is to be sent now; nobody else is given it before the lease is over."""
    given = {"channel": channel, "at": now, "leased_until": now + LEASE, "most": most}
    return [Delivery(*row) for row in connection.execute(query("take_deliveries"), given).fetchall()]


def mark_sent(connection: Connection[Any], channel: Channel, sent: Sequence[Delivery], now: datetime) -> None:
    """They arrived where the receiver is answerable for them."""
    ids = [each.happening for each in sent]
    connection.execute(query("mark_sent"), {"channel": channel, "ids": ids, "at": now})


def mark_failed(
    connection: Connection[Any], channel: Channel, failed: Sequence[Delivery], error: str, now: datetime
) -> Sequence[int]:
    """They did not: they are tried again later. Answers those that are given up now (happenings)."""
    attempts = max((each.attempts for each in failed), default=1)
    given = {
        "channel": channel, "ids": [each.happening for each in failed], "error": error[:500], "at": now,
        "next_at": now + wait_after(attempts), "given_up_before": now - GIVEN_UP_AFTER,
    }  # fmt: skip
    rows = connection.execute(query("mark_failed"), given).fetchall()
    return [happening for happening, state in rows if state == "given_up"]


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many tries: ten seconds, twice as long each time, a quarter of an hour at most."""
    return min(FIRST_WAIT * (1 << min(max(attempts - 1, 0), 20)), LONGEST_WAIT)
