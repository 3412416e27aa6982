"""What a browser keeps of people: the token of a session, and that an account has signed in from it before."""

from collections.abc import Callable
from datetime import datetime
from secrets import token_urlsafe
from typing import Final, TypeAlias

from fastapi import Request
from starlette.responses import Response

from dashboard.access.sessions import PERSON_COOKIE, Cookie, keep
from dashboard.access.tokens import Seal
from dashboard.accounts.sessions import LASTS

KNOWN_COOKIE: Final = "ioc_known"
_KNOWN_SECONDS: Final = 180 * 24 * 3600
_MOST: Final = 8
_Accounts: TypeAlias = tuple[tuple[int, str], ...]


class Browsers:
    """Has browsers keep cookies, and reads them."""

    def __init__(self, secret: bytes, clock: Callable[[], datetime]) -> None:
        self._known: Seal[_Accounts] = Seal(secret, "known browser", _Accounts, clock)

    def token(self, request: Request) -> str:
        """The token of the session that came with a request; empty where none did."""
        return request.cookies.get(PERSON_COOKIE, "")

    def known(self, request: Request) -> Callable[[int], str | None]:
        """Answers the name of this browser's own bucket for an account that has signed in from it before."""
        found = dict(self._accounts(request))
        return found.get

    def opened(self, request: Request, answer: Response, token: str, account: int, origin: str) -> None:
        """Keep a new session, and that this account has signed in here."""
        keep_session(answer, token, origin)
        before = tuple(each for each in self._accounts(request) if each[0] != account)
        name = dict(self._accounts(request)).get(account) or token_urlsafe(12)
        sealed = self._known.sealed(((account, name), *before)[:_MOST], seconds=_KNOWN_SECONDS)
        keep(answer, Cookie(KNOWN_COOKIE, sealed, _KNOWN_SECONDS, origin, "strict", "/sign-in"))

    def _accounts(self, request: Request) -> _Accounts:
        opened = self._known.opened(request.cookies.get(KNOWN_COOKIE, ""))
        return () if opened is None else opened[0]


def keep_session(answer: Response, token: str, origin: str) -> None:
    """Keep the token. Lax: a link in a letter opens the case it names; what changes something asks for the origin."""
    keep(answer, Cookie(PERSON_COOKIE, token, int(LASTS.total_seconds()), origin))


def forget_session(answer: Response) -> None:
    """The browser forgets the token."""
    answer.delete_cookie(PERSON_COOKIE, path="/", httponly=True, samesite="lax")
