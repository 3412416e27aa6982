"""Reading a body: never more than the limit, never more than the budget of all requests together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from starlette.requests import Request

from ingest.door.answers import DoorError, ErrorCode
from ingest.door.authentication import unavailable

_JSON: Final = frozenset({"application/json", "application/cloudevents+json", "application/cloudevents-batch+json"})


class BodyReader:
    """Reads bodies of up to `limit` bytes; all that are read at one time share `budget` bytes."""

    def __init__(self, limit: int, budget: int, patience: float) -> None:
        self._limit = limit
        self._free = budget
        self._patience = patience

    @asynccontextmanager
    async def body(self, request: Request) -> AsyncIterator[bytes]:
        """The body, held within the budget while the block runs. Raises `DoorError`."""
        self._check_headers(request)
        chunks: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(self._patience):
                async for chunk in request.stream():
                    size += len(chunk)
                    self._free -= len(chunk)
                    if size > self._limit:
                        raise self._too_large()
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

    def _check_headers(self, request: Request) -> None:
        media_type = request.headers.get("content-type", "application/json").partition(";")[0].strip().casefold()
        if media_type not in _JSON:
            raise DoorError(ErrorCode.NOT_HERE, f"send one of {', '.join(sorted(_JSON))}", status=415)
        if request.headers.get("content-encoding", "identity").casefold() != "identity":
            raise DoorError(ErrorCode.NOT_HERE, "send the body without Content-Encoding", status=415)
        announced = request.headers.get("content-length", "")
        if announced.isascii() and announced.isdigit() and int(announced[:19]) > self._limit:
            raise self._too_large()

    def _too_large(self) -> DoorError:
        return DoorError(
            ErrorCode.TOO_LARGE,
            f"Nội dung vượt quá {self._limit} byte, hãy chia nhỏ / over {self._limit} bytes, send it in parts",
        )
