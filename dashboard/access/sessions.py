"""The sessions of displays and of operators: signed cookies, nothing is kept of them."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import Response

from dashboard.access.tokens import Seal

DISPLAY_SECONDS: Final = 12 * 3600
OPERATOR_SECONDS: Final = 8 * 3600
DISPLAY_COOKIE: Final = "ioc_display"
OPERATOR_COOKIE: Final = "ioc_operator"


@dataclass(frozen=True, slots=True)
class Session:
    """What a visitor's cookies say: the number of a display, and whether an operator, until when (seconds)."""

    display: int | None = None
    operator_until: float | None = None


class Sessions:
    """Makes and reads the cookies. Sessions of operators end when their key is changed."""

    def __init__(self, secret: bytes, operator_key: str | None, clock: Callable[[], datetime]) -> None:
        self._key = operator_key
        self._displays = Seal(secret, "display session", int, clock)
        keyed = hmac.digest(secret, (operator_key or "").encode(), hashlib.sha256)
        self._operators = Seal(keyed, "operator session", int, clock)

    @property
    def has_operators(self) -> bool:
        """Whether anybody can be an operator here: there is a key."""
        return self._key is not None

    def is_key(self, given: str) -> bool:
        """Whether that is the operator's key; compared in constant time."""
        return self._key is not None and hmac.compare_digest(given.encode(), self._key.encode())

    def read(self, headers: Headers) -> Session:
        """Who sends these headers, by what they carry; a display may have been revoked since."""
        cookies = cookie_parser(headers.get("cookie", ""))
        display = self._displays.opened(cookies.get(DISPLAY_COOKIE, ""))
        operator = self._operators.opened(cookies.get(OPERATOR_COOKIE, ""))
        until = None if operator is None else operator[1]
        if until is None and self._has_bearer(headers):
            until = float("inf")
        return Session(None if display is None else display[0], until)

    def keep_display(self, answer: Response, number: int, origin: str) -> None:
        """Have the browser keep a display's session."""
        _keep(answer, DISPLAY_COOKIE, self._displays.sealed(number, seconds=DISPLAY_SECONDS), DISPLAY_SECONDS, origin)

    def keep_operator(self, answer: Response, origin: str) -> None:
        """Have the browser keep an operator's session."""
        _keep(answer, OPERATOR_COOKIE, self._operators.sealed(1, seconds=OPERATOR_SECONDS), OPERATOR_SECONDS, origin)

    def _has_bearer(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and self.is_key(given.strip())


def _keep(answer: Response, name: str, value: str, seconds: int, origin: str) -> None:
    # Strict: no page of another house, and no link in one, comes with a session. Secure wherever the way is encrypted.
    secure = origin.startswith("https:")
    answer.set_cookie(name, value, max_age=seconds, path="/", httponly=True, samesite="strict", secure=secure)
