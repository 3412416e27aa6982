"""What can break around a display (the faults that it has to survive), and breaking it."""

import asyncio
import re
import shutil
import signal
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redis.asyncio as redis

import dashboard
from ioc.bench.faults_network import Network, Weather
from ioc.bench.soak_pages import SoakPage
from ioc.bench.soak_product import SoakProduct

SERVER_RESTART, NETWORK_RETURN = 10.0, 60.0
"""Seconds after which right figures have to be there again."""


@dataclass(frozen=True, slots=True)
class Scenery:
    """What a fault may touch: the product, the network before it, the page that hangs, a folder for new builds."""

    product: SoakProduct
    network: Network
    page: SoakPage
    folder: Path


@dataclass(frozen=True, slots=True)
class FaultKind:
    """`strike` breaks something for so many seconds and mends it.

    `shows`: for as long as it lasts figures can't be right, so a display has to say so. `right_within` are the seconds
    after its end. `reloads`: a display must open its page anew. `one_page`: only that page has it.
    `needs_events`: where none came, nothing is missing. `lasts`: it is as long as it is asked to be.
    """

    name: str
    strike: Callable[[Scenery, float], Coroutine[Any, Any, None]]
    right_within: float
    shows: bool = True
    reloads: bool = False
    one_page: bool = False
    needs_events: bool = False
    lasts: bool = True
    least_seconds: float = 18.0
    most_seconds: float = 120.0


async def _kill_dashboard(scenery: Scenery, seconds: float) -> None:
    await _restart(scenery, "dashboard", signal.SIGKILL, seconds)


async def _kill_worker(scenery: Scenery, seconds: float) -> None:
    await _restart(scenery, "worker", signal.SIGKILL, seconds)


async def _kill_valkey(scenery: Scenery, seconds: float) -> None:
    await _restart(scenery, "valkey", signal.SIGKILL, seconds)


async def _restart_postgres(scenery: Scenery, seconds: float) -> None:
    await _restart(scenery, "postgres", None, seconds)


async def _restart(scenery: Scenery, part: str, how: signal.Signals | None, seconds: float) -> None:
    await scenery.product.end(part, how)
    await asyncio.sleep(seconds)
    await scenery.product.start(part)


async def _empty_valkey(scenery: Scenery, _: float) -> None:
    async with redis.Redis.from_url(scenery.product.settings.redis_url) as client:
        await client.flushall()


async def _new_build(scenery: Scenery, _: float) -> None:
    """The dashboard is ended, and another build of it started: a copy of its package with a line more in a style sheet.

    Its programs are sought in the copy's folder first, so it is another build in earnest: other files, another digest.
    """
    folder = scenery.folder / f"build-{len(list(scenery.folder.glob('build-*'))) + 1}"
    package = folder / "dashboard"
    source = Path(dashboard.__file__).parent
    await asyncio.to_thread(shutil.copytree, source, package, ignore=shutil.ignore_patterns("__pycache__"))
    sheet = min((package / "assets").rglob("*.css"))
    sheet.write_text(f"{sheet.read_text()}\n/* {folder.name} */\n")
    await scenery.product.end("dashboard")
    await scenery.product.start("dashboard", folder)


async def _lose_connections(scenery: Scenery, seconds: float) -> None:
    for _ in range(max(1, int(seconds / 3))):
        scenery.network.drop()
        await asyncio.sleep(1)


async def _refuse(scenery: Scenery, seconds: float) -> None:
    await _weather(scenery, Weather.REFUSING, seconds)


async def _fall_silent(scenery: Scenery, seconds: float) -> None:
    await _weather(scenery, Weather.SILENT, seconds)


async def _bad_gateway(scenery: Scenery, seconds: float) -> None:
    await _weather(scenery, Weather.BAD_GATEWAY, seconds)


async def _weather(scenery: Scenery, weather: Weather, seconds: float) -> None:
    await scenery.network.turn(weather)
    await asyncio.sleep(seconds)
    await scenery.network.turn(Weather.CLEAR)


async def _hang(scenery: Scenery, seconds: float) -> None:
    await scenery.page.hang(seconds)


def _kind(name: str, strike: Callable[[Scenery, float], Coroutine[Any, Any, None]], **more: Any) -> FaultKind:
    network = re.match("network", name) is not None
    return FaultKind(name, strike, NETWORK_RETURN if network else SERVER_RESTART, **more)


KINDS = (
    _kind("dashboard_killed", _kill_dashboard),
    _kind("worker_killed", _kill_worker, needs_events=True),
    _kind("valkey_emptied", _empty_valkey, shows=False, lasts=False),
    _kind("valkey_killed", _kill_valkey, shows=False),
    _kind("postgres_restarted", _restart_postgres),
    _kind("network_dropped", _lose_connections, shows=False),
    _kind("network_refused", _refuse),
    _kind("network_silent", _fall_silent),
    _kind("network_bad_gateway", _bad_gateway),
    _kind("new_build", _new_build, shows=False, reloads=True, lasts=False),
    _kind("tab_hung", _hang, one_page=True, least_seconds=20.0, most_seconds=40.0),
)
