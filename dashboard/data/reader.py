"""A connection of the pages' own, which is opened again after an error; one reading at a time."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from psycopg import Connection, Error

T = TypeVar("T")


class Reader:
    """For any thread: readings of several pages wait for each other, so that no page costs a second connection."""

    def __init__(self, connect: Callable[[], Connection[Any]]) -> None:
        self._connect = connect
        self._connection: Connection[Any] | None = None
        self._turn = threading.Lock()
        self._line = asyncio.Lock()

    async def ask(self, question: Callable[[], T]) -> T:
        """What `question`, which reads from here, answers, in a thread; raises what it raises.

        Those who wait for their turn hold no thread: `asyncio.to_thread` has as few as six on a small machine, for all
        pages together, and many slow questions to one page would leave none to any other.
        """
        async with self._line:
            return await asyncio.to_thread(question)

    def read(self, reading: Callable[[Connection[Any]], T]) -> T:
        """What `reading` answers; raises `psycopg.Error` where the database doesn't."""
        with self._turn:
            if self._connection is None:
                self._connection = self._connect()
            try:
                return reading(self._connection)
            except Error:
                self._close()
                raise

    def close(self) -> None:
        """Close the connection; the next reading opens another one."""
        with self._turn:
            self._close()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
