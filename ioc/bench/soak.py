"""`ioc bench soak`: the whole product and real pages of the wall for hours, while everything around them breaks."""

import asyncio
import signal
import time
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import structlog

from ioc.bench.faults import Scenery
from ioc.bench.faults_network import Network
from ioc.bench.machine import machine
from ioc.bench.soak_course import WELL, Course, Healed, Struck, feel
from ioc.bench.soak_pages import SoakPage, addresses, soak_pages
from ioc.bench.soak_plan import LONG_SILENCE, Silence, Strike, Wish, bursts, silences, strikes
from ioc.bench.soak_product import Scope, SoakProduct, soak_product
from ioc.bench.soak_report import report
from ioc.bench.soak_sending import SoakSource
from ioc.bench.soak_truth import Truth
from ioc.errors import IocError
from ioc.services.ports import Ports

_FIRST_PORT: Final = 18_560
_GIVEN_UP_AFTER: Final = 120.0
"""Seconds after a fault in which a page may come back."""
_LOOK_EVERY: Final = 0.5

_logger = structlog.get_logger("ioc.soak")


def bench_soak(folder: Path, wish: Wish) -> dict[str, Any]:
    """Soak it with servers in `folder`; a JSON document. SIGTERM ends it with what was noted so far."""
    before = machine()
    return {**asyncio.run(_run(folder, wish)), "machine": before}


async def _run(folder: Path, wish: Wish) -> dict[str, Any]:
    task = asyncio.current_task()
    if task is None:
        raise IocError("there is no task to end")
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    async with AsyncExitStack() as stack:
        product = await stack.enter_async_context(soak_product(folder, Scope(wish.simulated)))
        builds = Path(stack.enter_context(TemporaryDirectory(dir=folder)))
        port = stack.enter_context(Ports()).take_from(_FIRST_PORT)
        network = Network(port, product.settings.port)
        await network.open()
        stack.push_async_callback(network.close)
        pages = await stack.enter_async_context(soak_pages(f"http://127.0.0.1:{port}", addresses(wish.pages)))
        soak = Soak(wish, product, network, pages, builds)
        return report(await soak.run())


class Soak:
    """One run: what is sent, what breaks and what is noted go on side by side."""

    def __init__(self, wish: Wish, product: SoakProduct, network: Network, pages: list[SoakPage], builds: Path) -> None:
        self._wish = wish
        self._product = product
        self._network = network
        self._pages = pages
        self._builds = builds
        self._source = SoakSource(product.door, product.token)
        self._truth = Truth(product.settings)
        self._course = Course(wish, pages)
        self._peace = asyncio.Lock()
        """Held while something is broken, and in a calm silence."""

    async def run(self) -> Course:
        """Go on until the time is over or there were faults enough; whatever ends it earlier is told in the course."""
        work = [self._source.run(bursts(self._wish.seed)), self._be_silent(), self._sample()]
        tasks = [asyncio.create_task(each) for each in work]
        striking = asyncio.create_task(self._strike_again_and_again())
        try:
            done, _ = await asyncio.wait({striking, *tasks}, return_when=asyncio.FIRST_COMPLETED, timeout=self._left())
            for each in done:
                each.result()  # raises what went wrong with it; only the faults come to an end by themselves
            async with self._peace:  # the last fault comes to its end
                pass
        except asyncio.CancelledError:
            self._course.ended_by = "told to stop"
        except Exception as error:  # noqa: BLE001 - what was noted in hours is told, whatever ended it
            self._course.ended_by = f"failed: {type(error).__name__}: {error}"
        finally:
            await _cancel([striking, *tasks])
            await self._source.close()
            self._truth.close()
        self._course.events = self._source.sent
        return self._course

    def _left(self) -> float:
        return max(0.0, self._course.began + self._wish.seconds - time.time())

    async def _sample(self) -> None:
        while True:
            self._course.note_server(self._product)
            for page in self._pages:
                await page.sample()
            await asyncio.sleep(self._wish.sample_every)

    async def _be_silent(self) -> None:
        for silence in silences(self._wish):
            await asyncio.sleep(max(0.0, self._course.began + silence.begin - time.time()))
            if silence.calm:
                async with self._peace:
                    await self._silence(silence)
            else:
                await self._silence(silence)
        await asyncio.Event().wait()

    async def _silence(self, silence: Silence) -> None:
        begin = time.time() - self._course.began
        _logger.info("silence", seconds=LONG_SILENCE, calm=silence.calm)
        self._source.silent = True
        for name in self._product.simulators:
            await self._product.end(name)
        await asyncio.sleep(LONG_SILENCE)
        for name in self._product.simulators:
            await self._product.start(name)
        self._source.silent = False
        self._course.silences.append((begin, time.time() - self._course.began))

    async def _strike_again_and_again(self) -> None:
        for number, strike in enumerate(strikes(self._wish)):
            if self._wish.at_most == 0:
                await asyncio.Event().wait()  # nothing breaks, until the time is over
            if number == self._wish.at_most:
                self._course.ended_by = "faults"
                return
            await asyncio.sleep(strike.after)
            async with self._peace:
                if self._left() == 0:
                    return
                await self._strike(strike)

    async def _strike(self, strike: Strike) -> None:
        hit = [self._pages[strike.page]] if strike.kind.one_page else self._pages
        states = [page.seen[-1].state for page in hit]
        opened = [page.seen[-1].opened for page in hit]
        began, quiet = time.time(), self._source.silent
        scenery = Scenery(self._product, self._network, self._pages[strike.page], self._builds)
        _logger.info("fault", kind=strike.kind.name, seconds=round(strike.seconds))
        # Something happens during the outage: who shows the figures of before is not right again.
        nudge = asyncio.create_task(self._nudge_soon())
        await strike.kind.strike(scenery, strike.seconds)
        struck = Struck(strike.kind, began, time.time(), quiet, strike.seconds)
        self._source.held += 1
        healed = await self._await_right(hit, opened, states, anew=strike.kind.reloads)
        await nudge
        self._source.held -= 1
        struck.felt = [feel(page, struck, each) for page, each in zip(hit, healed, strict=True)]
        self._course.struck.append(struck)
        for felt in struck.felt:
            _logger.info("felt", page=felt.page, said_after=felt.said_after, right_after=felt.right_after)

    async def _nudge_soon(self) -> None:
        if not self._source.silent:
            await asyncio.sleep(_LOOK_EVERY)
            await self._source.nudge()

    async def _await_right(
        self, pages: list[SoakPage], opened: list[float], states: list[str], *, anew: bool
    ) -> list[Healed]:
        """When each page had right figures in the state it was in before; and where it opens `anew`, when once more."""
        healed = [Healed() for _ in pages]
        self._truth.forget()
        deadline = time.time() + _GIVEN_UP_AFTER
        while not all(each.is_over(anew=anew) for each in healed) and time.time() < deadline:
            asked = time.time()
            shown = await asyncio.gather(*(page.shown() for page in pages))
            names = self._truth.known(name for each in shown if each is not None for name in each.values)
            applied = await asyncio.to_thread(self._truth.read, names)
            for number, each in enumerate(shown):
                if each is None or not applied:
                    continue
                unwell = [] if each.state in {*WELL, states[number]} else [f"state: {each.state!r}"]
                healed[number].wrong = [*unwell, *self._truth.wrong(each.values)]
                if not healed[number].wrong:
                    figures = len(self._truth.known(each.values))
                    healed[number].note(asked, figures, anew=each.opened != opened[number])
            await asyncio.sleep(_LOOK_EVERY)
        return healed


async def _cancel(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError, Exception):
            await task
