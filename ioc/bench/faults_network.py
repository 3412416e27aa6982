"""The network between browser and dashboard, which can be lost in every way that a network is."""

import asyncio
import socket
import struct
from contextlib import suppress
from enum import StrEnum

_BAD_GATEWAY = (
    b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 25\r\nConnection: close\r\n\r\n"
    b"<h1>502 Bad Gateway</h1>\n"
)
_CHUNK = 65_536


class Weather(StrEnum):
    """How the network is.

    refusing: nobody listens. silent: connections stay open, and nothing comes or goes, not even their end; what was
    open stays so for ever. bad_gateway: every request is answered 502, as a proxy does while its server is away.
    """

    CLEAR = "clear"
    REFUSING = "refusing"
    SILENT = "silent"
    BAD_GATEWAY = "bad_gateway"


class Network:
    """A loopback port that hands on to another; `turn` changes the weather on it."""

    def __init__(self, port: int, target: int) -> None:
        self._port = port
        self._target = target
        self._weather = Weather.CLEAR
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._dead: set[asyncio.StreamWriter] = set()
        self._to_target: set[asyncio.StreamWriter] = set()
        self._serving: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Begin to listen."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port)

    async def close(self) -> None:
        """End every connection and listen no more."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self.drop()
        for writer in self._dead:
            _reset(writer)
        self._dead.clear()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    def drop(self) -> None:
        """Reset every connection; new ones are taken."""
        for writer in self._open:
            _reset(writer)
        self._open.clear()

    async def turn(self, weather: Weather) -> None:
        """Have it be so from now on, for what is open too."""
        self._weather = weather
        if weather is Weather.SILENT:
            self._dead |= self._open  # they hear nothing more, also when the network is back
            self._open.clear()
            return
        if weather is Weather.CLEAR:
            self._tell_target()
        else:
            self.drop()
        if weather is Weather.REFUSING and self._server is not None:
            self._server.close()
            self._server = None
        elif weather is not Weather.REFUSING and self._server is None:
            await self.open()

    def _tell_target(self) -> None:
        """Reset what the target still takes for open, as a router does on its next packet; browsers hear nothing."""
        for writer in self._dead & self._to_target:
            _reset(writer)
        self._dead -= self._to_target

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._serving.add(task)
            task.add_done_callback(self._serving.discard)
        try:
            with suppress(OSError):
                await self._answer(reader, writer)
        finally:
            self._open.discard(writer)
            if writer not in self._dead:
                writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._weather is Weather.BAD_GATEWAY:
            await reader.read(_CHUNK)
            writer.write(_BAD_GATEWAY)
            await writer.drain()
            return
        if self._weather is Weather.SILENT:
            self._dead.add(writer)
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._target)
        self._open |= {writer, back}
        self._to_target.add(back)
        try:
            await asyncio.gather(self._hand_on(reader, back), self._hand_on(there, writer))
        finally:
            self._open.discard(back)
            self._to_target.discard(back)
            if back not in self._dead:
                back.close()

    async def _hand_on(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while data := await source.read(_CHUNK):
            if sink in self._dead:
                continue  # the network swallows it
            sink.write(data)
            await sink.drain()
        if sink not in self._dead:
            sink.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    """End a connection by a reset, not by its orderly end."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
