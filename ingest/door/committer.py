"""Requests that arrive together are appended together: one durable write for all, each answered after it."""

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Final, NamedTuple

from ingest.log.protocol import Entry, EventLog

_MOST_AT_ONCE: Final = 20_000


class _Waiting(NamedTuple):
    entries: Sequence[Entry]
    durable: asyncio.Future[None]


class GroupCommitter:
    """Appends to a log from one event loop, one append at a time; what arrives meanwhile goes with the next."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._waiting: deque[_Waiting] = deque()
        self._appending: asyncio.Task[None] | None = None

    async def append(self, entries: Sequence[Entry]) -> None:
        """Return when all entries are durable.

        Raises what the log raised; then some may be in the log all the same, and sending again is harmless.
        """
        if not entries:
            return
        waiting = _Waiting(entries, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._appending is None or self._appending.done():
            self._appending = asyncio.create_task(self._append_all())
        await waiting.durable

    async def _append_all(self) -> None:
        while self._waiting:
            group = self._next_group()
            entries = [entry for waiting in group for entry in waiting.entries]
            failure: Exception | None = None
            try:
                await asyncio.to_thread(self._log.append, entries)
            except Exception as error:  # noqa: BLE001 - handed to everyone who waits for it
                failure = error
            for waiting in group:
                if waiting.durable.done():  # its request was given up
                    continue
                if failure is None:
                    waiting.durable.set_result(None)
                else:
                    waiting.durable.set_exception(failure)

    def _next_group(self) -> list[_Waiting]:
        """Whole requests, at least one, up to `_MOST_AT_ONCE` entries."""
        group = [self._waiting.popleft()]
        size = len(group[0].entries)
        while self._waiting and size + len(self._waiting[0].entries) <= _MOST_AT_ONCE:
            group.append(self._waiting.popleft())
            size += len(group[-1].entries)
        return group
