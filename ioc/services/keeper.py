"""Keeps one service alive: starts it when it may, tells when it is ready, starts it again after a crash, stops it."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import structlog

from ioc.errors import ServiceError
from ioc.services.backoff import pause
from ioc.services.child import Child
from ioc.services.output import ServiceLog
from ioc.services.service import Service
from ioc.services.state import ServiceState

_PROBE_EVERY = 0.05
_TRIES_BEFORE_READY = 3
_STABLE_AFTER = 30.0  # seconds; a crash after so long a life is the first in a row again

log = structlog.get_logger()


class Keeper:
    """One service under supervision. `ready` is set for good when it was ready once, `ended` when it is gone."""

    def __init__(
        self, service: Service, lines: ServiceLog, on_change: Callable[[], None], random: Callable[[], float]
    ) -> None:
        self.service = service
        self.state = ServiceState(service.address)
        self.ready = asyncio.Event()
        self.ended = asyncio.Event()
        self.stop_asked = asyncio.Event()
        self._lines = lines
        self._on_change = on_change
        self._random = random
        self._child: Child | None = None
        self._crashes = 0

    async def run(self) -> None:
        """Prepare and start the service and keep it running until `stop_asked`.

        Raises `ServiceError` when it falls over several times without ever having been ready.
        """
        await asyncio.to_thread(self.service.prepare)
        while not self.stop_asked.is_set():
            began = time.monotonic()
            code = await self._live()
            if self.stop_asked.is_set():
                log.info("service.stopped", service=self.service.name, exit_code=code)
                return
            self._crashes = 1 if time.monotonic() - began > _STABLE_AFTER else self._crashes + 1
            if not self.ready.is_set() and self._crashes >= _TRIES_BEFORE_READY:
                raise ServiceError(self._never_ready())
            seconds = pause(self._crashes, self._random)
            log.warning("service.crashed", service=self.service.name, exit_code=code, again_in=round(seconds, 2))
            self._change(replace(self.state, restarts=self.state.restarts + 1))
            await first_of(asyncio.sleep(seconds), self.stop_asked.wait())

    def kill(self) -> None:
        """End it at once, whatever is lost."""
        if self._child is not None:
            self._child.signal_group(signal.SIGKILL)

    async def _live(self) -> int | None:
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", **self.service.environment}
        child = await Child.start(self.service.command(), environment, self._lines.line, self.service.orphan_signal)
        self._child = child
        self._change(replace(self.state, pid=child.pid))
        try:
            await self._become_ready(child)
            await first_of(child.wait(), self.stop_asked.wait())
            await child.stop(self.service.stop_signal, self.service.grace)
        finally:
            self._child = None
            self._change(replace(self.state, pid=None, ready=False, since=None))
        return child.exit_code

    async def _become_ready(self, child: Child) -> None:
        """Ask until it is ready, ends, or took too long, in which case it is stopped."""
        began = time.monotonic()
        while child.exit_code is None and not self.stop_asked.is_set():
            if await asyncio.to_thread(self.service.ready) and child.exit_code is None:
                log.info("service.ready", service=self.service.name, seconds=round(time.monotonic() - began, 2))
                self._change(replace(self.state, ready=True, since=datetime.now(UTC).isoformat(timespec="seconds")))
                self.ready.set()
                return
            if time.monotonic() - began > self.service.ready_within:
                log.warning("service.not_ready", service=self.service.name, seconds=self.service.ready_within)
                await child.stop(self.service.stop_signal, self.service.grace)
                return
            await asyncio.sleep(_PROBE_EVERY)

    def _change(self, state: ServiceState) -> None:
        self.state = state
        self._on_change()

    def _never_ready(self) -> str:
        said = " / ".join(self._lines.last) or "it said nothing"
        return f"{self.service.name} could not be started; its last words: {said}"


async def first_of(*waits: object) -> None:
    """Wait until one of these coroutines is done; the others are cancelled."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]  # type: ignore[call-overload]  # coroutines of any result
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
