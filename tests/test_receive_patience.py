"""Who connects and asks for nothing keeps nobody else out of the receiver."""

import asyncio
from typing import Any

import uvicorn

from ioc.receiving.patience import Impatient

ASK = b"GET /health HTTP/1.1\r\nHost: h\r\n\r\n"


class Hurried(Impatient):
    patience = 0.2


async def says_ok(scope: Any, receive: Any, send: Any) -> None:
    del scope, receive
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


async def told(*pieces: bytes, pause: float = 0.05) -> tuple[int, float]:
    """How many answers came until the server closed the connection, and after how many seconds it did."""
    config = uvicorn.Config(
        says_ok, http=Hurried, ws="none", lifespan="off", log_config=None, port=0, timeout_keep_alive=60
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    try:
        while not server.started:
            await asyncio.sleep(0.01)
        [at] = [each.getsockname() for one in server.servers for each in one.sockets]
        reader, writer = await asyncio.open_connection(*at)
        begun = asyncio.get_running_loop().time()

        async def talk() -> None:
            for piece in pieces:
                writer.write(piece)
                await asyncio.sleep(pause)

        talking = asyncio.create_task(talk())
        async with asyncio.timeout(10):
            answers = (await reader.read()).count(b"HTTP/1.1 200")
        took = asyncio.get_running_loop().time() - begun
        talking.cancel()
        writer.close()
        return answers, took
    finally:
        server.should_exit = True
        await serving


def test_silence_is_left() -> None:
    answers, took = asyncio.run(told())
    assert answers == 0
    assert 0.2 <= took < 5


def test_headers_that_never_end_are_left() -> None:
    answers, took = asyncio.run(told(b"GET / HTTP/1.1\r\n", *(f"x-{n}: 1\r\n".encode() for n in range(400))))
    assert answers == 0
    assert took < 5


def test_who_asks_again_in_time_is_answered_again_and_left_when_nothing_comes() -> None:
    answers, took = asyncio.run(told(ASK, ASK, ASK, pause=0.12))
    assert answers == 3
    assert took >= 0.4


def test_a_body_that_nobody_reads_holds_no_connection() -> None:
    post = b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n"
    answers, took = asyncio.run(told(post, *[b"x"] * 400))
    assert answers == 1
    assert took < 5
