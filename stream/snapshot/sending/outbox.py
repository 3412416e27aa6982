"""The outbox of snapshots: taken by one sender at a time, in the order of the chain, until delivered or given up.

A sender takes (one statement, committed), sends, and marks. Whoever is killed between sending and marking leaves it
taken until the lease is over; then it is sent again with the same idempotency key, which its receiver answers with
the same receipt. Of a kind, what was sealed later is not sent to a receiver before what was sealed earlier: it sees no
gaps, except where one was given up.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from psycopg import Connection

from stream.snapshot.sending.rows import ALL, Asked
from stream.snapshot.store.queries import query


class Delivery(NamedTuple):
    """A snapshot on its way to a receiver. `number` is its place in the chain of its kind; `attempts` counts this."""

    receiver: str
    kind: str
    period: str
    version: int
    digest: str
    number: int
    attempts: int
    made_at: datetime

    @property
    def key(self) -> str:
        """The idempotency key: the same however often it is tried, of no other snapshot and no other receiver."""
        return f"{self.receiver}/{self.kind}/{self.period}/{self.version}"


class Answer(NamedTuple):
    """What the receiver answered, byte for byte, and the header that signs it, where there is one."""

    receipt: bytes
    signature: str | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """When it is tried again. `lease` is longer than any try takes; `give_up_after` counts from when it was sealed.

    A sender looks every `look_every` for what is due. What was tried fewer than `least_tries` times is not given up,
    however old it is: nobody may have been sending.
    """

    lease: timedelta = timedelta(minutes=15)
    first_wait: timedelta = timedelta(seconds=10)
    longest_wait: timedelta = timedelta(minutes=15)
    give_up_after: timedelta = timedelta(days=7)
    least_tries: int = 8
    look_every: timedelta = timedelta(seconds=2)

    def wait(self, attempts: int, chance: float) -> timedelta:
        """How long to wait after so many tries: twice as long each time; `chance` (0 to 1) takes off up to a half.

        So senders that failed at the same moment do not all come back at the same moment.
        """
        whole = min(self.first_wait * (1 << min(max(attempts - 1, 0), 20)), self.longest_wait)
        return whole * (1 - chance / 2)


class Failure(NamedTuple):
    """Why it was not delivered, and how long to wait; `is_final`: trying the same again is of no use."""

    reason: str
    wait: timedelta
    is_final: bool


def take(connection: Connection[Any], receiver: str, now: datetime, pace: Pace, asked: Asked = ALL) -> Delivery | None:
    """The next one to be sent to a receiver; nobody else is given it before the lease is over.

    What waits until far beyond any wait is due too: a clock was set back.
    """
    given = {
        **asked._asdict(), "receiver": receiver, "at": now, "leased_until": now + pace.lease,
        "beyond": now + 2 * max(pace.lease, pace.longest_wait),
    }  # fmt: skip
    row = connection.execute(query("delivery_take"), given).fetchone()
    return None if row is None else Delivery(*row)


def mark_delivered(connection: Connection[Any], delivery: Delivery, answer: Answer, now: datetime) -> None:
    """The receiver is answerable for it: its receipt is kept. One that is kept already stays."""
    given = {**_key(delivery), "receipt": answer.receipt, "signature": answer.signature, "at": now}
    connection.execute(query("delivery_delivered"), given)


def mark_failed(connection: Connection[Any], delivery: Delivery, failure: Failure, now: datetime, pace: Pace) -> bool:
    """It was not delivered: it is tried again later, or given up. Answers whether it is given up now.

    Where another sender has taken it meanwhile, that one marks it.
    """
    given = {
        **_key(delivery), "attempts": delivery.attempts, "error": failure.reason[:1000], "at": now,
        "next_at": now + failure.wait, "is_final": failure.is_final, "least_tries": pace.least_tries,
        "given_up_before": now - pace.give_up_after,
    }  # fmt: skip
    row = connection.execute(query("delivery_failed"), given).fetchone()
    return row is not None and row[0] == "given_up"


def hurry(connection: Connection[Any], asked: Asked, now: datetime) -> int:
    """Let what waits for its next try be due now; what somebody is sending at this moment is left to them."""
    return connection.execute(query("delivery_hurry"), {**asked._asdict(), "at": now}).rowcount


def ask_again(connection: Connection[Any], asked: Asked, now: datetime) -> int:
    """Let what was given up wait to be sent again, as if it was never tried."""
    return connection.execute(query("delivery_again"), {**asked._asdict(), "at": now}).rowcount


def _key(delivery: Delivery) -> dict[str, object]:
    return {
        "receiver": delivery.receiver, "kind": delivery.kind, "period": delivery.period, "version": delivery.version,
    }  # fmt: skip
