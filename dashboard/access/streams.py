"""A stream lasts longer than a session: whoever lost theirs loses the stream with it."""

from collections.abc import Callable
from typing import Literal, TypeAlias

import msgspec
from starlette.types import Message, Send

Why: TypeAlias = Literal["revoked", "changed", "expired"]


def ending(send: Send, gone: Callable[[], Why | None]) -> Send:
    """A `send` that ends server-sent events once `gone` says why: with a last event `gone`, `{"why": …}`.

    It asks whenever something is sent; the feed sends at least every five seconds. What is sent after the end is
    dropped: the server tells the stream by then that nobody listens, as it does when a browser has left.
    """
    is_stream = has_ended = False

    async def send_while_it_lasts(message: Message) -> None:
        nonlocal is_stream, has_ended
        if has_ended:
            return
        if message["type"] == "http.response.start":
            kinds = [value for name, value in message["headers"] if name.lower() == b"content-type"]
            is_stream = any(kind.startswith(b"text/event-stream") for kind in kinds)
        elif is_stream and (why := gone()) is not None:
            has_ended = True
            body = b"event: gone\ndata: %s\n\n" % msgspec.json.encode({"why": why})
            message = {"type": "http.response.body", "body": body, "more_body": False}
        await send(message)

    return send_while_it_lasts
