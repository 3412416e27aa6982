"""The queue on a server: its rows, what changes in them, and lists to take away."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi import FastAPI
from psycopg import Connection

from dashboard.ops.export import Exports
from dashboard.ops.feed import ops_feed_router
from dashboard.ops.live import LiveQueue
from dashboard.ops.rows import rows_router


class OpsQueue:
    """`GET /ops/rows`, `GET /feed/ops` and `GET /ops/export.csv|.xlsx`, out of one queue in memory."""

    def __init__(self, connect: Callable[[], Connection[Any]], clock: Callable[[], datetime]) -> None:
        self.live = LiveQueue(connect, clock)
        self._clock = clock
        self._exports = Exports(self.live, connect, clock)

    def mount(self, server: FastAPI) -> None:
        """Put all addresses on a server; it ends our streams when it is told to stop (`dashboard.serve`)."""
        server.state.endings = [*getattr(server.state, "endings", ()), self.live.end_streams]
        server.include_router(rows_router(self.live, self._clock))
        server.include_router(ops_feed_router(self.live, self._clock))
        server.include_router(self._exports.router())

    def stir(self) -> None:
        """Something was applied."""
        self.live.stir()

    async def run(self) -> None:
        """Follow the store, for ever."""
        await self.live.run()

    def close(self) -> None:
        """End every stream and close connections."""
        self.live.end_streams()
        self.live.close()
        self._exports.close()
