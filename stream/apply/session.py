"""What a worker holds while nothing fails: two connections, the planner, and a thread that writes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress

import psycopg

from ingest.log.protocol import Record
from stream.apply.cases import CaseBook
from stream.apply.plan import Plan
from stream.apply.planner import Planner
from stream.apply.reached import Look
from stream.apply.store import Claim, Store
from stream.apply.writer import Writer
from stream.core.rules import Rules

Connect = Callable[[], psycopg.Connection]
"""Opens a connection in autocommit mode on which names resolve in the stream's schema."""
Written = Callable[[Plan], None]
"""Is called with each plan once it is committed; never raises."""


class Session:
    """Plans a batch while the one before is being written. After any failure it is closed and a new one opened."""

    def __init__(self, connect: Connect, rules: Rules, written: Written) -> None:
        with ExitStack() as opened:
            reading, writing = (opened.enter_context(closing(connect())) for _ in range(2))
            self._store = Store(reading, rules)
            self._planner = Planner(self._store, CaseBook(self._store))
            self._writer = Writer(writing)
            self._connections = opened.pop_all()
        self._thread = ThreadPoolExecutor(1, "writer")
        self._written = written
        self._pending: Future[dict[int, int]] | None = None

    def claim(self, parts: Sequence[int]) -> Mapping[int, Claim]:
        """Take partitions: whoever had them can't write them any more."""
        return self._store.claim(parts)

    def restart(self, claims: Iterable[Claim]) -> None:
        """Plan on from what the store holds; nothing may be pending."""
        self._planner.restart(claims)

    def plan(self, records: Sequence[Record]) -> Plan:
        """What these records change."""
        return self._planner.plan(records)

    def submit(self, plan: Plan, epochs: Mapping[int, int]) -> None:
        """Have the plan written in the background; nothing may be pending."""
        self._pending = self._thread.submit(self._write, plan, epochs)

    def settle(self) -> Mapping[int, int]:
        """Wait for the pending plan and answer the positions it reached; raises what went wrong with it."""
        pending, self._pending = self._pending, None
        return {} if pending is None else pending.result()

    def tell_reached(self, look: Look, claims: Iterable[Claim]) -> None:
        """Let everybody know how far these partitions are applied; nothing may be pending."""
        self._store.tell_reached(look, claims)

    def close(self) -> None:
        """Let go of everything; a pending plan is written or not, the store knows."""
        self._thread.shutdown(wait=True)
        with suppress(psycopg.Error):
            self._connections.close()

    def _write(self, plan: Plan, epochs: Mapping[int, int]) -> dict[int, int]:
        self._writer.write(plan, epochs)
        self._written(plan)
        return plan.positions
