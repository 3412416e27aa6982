"""Displays without a browser: streams that are read as a browser reads them, and only written down."""

import asyncio
import time
from asyncio import StreamReader
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from dashboard.feed.frames import BOARD
from ioc.errors import IocError

_REQUEST = "GET /feed/wall?scenes={scenes} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept: text/event-stream\r\n\r\n"
_MEASURED = "overview"
_IS_BOARD = b"event: %s\ndata: " % BOARD.encode()


@dataclass(frozen=True, slots=True)
class Heard:
    """What all streams got of the overview: each board once, its cut and its size in bytes; by stream, when which came.

    Moments are in ms since 1970. `frames` and `bytes` are all that came, of every scene, to all streams together.
    """

    cuts: Sequence[Mapping[int, int]]
    sizes: Sequence[int]
    streams: Sequence[Sequence[tuple[float, int]]]
    frames: int = 0
    bytes: int = 0


def listen(host: str, port: int, streams: int, scenes: Sequence[str]) -> Heard:
    """Hold so many streams of these scenes until the server ends them, to be called in a process of its own."""
    return asyncio.run(_listen_all(host, port, streams, scenes))


async def _listen_all(host: str, port: int, streams: int, scenes: Sequence[str]) -> Heard:
    boards = _Boards()
    request = _REQUEST.format(host=host, port=port, scenes=",".join(scenes)).encode()
    heard = await asyncio.gather(*(_listen_one(host, port, request, boards) for _ in range(streams)))
    return Heard(boards.cuts, boards.sizes, heard, boards.frames, boards.bytes)


class _Boards:
    """All displays are sent the same bytes: each frame is decoded for the first one only."""

    def __init__(self) -> None:
        self.cuts: list[Mapping[int, int]] = []
        self.sizes: list[int] = []
        self.frames = 0
        self.bytes = 0
        self._numbers: dict[int, int | None] = {}

    def number(self, data: bytes) -> int | None:
        """Which board of the overview this is; None where it is another scene's."""
        self.frames += 1
        self.bytes += len(data)
        key = hash(data)
        if key not in self._numbers:
            self._numbers[key] = self._keep(msgspec.json.decode(data, type=_Frame), len(data))
        return self._numbers[key]

    def _keep(self, frame: "_Frame", size: int) -> int | None:
        if frame.scene != _MEASURED:
            return None
        self.cuts.append(frame.board.positions)
        self.sizes.append(size)
        return len(self.cuts) - 1


class _Cut(msgspec.Struct):
    positions: dict[int, int]


class _Frame(msgspec.Struct):
    board: _Cut
    scene: str = _MEASURED


async def _listen_one(host: str, port: int, request: bytes, boards: _Boards) -> list[tuple[float, int]]:
    reader, writer = await asyncio.open_connection(host, port)
    heard: list[tuple[float, int]] = []
    try:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200") or b"chunked" not in head.lower():
            raise IocError(f"the feed answered {head[:100]!r}")
        async for event in _events(reader):
            came = 1000 * time.time()
            _, found, data = event.partition(_IS_BOARD)
            if found and (number := boards.number(data)) is not None:
                heard.append((came, number))
    finally:
        writer.close()
    return heard


async def _events(reader: StreamReader) -> AsyncIterator[bytes]:
    """Events until the server ends the stream (RFC 9112, section 7.1: chunks)."""
    rest = b""
    while (line := await reader.readline()) and (size := int(line, 16)):
        rest += (await reader.readexactly(size + 2))[:-2]
        *whole, rest = rest.split(b"\n\n")
        for event in whole:
            yield event
