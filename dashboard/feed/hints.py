"""Hints that something was applied, from Redis. Only hints: nothing depends on their coming."""

import asyncio
from collections.abc import Callable

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

CHANNEL = "ioc:applied"
"""Where a worker says after each commit that it applied something."""

_AGAIN_AFTER = (0.5, 1.0, 2.0, 5.0)  # seconds

log = structlog.get_logger(__name__)


async def listen(url: str, stir: Callable[[], None], *, again_after: tuple[float, ...] = _AGAIN_AFTER) -> None:
    """Call `stir` for each hint, for ever. One subscription per process; a lost one is made again."""
    failures = 0
    while True:
        try:
            async with Redis.from_url(url, socket_connect_timeout=5) as redis, redis.pubsub() as channel:
                await channel.subscribe(CHANNEL)
                if failures:
                    log.info("hints_back")
                failures = 0
                async for _ in channel.listen():  # the first says that we listen: time to look what we missed
                    stir()
        except (RedisError, OSError) as error:
            if failures == 0:
                log.warning("hints_lost", error=type(error).__name__)
        await asyncio.sleep(again_after[min(failures, len(again_after) - 1)])
        failures += 1
