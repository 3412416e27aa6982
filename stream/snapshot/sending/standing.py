"""How deliveries stand: one by one for a list, and in sums by receiver for pages and for the doctor."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from psycopg import Connection

from stream.snapshot.sending.rows import ALL, Asked
from stream.snapshot.store.queries import query


class Listed(NamedTuple):
    """A delivery as it stands. `is_taken`: somebody is sending it, until `next_at` at most.

    `waits_for` names the snapshot of its kind that has to go to the receiver first, as `period/version`.
    """

    receiver: str
    kind: str
    period: str
    version: int
    number: int
    digest: str
    state: Literal["waiting", "delivered", "given_up"]
    is_taken: bool
    attempts: int
    made_at: datetime
    next_at: datetime
    done_at: datetime | None
    error: str | None
    waits_for: str | None


class Standing(NamedTuple):
    """A receiver: how many wait, how many of them failed at their last try, and since when the oldest waits."""

    receiver: str
    waiting: int
    failing: int
    given_up: int
    delivered: int
    oldest_at: datetime | None
    error: str | None
    delivered_at: datetime | None


def list_deliveries(connection: Connection[Any], asked: Asked = ALL, *, since: datetime) -> Sequence[Listed]:
    """Those that wait, were given up, or were done since a moment; by receiver, kind and number."""
    rows = connection.execute(query("delivery_list"), {**asked._asdict(), "since": since})
    return [Listed(*row) for row in rows.fetchall()]


def read_standing(connection: Connection[Any]) -> Sequence[Standing]:
    """Every receiver that anything was ever to be sent to, by its id."""
    return [Standing(*row) for row in connection.execute(query("delivery_standing")).fetchall()]


def unknown_receivers(connection: Connection[Any], known: Sequence[str]) -> Sequence[Standing]:
    """Receivers that something waits for and that nobody names any more: it is kept until somebody does."""
    return [each for each in read_standing(connection) if each.waiting and each.receiver not in known]
