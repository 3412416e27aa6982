"""Connections and named queries of what ingest keeps in PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from threading import Lock
from typing import Any

import psycopg
from psycopg import Connection, sql
from psycopg_pool import ConnectionPool

from ingest.errors import RegisterUnavailableError


@cache
def query(name: str) -> bytes:
    """The text of `queries/<name>.sql`."""
    return (files("ingest.store") / "queries" / f"{name}.sql").read_bytes()


class Database:
    """A few pooled connections whose names resolve in `schema`. Connects at first use; any thread may ask.

    `patience` is how long, in seconds, a call waits for a database that does not answer.
    """

    def __init__(self, url: str, schema: str, patience: float) -> None:
        self._url = url
        self._schema = schema
        self._patience = patience
        self._opening = Lock()
        self._pool: ConnectionPool[Connection[Any]] | None = None

    @contextmanager
    def transaction(self) -> Iterator[Connection[Any]]:
        """One transaction. Raises `RegisterUnavailableError` where the database can't be reached."""
        try:
            with self._opened().connection() as connection, connection.transaction():
                yield connection
        except psycopg.OperationalError as error:
            raise RegisterUnavailableError("the database can't be reached") from error

    def close(self) -> None:
        """Give up the connections."""
        with self._opening:
            if self._pool is not None:
                self._pool.close()
                self._pool = None

    def _opened(self) -> "ConnectionPool[Connection[Any]]":
        with self._opening:
            if self._pool is None:
                self._pool = ConnectionPool(
                    self._url,
                    min_size=0,
                    max_size=2,
                    timeout=self._patience,
                    reconnect_timeout=self._patience,
                    kwargs={"autocommit": True, "connect_timeout": max(2, int(self._patience))},
                    configure=self._prepare,
                    check=ConnectionPool.check_connection,
                    open=True,
                )
            return self._pool

    def _prepare(self, connection: Connection[Any]) -> None:
        connection.execute(sql.SQL("set search_path to {}").format(sql.Identifier(self._schema)))
