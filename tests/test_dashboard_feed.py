"""The feed inside the process: newest only, once for all, never too often, never forgotten."""

import asyncio
import itertools
import json
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from dashboard.feed.boards import Boards, Pace
from dashboard.feed.broadcast import Broadcast
from dashboard.feed.frames import frame
from dashboard.feed.mailbox import Mailbox, MailboxClosed


def test_a_slow_display_gets_the_newest_frame_only() -> None:
    async def scene() -> None:
        mailbox = Mailbox()
        for number in (b"1", b"2", b"3"):
            mailbox.put("overview", number)
        assert await mailbox.take(seconds=1) == b"3"
        assert await mailbox.take(seconds=0.01) is None

    asyncio.run(scene())


def test_a_display_gets_the_newest_frame_of_each_of_its_scenes_and_of_no_other() -> None:
    async def scene() -> None:
        mailbox = Mailbox({"overview", "map"})
        for name, number in (("overview", b"1"), ("map", b"2"), ("documents", b"3"), ("overview", b"4")):
            mailbox.put(name, number)
        assert await mailbox.take(seconds=1) == b"42"
        mailbox.put("documents", b"5")
        assert await mailbox.take(seconds=0.01) is None

    asyncio.run(scene())


def test_nobody_who_looks_at_other_scenes_makes_a_scene_be_read() -> None:
    count = itertools.count(1)

    async def scene(boards: Boards, broadcast: Broadcast) -> None:
        await _until(lambda: boards.newest == b"1")
        with broadcast.mailbox({"map"}):
            boards.stir()
            await asyncio.sleep(0.05)
            assert boards.newest == b"1"
        with broadcast.mailbox({"overview"}):
            boards.stir()
            await _until(lambda: boards.newest == b"2")

    _while_running(lambda: str(next(count)).encode(), scene, Pace(least=0, most=60, unseen=60))


def test_every_display_gets_the_same_bytes_and_a_new_one_the_newest() -> None:
    async def scene() -> None:
        broadcast = Broadcast()
        with broadcast.mailbox() as one, broadcast.mailbox() as other:
            broadcast.publish("overview", b"a")
            assert await one.take(seconds=1) is await other.take(seconds=1)
            with broadcast.mailbox() as late:
                assert await late.take(seconds=1) == b"a"
                assert len(broadcast) == 3
        assert len(broadcast) == 0

    asyncio.run(scene())


def test_closing_ends_open_streams_and_those_that_open_later() -> None:
    async def scene() -> None:
        broadcast = Broadcast()
        with broadcast.mailbox() as mailbox:
            waiting = asyncio.create_task(mailbox.take(seconds=60))
            await asyncio.sleep(0)
            broadcast.close()
            with pytest.raises(MailboxClosed):
                await waiting
        with broadcast.mailbox() as late, pytest.raises(MailboxClosed):
            await late.take(seconds=60)

    asyncio.run(scene())


def test_a_frame_is_an_event_as_browsers_read_it() -> None:
    assert frame("board", b'{"a":1}') == b'event: board\ndata: {"a":1}\n\n'
    assert frame("hello", b"{}", retry=1500) == b"retry: 1500\nevent: hello\ndata: {}\n\n"


def test_a_burst_of_hints_makes_few_boards_and_the_last_change_is_among_them() -> None:
    state = {"value": 0}
    read: list[int] = []
    asked: list[float] = []

    def board() -> bytes:
        value = state["value"]
        time.sleep(0.01)  # a change may come while the board is read
        read.append(value)
        return json.dumps(value).encode()

    def clock() -> float:
        asked.append(time.monotonic())
        return asked[-1]

    async def scene(boards: Boards, broadcast: Broadcast) -> None:
        with broadcast.mailbox():
            for value in range(1, 101):
                state["value"] = value
                boards.stir()
                await asyncio.sleep(0.005)
            await _until(lambda: boards.newest == b"100")

    began = time.monotonic()
    _while_running(board, scene, Pace(least=0.1, most=60), clock)
    assert len(read) <= (time.monotonic() - began) / 0.1 + 2
    # The clock is asked when a board is begun, when it was read, and for the wait: the thread that reads may start
    # late on a busy machine, the beginnings still lie apart.
    begun = asked[::3]
    assert len(begun) >= 5
    assert all(later - earlier > 0.09 for earlier, later in itertools.pairwise(begun))
    assert read[-1] == 100


def test_boards_are_read_though_visitors_hold_every_thread_that_is_theirs() -> None:
    enough = threading.Event()

    async def scene(boards: Boards, _: Broadcast) -> None:
        slow = [asyncio.create_task(asyncio.to_thread(enough.wait, 20)) for _ in range(64)]
        try:
            await _until(lambda: boards.newest == b"9")
            assert not any(each.done() for each in slow)
        finally:
            enough.set()
            await asyncio.gather(*slow)

    count = itertools.count()
    _while_running(lambda: str(next(count)).encode(), scene, Pace(least=0, unseen=0.02))


def test_boards_are_read_by_the_clock_when_no_hint_comes() -> None:
    count = itertools.count()

    async def scene(boards: Boards, _: Broadcast) -> None:
        await _until(lambda: boards.newest == b"3")

    _while_running(lambda: str(next(count)).encode(), scene, Pace(least=0, unseen=0.02))


def test_a_board_that_cannot_be_read_is_tried_again_and_the_old_one_ages() -> None:
    answers = iter(["1", "", "", "2"])

    def board() -> bytes:
        answer = next(answers, "2")
        if not answer:
            raise RuntimeError("away")
        return answer.encode()

    async def scene(boards: Boards, _: Broadcast) -> None:
        assert boards.newest is None
        await _until(lambda: boards.newest == b"1")
        await _until(lambda: (boards.age or 0) > 0.05)
        await _until(lambda: boards.newest == b"2")
        assert (boards.age or 0) < 0.05

    _while_running(board, scene, Pace(least=0, unseen=0.02, after_failure=0.05))


def _while_running(
    read: Callable[[], bytes],
    scene: Callable[[Boards, Broadcast], Coroutine[Any, Any, None]],
    pace: Pace,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    async def play() -> None:
        broadcast = Broadcast()
        boards = Boards("overview", read, broadcast, pace, clock)
        running = asyncio.create_task(boards.run())
        try:
            await asyncio.wait_for(scene(boards, broadcast), timeout=20)
        finally:
            running.cancel()

    asyncio.run(play())


async def _until(holds: Callable[[], bool]) -> None:
    while not holds():
        await asyncio.sleep(0.002)


def test_soon_after_an_outage_frames_are_read_more_often_than_at_other_times() -> None:
    """A worker that comes back after the database tells nobody; the wall would say for long that it is away."""
    failures = iter([True, False])
    count = itertools.count(1)
    seconds = [0.0]

    def board() -> bytes:
        if next(failures, False):
            raise ConnectionError
        return str(next(count)).encode()

    async def scene(boards: Boards, broadcast: Broadcast) -> None:
        with broadcast.mailbox({"overview"}):
            await _until(lambda: boards.newest == b"3")
            seconds[0] = 60.0
            before = boards.newest
            await asyncio.sleep(0.1)
            assert boards.newest in {before, b"4"}, "one may have been begun already"

    pace = Pace(least=0, most=60, unseen=0.01, after_failure=0.01, settling=0.03)
    _while_running(board, scene, pace, lambda: seconds[0])


def test_frames_with_frozen_figures_are_read_more_often_for_nobody_says_that_the_worker_is_back() -> None:
    frames = iter([b'{"state":"frozen"}', b'{"state":"frozen"}'])

    async def scene(boards: Boards, broadcast: Broadcast) -> None:
        with broadcast.mailbox({"overview"}):
            await _until(lambda: boards.newest == b'{"state":"live"}')

    pace = Pace(least=0, most=60, unseen=0.01, frozen=0.02)
    _while_running(lambda: next(frames, b'{"state":"live"}'), scene, pace)
