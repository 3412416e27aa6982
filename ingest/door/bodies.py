"""Reading a body: never more than the limit, never more than the budget of all requests together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from starlette.requests import Request

from ingest.door.answers import DoorError, ErrorCode
from ingest.door.later import unavailable

JSON: Final = frozenset({"application/json", "application/cloudevents+json", "application/cloudevents-batch+json"})
"""The media types of what is JSON."""
XML: Final = frozenset({"application/xml", "text/xml"})
"""The media types of what is XML."""


class BodyReader:
    """Reads bodies of up to `limit` bytes; all that are read at one time share `budget` bytes."""

    def __init__(self, limit: int, budget: int, patience: float) -> None:
        self._limit = limit
        self._free = budget
        self._patience = patience

    @asynccontextmanager
    async def body(self, request: Request, *, media_types: frozenset[str] = JSON) -> AsyncIterator[bytes]:
        """The body, held within the budget while the block runs. Raises `DoorError`."""
        _check_media(request, media_types)
        _check_announced(request, self._limit)
        chunks: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(self._patience):
                async for chunk in request.stream():
                    size += len(chunk)
                    self._free -= len(chunk)
                    if size > self._limit:
                        raise _too_large(self._limit)
                    if self._free < 0:
                        raise unavailable()
                    chunks.append(chunk)
        except TimeoutError:
            raise DoorError(ErrorCode.TOO_SLOW, f"the body did not arrive within {self._patience:g} s") from None
        else:
            body = b"".join(chunks)
            chunks.clear()
            yield body
        finally:
            self._free += size


def _check_media(request: Request, media_types: frozenset[str]) -> None:
    media_type = request.headers.get("content-type", "application/json").partition(";")[0].strip().casefold()
    if media_type not in media_types:
        raise DoorError(ErrorCode.NOT_HERE, f"send one of {', '.join(sorted(media_types))}", status=415)
    if request.headers.get("content-encoding", "identity").casefold() != "identity":
        raise DoorError(ErrorCode.NOT_HERE, "send the body without Content-Encoding", status=415)


def _check_announced(request: Request, most: int) -> None:
    announced = request.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced[:19]) > most:
        raise _too_large(most)


def _too_large(most: int) -> DoorError:
    return DoorError(
        ErrorCode.TOO_LARGE,
        f"Nội dung vượt quá {most} byte, hãy chia nhỏ / over {most} bytes, send it in parts",
    )
