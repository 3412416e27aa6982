"""Reading what one of our pages asks for."""

from typing import Final, TypeVar

import msgspec
from fastapi import HTTPException, Request

from dashboard.access.house import origin_of_house

T = TypeVar("T")
_NOTHING: Final = rb"\u0000"
"""What no text holds that a person typed, and the database takes in none."""


def origin_of(request: Request) -> str:
    """The origin of the page of ours that asks; raises `HTTPException` (403) for a page of another house."""
    origin = origin_of_house(request.headers)
    if origin is None:
        raise HTTPException(403, "foreign_page")
    return origin


async def body_of(request: Request, type_: type[T], *, limit: int = 4096) -> T:
    """The body as `type_`; raises `HTTPException`: 403, 415, 413, 400.

    Only JSON from a page of ours is read, which no form of another house can send.
    """
    origin_of(request)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, "application/json")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise HTTPException(413, f"{limit} bytes")
    if _NOTHING in body:
        raise HTTPException(400, "not_understood")
    try:
        return msgspec.json.decode(body, type=type_)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):  # the last: brackets within brackets within …
        raise HTTPException(400, "not_understood") from None
