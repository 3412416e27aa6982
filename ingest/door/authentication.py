"""Who sends: `Authorization: Bearer <token>`, looked up by its digest."""

import asyncio
from typing import Final

from starlette.requests import Request

from ingest.door.answers import DoorError, ErrorCode
from ingest.door.later import or_later
from ingest.registration import Source, SourceBook

_CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="ioc"'}


async def authenticate(request: Request, book: SourceBook) -> Source:
    """The source that the request's token belongs to.

    The register knows tokens by their digest only, so that the time a look-up takes tells nothing about them.
    Raises `DoorError`, the same for a missing, a wrong and a revoked token.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    source = None
    if scheme.casefold() == "bearer" and token.strip():
        with or_later():
            source = await asyncio.to_thread(book.by_token, token.strip())
    if source is None:
        raise DoorError(
            ErrorCode.UNAUTHORISED,
            "Thiếu mã truy cập hoặc mã không đúng / missing or wrong token: Authorization: Bearer <token>",
            _CHALLENGE,
        )
    return source
