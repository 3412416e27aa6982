"""Each partition of the log by itself: how far it was applied, what became of its records, why it was stopped."""

from typing import Any, NamedTuple

from psycopg import Connection

from stream.store.queries import query


class Partition(NamedTuple):
    """`position` is the next one to be applied; `halted` says why the partition is read no more, None while it is."""

    part: int
    position: int
    received: int
    applied: int
    duplicates: int
    quarantined: int
    halted: str | None


def read_partitions(connection: Connection[Any]) -> tuple[Partition, ...]:
    """Every partition that was ever claimed, in order."""
    return tuple(Partition(*row) for row in connection.execute(query("read_partitions")))
