"""The pages of a soak: each in a browser context of its own, as if on a television of its own, and looked at only."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import structs

from dashboard.wall.scenes import SCENES
from ioc.bench.pages import DISPLAY, FLAGS
from ioc.bench.soak_eye import Eye
from ioc.bench.soak_watch import BANNER, HANG, SHOWN, WATCH, Seen, Shown
from ioc.errors import IocError
from ioc.tools import CHROMIUM

if TYPE_CHECKING:
    from playwright.async_api import Browser, CDPSession, Page

_IN_TURN: Final = 20  # seconds a scene
_PATIENCE: Final = 20.0  # seconds: a busy machine
_FIRST_FIGURES_WITHIN: Final = 60.0  # seconds
_METRICS: Final = {"JSHeapUsedSize": "heap", "Nodes": "nodes", "JSEventListeners": "listeners",
                   "Documents": "documents", "LayoutCount": "layouts"}  # fmt: skip


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """How big a page is just after its garbage was collected; `at` and `opened` in ms since 1970, heap in bytes."""

    at: float
    opened: float
    heap: float
    nodes: float
    listeners: float
    documents: float
    layouts: float


@dataclass
class SoakPage:
    """One page, all that was seen of it, and its samples."""

    address: str
    page: "Page"
    cdp: "CDPSession"
    eye: Eye
    seen: list[Seen] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    crashes: int = 0

    def note(self, told: str) -> None:
        """The page tells what it looks like now."""
        self.seen.append(msgspec.json.decode(told, type=Seen))

    async def shown(self) -> Shown | None:
        """What is written on it; None while it does not answer."""
        try:
            found = await asyncio.wait_for(self.page.evaluate(SHOWN), _PATIENCE)
        except Exception:  # noqa: BLE001 - it hangs, or is just being opened anew: whatever it is, ask later
            return None
        return msgspec.convert(found, Shown)

    async def sample(self) -> None:
        """Collect its garbage and note its size; nothing is noted of a page that does not answer."""
        try:
            async with asyncio.timeout(_PATIENCE):
                self.samples.append(await self._sample())
        except Exception:  # noqa: BLE001 - as above
            return

    async def hang(self, seconds: float) -> None:
        """Keep its main thread busy for so long, and look at what is drawn meanwhile."""
        busy = asyncio.create_task(self._keep_busy(seconds))
        said = await self.eye.sees_change(self.cdp, seconds)
        await busy
        before = self.seen[-1]
        if said is not None:  # its script could not tell
            self.seen.append(structs.replace(before, at=1000 * said, state=BANNER))
            self.seen.append(structs.replace(before, at=1000 * time.time()))

    async def _keep_busy(self, seconds: float) -> None:
        try:
            await self.page.evaluate(HANG, 1000 * seconds)
        except Exception:  # noqa: BLE001 - it was opened anew meanwhile: that ends it too
            return

    async def _sample(self) -> Sample:
        # Twice: what is freed by finalisers of the first collection goes with the second.
        await self.cdp.send("HeapProfiler.collectGarbage")
        await self.cdp.send("HeapProfiler.collectGarbage")
        told: dict[str, Any] = await self.cdp.send("Performance.getMetrics")
        values = {_METRICS[each["name"]]: each["value"] for each in told["metrics"] if each["name"] in _METRICS}
        opened = await self.page.evaluate("performance.timeOrigin")
        return Sample(at=1000 * time.time(), opened=opened, **values)


def addresses(count: int) -> list[str]:
    """What so many pages show: the overview, a rotation of all scenes, and each other scene by itself."""
    known = [name for name in SCENES if name not in {"overview", "unit"}]
    every = ["/wall/", f"/wall/rotation?scenes={','.join(['overview', *known])}&seconds={_IN_TURN}"]
    every += [f"/wall/{name}" for name in known]
    return [every[number % len(every)] for number in range(count)]


@asynccontextmanager
async def soak_pages(origin: str, addresses: Sequence[str]) -> AsyncIterator[list[SoakPage]]:
    """Open these pages, each of which shows figures; raises `IocError`."""
    try:
        from playwright.async_api import async_playwright
    except ImportError:
        raise IocError("playwright is missing: install the development dependencies (`make setup`)") from None
    if CHROMIUM.path is None:
        raise IocError(CHROMIUM.advice)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM.path, args=FLAGS)
        try:
            eye = Eye(await browser.new_page())
            pages = [await _open(browser, origin, address, eye) for address in addresses]
            for page in pages:
                await _await_figures(page)
            yield pages
        finally:
            await browser.close()


async def _open(browser: "Browser", origin: str, address: str, eye: Eye) -> SoakPage:
    context = await browser.new_context(viewport=DISPLAY)
    page = await context.new_page()
    soaked = SoakPage(address, page, await context.new_cdp_session(page), eye)
    await page.expose_function("__soak", soaked.note)
    await page.add_init_script(WATCH)
    page.on("crash", lambda _: setattr(soaked, "crashes", soaked.crashes + 1))
    page.on("pageerror", lambda error: soaked.complaints.append(str(error)[:300]))
    await soaked.cdp.send("Performance.enable")
    await page.goto(origin + address)
    return soaked


async def _await_figures(page: SoakPage) -> None:
    deadline = time.monotonic() + _FIRST_FIGURES_WITHIN
    while not any(seen.state not in {"absent", "waiting"} for seen in page.seen):
        if time.monotonic() > deadline:
            raise IocError(f"{page.address} showed nothing within {_FIRST_FIGURES_WITHIN:g} s")
        await asyncio.sleep(0.1)
