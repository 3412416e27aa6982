"""Displays without a browser: streams that are read as a browser reads them, and only written down."""

import asyncio
import time
from asyncio import StreamReader
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from dashboard.feed.frames import BOARD
from ioc.errors import IocError

_REQUEST = "GET /feed/wall HTTP/1.1\r\nHost: {host}:{port}\r\nAccept: text/event-stream\r\n\r\n"
_IS_BOARD = b"event: %s\ndata: " % BOARD.encode()


@dataclass(frozen=True, slots=True)
class Heard:
    """What all streams got: each board once, its cut and its size in bytes; by stream, when which board came (ms)."""

    cuts: Sequence[Mapping[int, int]]
    sizes: Sequence[int]
    streams: Sequence[Sequence[tuple[float, int]]]


def listen(host: str, port: int, streams: int) -> Heard:
    """Hold so many streams until the server ends them, to be called in a process of its own."""
    return asyncio.run(_listen_all(host, port, streams))


async def _listen_all(host: str, port: int, streams: int) -> Heard:
    boards = _Boards()
    heard = await asyncio.gather(*(_listen_one(host, port, boards) for _ in range(streams)))
    return Heard(boards.cuts, boards.sizes, heard)


class _Boards:
    """All displays are sent the same bytes: each board is decoded for the first one only."""

    def __init__(self) -> None:
        self.cuts: list[Mapping[int, int]] = []
        self.sizes: list[int] = []
        self._numbers: dict[int, int] = {}

    def number(self, data: bytes) -> int:
        key = hash(data)
        if key not in self._numbers:
            self._numbers[key] = len(self.cuts)
            self.cuts.append(msgspec.json.decode(data, type=_Frame).board.positions)
            self.sizes.append(len(data))
        return self._numbers[key]


class _Cut(msgspec.Struct):
    positions: dict[int, int]


class _Frame(msgspec.Struct):
    board: _Cut


async def _listen_one(host: str, port: int, boards: _Boards) -> list[tuple[float, int]]:
    reader, writer = await asyncio.open_connection(host, port)
    heard: list[tuple[float, int]] = []
    try:
        writer.write(_REQUEST.format(host=host, port=port).encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200") or b"chunked" not in head.lower():
            raise IocError(f"the feed answered {head[:100]!r}")
        async for event in _events(reader):
            came = 1000 * time.time()
            _, found, data = event.partition(_IS_BOARD)
            if found:
                heard.append((came, boards.number(data)))
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
