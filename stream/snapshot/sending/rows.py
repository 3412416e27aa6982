"""Rows of what is to be sent: made with the seal, in the same transaction, once for each receiver."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from psycopg import Connection

from stream.snapshot.store.queries import query


class Parcelled(NamedTuple):
    """What is sent: a sealed snapshot. `digest` is the SHA-256 (hex) of its manifest."""

    kind: str
    period: str
    version: int
    digest: str


class Asked(NamedTuple):
    """Which deliveries are meant; None means all."""

    receiver: str | None = None
    kind: str | None = None
    period: str | None = None
    version: int | None = None


ALL = Asked()


def write_deliveries(connection: Connection[Any], receivers: Sequence[str], parcelled: Parcelled, now: datetime) -> int:
    """Let it be sent to each of the receivers; answers to how many it was not to be sent yet."""
    given = {**parcelled._asdict(), "receivers": list(receivers), "at": now}
    return connection.execute(query("delivery_write"), given).rowcount
