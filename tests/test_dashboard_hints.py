"""Hints from a real Valkey, which may go and come back."""

import asyncio
import signal
from pathlib import Path

import redis

from dashboard.feed.hints import CHANNEL, listen
from ioc.services.valkey import EmbeddedValkey
from tests.servers.processes import free_port, running


def test_a_hint_stirs_and_so_does_the_return_of_a_lost_redis(tmp_path: Path) -> None:
    server = EmbeddedValkey(tmp_path, free_port())
    server.prepare()

    async def scene() -> None:
        stirred = asyncio.Event()
        listening = asyncio.create_task(listen(server.url, stirred.set, again_after=(0.05,)))
        try:
            for _ in range(2):  # at first it isn't there at all; then it is lost
                with running(server.command(), server.ready, tmp_path / "log", signal.SIGTERM):
                    await asyncio.wait_for(stirred.wait(), timeout=20)
                    stirred.clear()
                    with redis.Redis.from_url(server.url) as client:
                        assert client.publish(CHANNEL, "{}") == 1
                    await asyncio.wait_for(stirred.wait(), timeout=20)
                stirred.clear()
        finally:
            listening.cancel()

    asyncio.run(scene())
