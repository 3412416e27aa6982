"""When figures had to wait for their sources: the incidents of the past, by what the sources send."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from psycopg import Connection

from stream.store.queries import query


class Troubled(NamedTuple):
    """An incident from its beginning until all was well again (None: it is not yet).

    `streams` are those that wait for it, None where all do: its cause is no single source.
    """

    began_at: datetime
    ended_at: datetime | None
    streams: frozenset[str] | None

    def concerns(self, streams: Iterable[str]) -> bool:
        """Whether something made of these streams waits for it."""
        return self.streams is None or not self.streams.isdisjoint(streams)


def read_troubled(connection: Connection[Any], since: datetime) -> tuple[Troubled, ...]:
    """Every incident that is open or was closed since then (an aware moment), the oldest first; one statement."""
    rows = connection.execute(query("read_troubled"), {"since": since}).fetchall()
    return tuple(
        Troubled(
            began_at.astimezone(UTC),
            None if ended_at is None else ended_at.astimezone(UTC),
            None if source is None else frozenset(streams or ()),
        )
        for began_at, ended_at, source, streams in rows
    )
