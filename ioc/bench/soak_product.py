"""The product as `ioc up` runs it, but every part of it can be ended and started while the others run on.

The supervisor of `ioc up` brings a part back within a second; what a display does in an outage could not be seen.
"""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import psutil

from ioc.bench.events import AGENCIES, SOURCE, history
from ioc.bench.servers import environment_of
from ioc.errors import IocError
from ioc.services.child import Child
from ioc.services.plan import Wanted, make_plan
from ioc.services.ports import Ports
from ioc.services.service import Part, Service
from ioc.settings import Settings
from ioc.wiring import open_log, open_source_book

_FIRST_PORT = 18_520
_READY_WITHIN = 60.0  # seconds
_OURS = Path(__file__).parents[2]
"""Where our packages are: what another folder doesn't have is taken from there."""
_HISTORY = 4_000  # events


@dataclass(frozen=True, slots=True)
class Scope:
    """Whether the three simulated streams run too, and how many days back they begin."""

    simulated: bool = True
    days: int = 3


class SoakProduct:
    """All parts by name: postgres, valkey, door, worker, dashboard, and the simulators."""

    def __init__(self, settings: Settings, services: Mapping[str, Service], log: IO[bytes]) -> None:
        self.settings = settings
        self.token = ""
        self._services = services
        self._log = log
        self._children: dict[str, Child] = {}
        self._folders: dict[str, Path] = {}

    @property
    def door(self) -> str:
        """Where sources send to."""
        return f"http://127.0.0.1:{self.settings.door_port}"

    @property
    def simulators(self) -> list[str]:
        """The parts that make up events, in the order they start in."""
        return [name for name in self._services if name.startswith("simulator")]

    def process(self, name: str) -> psutil.Process | None:
        """The living process of a part."""
        child = self._children.get(name)
        return psutil.Process(child.pid) if child is not None and child.exit_code is None else None

    async def start(self, name: str, folder: Path | None = None) -> None:
        """Start a part and wait until it is ready; raises `IocError`.

        Its programs are sought in `folder` first, this time and from then on.
        """
        service = self._services[name]
        await asyncio.to_thread(service.prepare)
        reach = {"IOC_PORT": str(self.settings.port), "IOC_DOOR_PORT": str(self.settings.door_port)}
        environment = {**os.environ, **environment_of(self.settings), **reach, **service.environment}
        command = service.command()
        if folder is not None:
            self._folders[name] = folder
        if name in self._folders:
            command = ["env", f"--chdir={self._folders[name]}", f"PYTHONPATH={_OURS}", *command]
        child = await Child.start(command, environment, partial(self._note, name), service.orphan_signal)
        self._children[name] = child
        deadline = asyncio.get_running_loop().time() + _READY_WITHIN
        while not await asyncio.to_thread(_is_ready, service):
            if child.exit_code is not None or asyncio.get_running_loop().time() > deadline:
                raise IocError(f"{name} did not start (exit status {child.exit_code})")
            await asyncio.sleep(0.05)

    async def end(self, name: str, how: signal.Signals | None = None) -> None:
        """End a part with this signal (default: the one that ends it cleanly), and wait until it has."""
        child = self._children.pop(name, None)
        if child is not None:
            await child.stop(how or self._services[name].stop_signal, self._services[name].grace)

    async def end_all(self) -> None:
        """End what runs, the last started first."""
        for name in reversed(list(self._children)):
            await self.end(name)

    def _note(self, name: str, line: bytes) -> None:
        self._log.write(b"%s | %s" % (name.encode(), line))


@asynccontextmanager
async def soak_product(folder: Path, scope: Scope) -> AsyncIterator[SoakProduct]:
    """All parts started, with some history applied; everything lies below `folder` and is gone afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as home, Ports() as ports, (folder / "soak.log").open("wb", 0) as log:
        settings = Settings(home=Path(home), port=_free_port())
        plan = make_plan(settings, Wanted(simulator=scope.simulated), ports, lambda _: None)
        parts = [_lately(part, scope.days) for part in plan.parts]
        services = {part.name: part for part in parts if isinstance(part, Service)}
        product = SoakProduct(plan.settings, services, log)
        try:
            for part in parts:
                await _begin(product, part)
            product.token = await asyncio.to_thread(_register, plan.settings)
            await asyncio.to_thread(_fill, plan.settings)
            yield product
        finally:
            await product.end_all()


def _free_port() -> int:
    with Ports() as looking:  # the plan takes it itself
        return looking.take_from(_FIRST_PORT)


async def _begin(product: SoakProduct, part: Part) -> None:
    if isinstance(part, Service):
        await product.start(part.name)
    else:
        await asyncio.to_thread(part.run)


def _lately(part: Part, days: int) -> Part:
    """A simulator that begins so many days ago; any other part as it is."""
    if not isinstance(part, Service) or not part.name.startswith("simulator"):
        return part
    return replace(part, command=lambda: [*part.command(), "--backfill-days", str(days)])


def _is_ready(service: Service) -> bool:
    try:
        return service.ready()
    except Exception:  # noqa: BLE001 - what it needs may be away as well: it is not ready then, whatever it says
        return False


def _register(settings: Settings) -> str:
    """The token of the source that sends in bursts; it promises nothing."""
    book = open_source_book(settings)
    try:
        return book.add(SOURCE, "events", AGENCIES)
    finally:
        book.close()


def _fill(settings: Settings) -> None:
    log = open_log(settings)
    try:
        log.append(history(_HISTORY))
    finally:
        log.close()
