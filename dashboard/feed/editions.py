"""A display that hangs there for months takes a new map by itself."""

import asyncio
from collections.abc import Callable

import structlog

from dashboard.feed.broadcast import Broadcast
from dashboard.feed.threads import in_wall_thread

log = structlog.get_logger(__name__)


async def follow(build: Callable[[], str], broadcast: Broadcast, *, seconds: float = 5.0) -> None:
    """End all streams whenever `build` changed, for ever: displays come back, hear of it and open the page anew.

    It changes while the server runs when other boundaries come into use, or other units into force.
    """
    known: str | None = None
    while True:
        try:
            newest = await in_wall_thread(build)
        except Exception as error:  # noqa: BLE001 - whatever it is, the displays go on with the pages they have
            log.warning("build_unknown", error=type(error).__name__, reason=str(error).split("\n", 1)[0])
        else:
            if known not in {None, newest}:
                log.info("pages_renewed", displays=len(broadcast))
                broadcast.end_streams()
            known = newest
        await asyncio.sleep(seconds)
