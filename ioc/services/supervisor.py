"""Runs services and steps in the order of their needs, and stops them in reverse."""

import asyncio
import random
import signal
from collections.abc import Callable, Mapping, Sequence

from ioc.errors import ServiceError
from ioc.services.keeper import Keeper, first_of
from ioc.services.output import ServiceLog
from ioc.services.service import Part, Service, Step
from ioc.services.state import ServiceState

OnChange = Callable[[Mapping[str, ServiceState]], None]


class Supervisor:
    """One run of a set of parts. `on_change` gets the state of all services whenever one of them changes."""

    def __init__(self, parts: Sequence[Part], logs: Mapping[str, ServiceLog], on_change: OnChange) -> None:
        _check_needs(parts)
        self._parts = parts
        self._on_change = on_change
        self._done = {part.name: asyncio.Event() for part in parts if isinstance(part, Step)}
        self._keepers = {
            part.name: Keeper(part, logs[part.name], self._changed, random.random)
            for part in parts
            if isinstance(part, Service)
        }
        self._stop = asyncio.Event()
        self._asked = False

    async def run(self) -> None:
        """Run until SIGINT, SIGTERM or SIGHUP, then stop all in reverse order; a second signal kills them at once.

        Raises what a step raised, or `ServiceError` for a service that could not be started.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.stop)
        tasks = [asyncio.create_task(self._run(part), name=part.name) for part in self._parts]
        await self._stop.wait()
        asked = self._asked
        await asyncio.gather(*(self._stop_one(keeper) for keeper in self._keepers.values()))
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException) and not asked:  # what broke because we stop is no failure
                raise outcome

    async def _run(self, part: Part) -> None:
        try:
            needs = asyncio.gather(*(self._event(name).wait() for name in part.needs))
            await first_of(needs, self._stop.wait())
            if self._stop.is_set():
                return
            if isinstance(part, Service):
                await self._keepers[part.name].run()
            else:
                await asyncio.to_thread(part.run)
                self._done[part.name].set()
        except BaseException:
            self._stop.set()
            raise
        finally:
            if isinstance(part, Service):
                self._keepers[part.name].ended.set()

    def _event(self, name: str) -> asyncio.Event:
        return self._done[name] if name in self._done else self._keepers[name].ready

    async def _stop_one(self, keeper: Keeper) -> None:
        for name in self._dependants(keeper.service.name):
            await self._keepers[name].ended.wait()
        keeper.stop_asked.set()
        await keeper.ended.wait()

    def _dependants(self, name: str) -> list[str]:
        """The services that need `name`, be it through steps."""
        found = []
        for part in self._parts:
            if name in part.needs:
                found += [part.name] if isinstance(part, Service) else self._dependants(part.name)
        return found

    def stop(self) -> None:
        """Ask `run` to stop everything; asked twice, it kills everything."""
        self._asked = True
        if self._stop.is_set():
            for keeper in self._keepers.values():
                keeper.kill()
        self._stop.set()

    def _changed(self) -> None:
        self._on_change({name: keeper.state for name, keeper in self._keepers.items()})


def _check_needs(parts: Sequence[Part]) -> None:
    """Everything that is needed must stand earlier in the list: then there are no circles either."""
    known: set[str] = set()
    for part in parts:
        if missing := [name for name in part.needs if name not in known]:
            raise ServiceError(f"{part.name} needs {', '.join(missing)}, which must come before it")
        known.add(part.name)
