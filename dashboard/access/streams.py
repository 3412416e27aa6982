"""A stream lasts longer than a session: whoever lost theirs loses the stream with it."""

from collections.abc import Callable
from typing import Literal, TypeAlias

import msgspec
from starlette.types import Message, Send

Why: TypeAlias = Literal["revoked", "changed", "expired"]


class StreamEnded(Exception):  # noqa: N818 - as StopIteration: the end, no error
    """The stream was ended because its session was."""


def ending(send: Send, gone: Callable[[], Why | None]) -> Send:
    """A `send` that ends server-sent events once `gone` says why: with a last event `gone`, `{"why": …}`.

    It asks whenever something is sent; the feed sends at least every five seconds.
    """
    is_stream = False

    async def send_while_it_lasts(message: Message) -> None:
        nonlocal is_stream
        if message["type"] == "http.response.start":
            kinds = [value for name, value in message["headers"] if name.lower() == b"content-type"]
            is_stream = any(kind.startswith(b"text/event-stream") for kind in kinds)
        elif is_stream and (why := gone()) is not None:
            body = b"event: gone\ndata: %s\n\n" % msgspec.json.encode({"why": why})
            await send({"type": "http.response.body", "body": body, "more_body": False})
            raise StreamEnded
        await send(message)

    return send_while_it_lasts
