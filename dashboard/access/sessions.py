"""What a browser or a script carries: a display's signed cookie, a person's token, the key of the home."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import Response

from dashboard.access.tokens import Seal

DISPLAY_SECONDS: Final = 12 * 3600
DISPLAY_COOKIE: Final = "ioc_display"
PERSON_COOKIE: Final = "ioc_session"


@dataclass(frozen=True, slots=True)
class Carried:
    """The number of a display, the token of a person's session, and whether it is a script with the key."""

    display: int | None = None
    token: str = ""
    is_script: bool = False


class Sessions:
    """Reads what comes with a request, and has browsers keep cookies."""

    def __init__(self, secret: bytes, key: str | None, clock: Callable[[], datetime]) -> None:
        self._key = key
        self._displays = Seal(secret, "display session", int, clock)

    def read(self, headers: Headers) -> Carried:
        """What these headers carry; a display may have been revoked since, and a session ended."""
        cookies = cookie_parser(headers.get("cookie", ""))
        display = self._displays.opened(cookies.get(DISPLAY_COOKIE, ""))
        return Carried(None if display is None else display[0], cookies.get(PERSON_COOKIE, ""), self._has_key(headers))

    def keep_display(self, answer: Response, number: int, origin: str) -> None:
        """Have the browser keep a display's session. Strict: no page of another house, and no link in one, has it."""
        sealed = self._displays.sealed(number, seconds=DISPLAY_SECONDS)
        keep(answer, Cookie(DISPLAY_COOKIE, sealed, DISPLAY_SECONDS, origin, "strict"))

    def _has_key(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not self._key:
            return False
        # Compared in constant time, as bytes: a header may hold any of them.
        return hmac.compare_digest(given.strip().encode(), self._key.encode())


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie that no script can read. `origin` is that of the page: over https it takes no other way."""

    name: str
    value: str
    seconds: int
    origin: str
    same_site: Literal["lax", "strict"] = "lax"
    path: str = "/"


def keep(answer: Response, cookie: Cookie) -> None:
    """Have the browser keep it."""
    answer.set_cookie(
        cookie.name, cookie.value, max_age=cookie.seconds, path=cookie.path, httponly=True, samesite=cookie.same_site,
        secure=cookie.origin.startswith("https:"),
    )  # fmt: skip
