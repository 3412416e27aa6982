"""The embedded event log: a table in PostgreSQL. Durable by the database's own log, no service besides it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from threading import Lock
from typing import Any

import psycopg
from psycopg import Connection
from psycopg_pool import ConnectionPool

from ingest.errors import IngestError, LogUnavailableError, PartialAppendError
from ingest.log.postgres_layout import make_heads
from ingest.log.postgres_queries import channel_of, fetch_entries, fetch_heads, prepare_session, query
from ingest.log.postgres_reader import PostgresReader
from ingest.log.protocol import Entry, OnAssigned, OnRevoked, Position, Record, partition_of


class PostgresLog:
    """An `EventLog` in the tables `head` and `entry` of a schema.

    Any thread may append and read; each reader belongs to one thread. Connects at first use. `patience`
    is how long, in seconds, a call waits for a database that does not answer.
    """

    def __init__(self, url: str, *, partitions: int = 8, schema: str = "ingest", patience: float = 5.0) -> None:
        self._url = url
        self._schema = schema
        self._partitions = partitions
        self._channel = channel_of(schema)
        self._patience = patience
        self._opening = Lock()
        self._pool: ConnectionPool[Connection[Any]] | None = None

    @property
    def partitions(self) -> int:
        """How many partitions there are; fixed for the life of the log."""
        return self._partitions

    def append(self, entries: Sequence[Entry]) -> Sequence[Position]:
        """Append all or nothing, in one transaction that is on disk when this returns.

        Raises `LogUnavailableError` when nothing was accepted, `PartialAppendError` when the connection
        broke before the answer came.
        """
        if not entries:
            return []
        parts = [partition_of(entry.key, self._partitions) for entry in entries]
        with self._connection() as connection:
            firsts = self._insert(connection, entries, parts)
        return _number(parts, firsts)

    def end_positions(self) -> Mapping[int, int]:
        """The position that the next entry of each partition will get."""
        with self._connection() as connection, _unavailable():
            return fetch_heads(connection)

    def read(self, partition: int, position: int, limit: int) -> Sequence[Record]:
        """Up to `limit` records of one partition from `position` on, fewer when they are large."""
        with self._connection() as connection, _unavailable():
            return fetch_entries(connection, {partition: position}, {partition: limit})

    def join(self, group: str, on_assigned: OnAssigned, on_revoked: OnRevoked) -> PostgresReader:
        """Become a member of `group`; connects at the first poll."""
        return PostgresReader(self._url, self._schema, group, self._partitions, on_assigned, on_revoked)

    def close(self) -> None:
        """Give up the connections."""
        with self._opening:
            if self._pool is not None:
                self._pool.close()
                self._pool = None

    def _insert(self, connection: Connection[Any], entries: Sequence[Entry], parts: list[int]) -> dict[int, int]:
        touched = sorted(set(parts))
        given = {
            "parts": parts,
            "keys": [entry.key for entry in entries],
            "bodies": [entry.body for entry in entries],
            "touched": touched,
        }
        try:
            firsts = dict(connection.execute(query("append"), given).fetchall())
            # Not in the transaction of the entries: a commit with a notification locks out all the others.
            connection.execute("select pg_notify(%s, %s)", [self._channel, " ".join(map(str, touched))])
        except psycopg.OperationalError as error:
            if connection.broken:
                raise PartialAppendError("the database broke off before it had answered: send all again") from error
            raise LogUnavailableError(f"the database did not take the entries: {error}") from error
        except psycopg.DataError as error:
            raise IngestError(f"the entries can't be stored: {error}") from error
        return firsts

    @contextmanager
    def _connection(self) -> Iterator[Connection[Any]]:
        with _unavailable():
            pool = self._open_pool()
            connection = pool.getconn()
        try:
            yield connection
        finally:
            pool.putconn(connection)

    def _open_pool(self) -> "ConnectionPool[Connection[Any]]":
        with self._opening:
            if self._pool is None:
                pool: ConnectionPool[Connection[Any]] = ConnectionPool(
                    self._url,
                    min_size=0,
                    max_size=4,
                    timeout=self._patience,
                    # Then it gives up, and the next call tries at once instead of sitting out a backed-off wait.
                    reconnect_timeout=self._patience,
                    kwargs={"autocommit": True, "connect_timeout": max(2, int(self._patience))},
                    configure=lambda connection: prepare_session(connection, self._schema),
                    check=ConnectionPool.check_connection,
                    open=True,
                )
                try:
                    with pool.connection() as connection:
                        make_heads(connection, self._partitions, self._schema)
                except BaseException:
                    pool.close()
                    raise
                self._pool = pool
            return self._pool


def _number(parts: Iterable[int], firsts: Mapping[int, int]) -> list[Position]:
    counters = {part: count(first) for part, first in firsts.items()}
    return [Position(part, next(counters[part])) for part in parts]


@contextmanager
def _unavailable() -> Iterator[None]:
    try:
        yield
    except psycopg.OperationalError as error:
        raise LogUnavailableError(f"the event log's database can't be reached: {error}") from error
