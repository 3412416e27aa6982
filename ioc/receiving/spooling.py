"""A body on its way to the disk: never in memory as a whole, never longer than it may be, never for ever."""

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Final

from starlette.requests import ClientDisconnect

from ioc.receiving.refusal import RefusedError

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of the largest package that is taken."""
SILENCE: Final = 60.0
LONGEST: Final = 600.0
"""Seconds that a sender may be silent, and that all of a body may take."""


async def spool(stream: AsyncIterator[bytes], headers: Mapping[str, str], file: Path, largest: int = LARGEST) -> None:
    """Write the body to the file. Raises `RefusedError`: too long (413), too slow (408), broken on its way (400)."""
    digest, size = hashlib.sha256(), 0
    try:
        async with asyncio.timeout(LONGEST):
            with file.open("xb") as out:
                while piece := await _piece(stream):
                    size += len(piece)
                    if size > largest:
                        raise RefusedError(413, "too_large", f"a package has at most {largest:,} bytes")
                    digest.update(piece)
                    out.write(piece)
    except TimeoutError as error:
        raise RefusedError(408, "too_slow", "the body did not come in time") from error
    except ClientDisconnect as error:
        raise RefusedError(400, "cut_off", "the sender left before the body was whole") from error
    _check(digest.digest(), headers)


async def _piece(stream: AsyncIterator[bytes]) -> bytes:
    """The next piece that is not empty, or nothing at the end."""
    async with asyncio.timeout(SILENCE):
        async for piece in stream:
            if piece:
                return piece
    return b""


def _check(digest: bytes, headers: Mapping[str, str]) -> None:
    """Compare with what the sender says of the body (RFC 9530), where it says something in SHA-256."""
    ours = f"sha-256=:{base64.b64encode(digest).decode()}:"
    for name in ("content-digest", "repr-digest"):
        told = [each.strip() for each in headers.get(name, "").split(",") if each.strip().startswith("sha-256=")]
        if told and told != [ours]:
            raise RefusedError(400, "other_digest", f"{name} is not that of the body: it was changed on its way")
