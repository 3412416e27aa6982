"""All of the operators' pages, put on a server."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from fastapi import FastAPI
from psycopg import Connection

from dashboard.accounts.store import read_accounts
from dashboard.alerts.routes import AlertPages
from dashboard.letters.routes import LetterPages
from dashboard.ops.acts import Acts
from dashboard.ops.behind import BehindPages
from dashboard.ops.case import CasePages
from dashboard.ops.outward import Outward
from dashboard.ops.page import QueuePage
from dashboard.ops.queue import OpsQueue
from stream.first_rules import first_rules
from stream.kpi.catalogue import Catalogue


class Desk:
    """Everything under `/ops/` and `/feed/ops`, with what it reads from."""

    def __init__(
        self, connect: Callable[[], Connection[Any]], clock: Callable[[], datetime], catalogue: Catalogue,
        outward: Outward,
    ) -> None:  # fmt: skip
        def names(connection: Connection[Any]) -> Mapping[str, str]:
            return {account.login: account.name for account in read_accounts(connection, clock())}

        self._queue = OpsQueue(connect, clock)
        self._pages = (
            QueuePage(connect, clock),
            CasePages(connect, clock, first_rules(), names, self._risk, outward.line),
            BehindPages(connect, clock, catalogue),
            AlertPages(connect, clock),
        )
        self._letters = LetterPages(connect, clock, outward.tell)
        self._acts = Acts(connect, clock, outward.tell, outward.line)

    def mount(self, server: FastAPI) -> None:
        """Put all addresses on a server that serves the pages about data, whose assets they share."""
        self._queue.mount(server)
        for page in self._pages:
            page.mount(server)
        self._letters.mount(server)
        server.include_router(self._acts.router())

    def stir(self) -> None:
        """Something was applied: what is kept of the database may be old."""
        self._queue.stir()

    async def run(self) -> None:
        """Keep what is kept in memory up to date, for ever."""
        await self._queue.run()

    def close(self) -> None:
        """End streams and close connections."""
        self._queue.close()
        for page in self._pages:
            page.close()
        self._acts.close()

    def _risk(self, code: str) -> dict[str, Any] | None:
        row = self._queue.live.row(code, None)
        risk: dict[str, Any] | None = None if row is None else row.get("risk")
        return risk
