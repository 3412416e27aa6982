"""Displays are told when the pages they show are no longer those of the server."""

import asyncio

import pytest

from dashboard.feed.broadcast import Broadcast
from dashboard.feed.editions import follow
from dashboard.feed.mailbox import MailboxClosed


class Pages:
    """What the server would serve, as answered one after the other; the last answer stays."""

    def __init__(self, *answers: str | Exception) -> None:
        self.answers = list(answers)

    def build(self) -> str:
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


async def asked_for_all(pages: Pages) -> None:
    async with asyncio.timeout(10):
        while len(pages.answers) > 1:
            await asyncio.sleep(0.001)


def test_streams_end_when_the_map_changes_and_others_may_open() -> None:
    pages = Pages("a", "a", "b")

    async def scene() -> None:
        broadcast = Broadcast()
        following = asyncio.create_task(follow(pages.build, broadcast, seconds=0))
        with broadcast.mailbox() as mailbox, pytest.raises(MailboxClosed):
            await mailbox.take(seconds=10)
        with broadcast.mailbox() as again:
            broadcast.publish("overview", b"board")
            assert await again.take(seconds=10) == b"board"
        following.cancel()

    asyncio.run(scene())


def test_nothing_ends_while_the_map_stays_and_an_error_changes_nothing() -> None:
    pages = Pages("a", ValueError("no units"), "a", "a")

    async def scene() -> None:
        broadcast = Broadcast()
        following = asyncio.create_task(follow(pages.build, broadcast, seconds=0))
        with broadcast.mailbox() as mailbox:
            await asked_for_all(pages)
            assert await mailbox.take(seconds=0.01) is None
        following.cancel()

    asyncio.run(scene())
