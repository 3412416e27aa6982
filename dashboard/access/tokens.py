"""Small signed texts that a browser keeps for us: it can read them and not make one."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")


class _Sealed(msgspec.Struct, frozen=True, array_like=True):
    until: float
    what: msgspec.Raw


class Seal(Generic[T]):
    """Signs values of one type for one purpose: a token of another purpose, key or time opens nothing."""

    def __init__(self, secret: bytes, purpose: str, type_: type[T], clock: Callable[[], datetime]) -> None:
        self._key = hmac.digest(secret, purpose.encode(), hashlib.sha256)
        self._type = type_
        self._clock = clock

    def sealed(self, what: T, *, seconds: float) -> str:
        """`what` as a text that `opened` believes for so long."""
        until = self._clock().timestamp() + seconds
        body = msgspec.json.encode(_Sealed(until, msgspec.Raw(msgspec.json.encode(what))))
        return f"{_text(body)}.{_text(self._mac(body))}"

    def opened(self, token: str) -> tuple[T, float] | None:
        """What was sealed, and until when (seconds since 1970) it holds; None where it is not ours or no more."""
        body_text, _, mac_text = token.partition(".")
        try:
            body, mac = _bytes(body_text), _bytes(mac_text)
        except ValueError:
            return None
        if not hmac.compare_digest(mac, self._mac(body)):
            return None
        sealed = msgspec.json.decode(body, type=_Sealed)
        if sealed.until <= self._clock().timestamp():
            return None
        return msgspec.json.decode(sealed.what, type=self._type), sealed.until

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, hashlib.sha256)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
