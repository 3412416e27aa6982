"""A network between a browser and a wall, which can be lost in every way that a network is."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ioc.bench.faults_network import Network, Weather
from tests.servers.processes import free_port


class Cable:
    """A port of its own that leads to another; its weather is turned from the thread of a test."""

    def __init__(self, network: Network, port: int, loop: asyncio.AbstractEventLoop) -> None:
        self._network = network
        self._port = port
        self._loop = loop

    @property
    def url(self) -> str:
        """Where the other end is reached."""
        return f"http://127.0.0.1:{self._port}"

    def turn(self, weather: Weather) -> None:
        """Have the network be so from now on."""
        asyncio.run_coroutine_threadsafe(self._network.turn(weather), self._loop).result(10)

    def drop(self) -> None:
        """Reset every connection; new ones are taken."""
        done = threading.Event()

        def drop() -> None:
            self._network.drop()
            done.set()

        self._loop.call_soon_threadsafe(drop)
        done.wait(10)


@contextmanager
def cable_to(port: int) -> Iterator[Cable]:
    """A cable to a loopback port, while the block runs."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def wait(work: Callable[[], object]) -> None:
        asyncio.run_coroutine_threadsafe(work(), loop).result(10)  # type: ignore[arg-type]  # both are coroutines

    ours = free_port()
    network = Network(ours, port)
    try:
        wait(network.open)
        yield Cable(network, ours, loop)
        wait(network.close)
        _end_tasks(loop)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def _end_tasks(loop: asyncio.AbstractEventLoop) -> None:
    async def end() -> None:
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run_coroutine_threadsafe(end(), loop).result(10)
