"""How far the log was known at a moment, and until when it is certain that all of it is applied."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from psycopg import Connection
from psycopg.errors import LockNotAvailable

from stream.snapshot.content.document import Position
from stream.snapshot.store.queries import query
from stream.store.columns import columns

KAFKA_MARGIN: Final = timedelta(seconds=30)
"""By how much a worker's word is mistrusted where the log is Kafka: brokers have clocks of their own, and what one has
stamped may be readable only when it was copied. Nothing bounds that: what comes later still is told as a straggler."""
_BEGIN: Final = "select now() from (select set_config('lock_timeout', '2s', true)) as patience"
"""The moment at which the transaction began. Who appends holds a head for some milliseconds only."""


def read_cut(connection: Connection[Any], known_at: datetime) -> tuple[Position, ...]:
    """For each partition the place after the last record that was applied or put into quarantine and known by then.

    The same at any later time: what became of records that were known later makes no difference, nor do duplicates and
    samples of lines, which leave no trace by which they could be told. One statement, in a `snapshot`.
    """
    rows = connection.execute(query("content_cut"), {"known_at": known_at}).fetchall()
    return tuple(Position(part=part, next=position) for part, position in rows)


def settled_until(connection: Connection[Any]) -> datetime | None:
    """Until when everything that came into the log is applied, or put into quarantine; None where nobody can say.

    The embedded log tells exactly: whoever appends takes the moment while he holds the head of the partition, so that
    once all heads could be locked, every record of an earlier moment stands in the log or never will. From there on it
    goes on by itself while nothing comes; it stands still before the first record that is not applied: because it is
    new, its partition is halted, or the worker is away. Where the log is Kafka it is the worker's word with a margin.

    Files of official scores, which are no part of the log, are waited for likewise while they are being taken in. The
    connection is in no transaction. Whatever takes longer than two seconds is not waited for (None).
    """
    try:
        with connection.transaction():
            [(looked_at,)] = connection.execute(_BEGIN).fetchall()
            connection.execute(query("content_lock_official"))
            heads = connection.execute(query("content_heads")).fetchall()
    except LockNotAvailable:
        return None
    if not heads:
        return _as_workers_tell(connection)
    given = columns("", ("parts", "ends"), heads) | {"looked_at": looked_at}
    [(until,)] = connection.execute(query("content_settled"), given).fetchall()
    found: datetime | None = until
    return found


def stragglers(connection: Connection[Any], cut: Iterable[Position], known_at: datetime) -> int:
    """How many records stand behind the cut that were known by then: they came when it had been read.

    None ever does, where the snapshot waited until all was settled and no clock was set.
    """
    given = columns("", ("parts", "positions"), [(each.part, each.next) for each in cut])
    [(found,)] = connection.execute(query("content_stragglers"), given | {"known_at": known_at}).fetchall()
    return int(found)


def _as_workers_tell(connection: Connection[Any]) -> datetime | None:
    [(reached,)] = connection.execute(query("content_reached")).fetchall()
    return None if reached is None else reached - KAFKA_MARGIN
