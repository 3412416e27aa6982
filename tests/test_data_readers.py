"""Many who ask one page for something slow, and those who ask another page meanwhile."""

import asyncio
import threading

import psycopg

from dashboard.data.newest import Newest
from dashboard.data.reader import Reader


def nowhere() -> psycopg.Connection:
    raise AssertionError("nothing is asked of a database")


def test_those_who_wait_for_a_slow_page_hold_no_thread_that_another_page_needs() -> None:
    reader, may_end = Reader(nowhere), threading.Event()

    async def a_visitor() -> str:
        slow = [asyncio.create_task(reader.ask(may_end.wait)) for _ in range(100)]
        await asyncio.sleep(0)  # each of them has asked by now
        try:
            async with asyncio.timeout(20):
                return await asyncio.to_thread(lambda: "answered")
        finally:
            may_end.set()
            assert all(await asyncio.gather(*slow))

    assert asyncio.run(a_visitor()) == "answered"


def test_what_is_still_good_is_answered_while_something_slow_is_read(database: str) -> None:
    reader, may_end = Reader(lambda: psycopg.connect(database)), threading.Event()
    newest = Newest(reader, lambda connection: [connection.info.status.name], good_for=3600)

    async def a_visitor() -> tuple[bytes, float] | None:
        await newest.answer()
        slow = asyncio.create_task(reader.ask(may_end.wait))
        await asyncio.sleep(0)
        try:
            async with asyncio.timeout(20):
                return await newest.answer()
        finally:
            may_end.set()
            await slow

    found = asyncio.run(a_visitor())
    reader.close()
    assert found is not None
    assert found[0] == b'["OK"]'


def test_whoever_asks_for_what_expired_has_it_read_again(database: str) -> None:
    reader = Reader(lambda: psycopg.connect(database))
    newest = Newest(reader, lambda connection: connection.execute("select random()").fetchone(), good_for=3600)

    async def asked() -> list[object]:
        answers = [await newest.answer(), await newest.answer()]
        newest.expire()
        return [None if each is None else each[0] for each in [*answers, await newest.answer()]]

    first, same, other = asyncio.run(asked())
    reader.close()
    assert first == same
    assert first != other
