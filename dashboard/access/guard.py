"""The one door of all pages and streams."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import NamedTuple, Protocol

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.access.entry import Access
from dashboard.access.house import is_navigation, origin_of_house, parts_of
from dashboard.access.people import PERSON, SCRIPT, Signed
from dashboard.access.rewritten import rewritten
from dashboard.access.routes import need_of
from dashboard.access.rule import Asking, Go, Pass, Refuse, Show, Verdict, Visitor, rule
from dashboard.access.sessions import Carried, Sessions
from dashboard.access.streams import Why, ending
from dashboard.displays.facts import DisplayFacts

VISITOR = "ioc.visitor"
"""Under this name the rest of the server finds the `Visitor` in the scope."""

_shown: ContextVar[DisplayFacts | None] = ContextVar("shown", default=None)


class Approved(Protocol):
    """Which displays are approved, as known a moment ago."""

    async def known(self) -> bool:
        """Whether it is known at all; False where the database could not be asked yet."""

    def get(self, number: int) -> DisplayFacts | None:
        """The approved display of that number."""


class People(Protocol):
    """Who is signed in, as known a moment ago."""

    async def known(self) -> bool:
        """Whether it is known; False where the database does not answer."""

    def signed(self, token: str) -> Signed | None:
        """The session of a token, while it holds."""

    def touch(self, signed: Signed) -> None:
        """The person of this session does something."""


class Known(NamedTuple):
    """Who can come in: by a display's session, or by a person's."""

    approved: Approved
    people: People


Refusal = Callable[[Scope, int], Response]
"""The page that says why a person may not have an address (403) or that there is none (404)."""


def display_of() -> DisplayFacts | None:
    """The display whose wall is asked for by the request that is being answered; None for everybody else."""
    return _shown.get()


class AccessGuard:
    """Lets pass, leads elsewhere or refuses; plain ASGI, since streams must not be held up.

    Leaves the `Person` who asks in the scope. Nothing here speaks over WebSockets, and Dash would to anybody.
    """

    def __init__(
        self, app: ASGIApp, access: Access, sessions: Sessions, known: Known, refusal: Refusal | None = None
    ) -> None:
        self._app = app
        self._access = access
        self._sessions = sessions
        self._approved, self._people = known
        self._refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 1008, "reason": ""})
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        carried, asking = self._sessions.read(headers), _asking(scope, headers)
        is_known = await self._is_known(carried)
        signed = self._people.signed(carried.token) if carried.token and is_known else None
        visitor = self._visitor(carried, signed)
        verdict = self._verdict(visitor, asking, is_known=is_known, is_foreign=_is_foreign(visitor, carried, headers))
        if isinstance(verdict, Go | Refuse):
            return await self._turned_away(verdict, asking, (scope, receive, send))
        if signed is not None and (asking.navigates or asking.method not in {"GET", "HEAD"}):
            self._people.touch(signed)
        known = {**scope, VISITOR: visitor, PERSON: None if visitor.must_change else visitor.person}
        gone = self._gone(verdict, carried.token, None if self._is_for_all(asking) else signed)
        return await self._let_in(verdict, gone, (known, receive, send))

    def _is_for_all(self, asking: Asking) -> bool:
        """Whether it is nobody's business who asks."""
        need = need_of(asking.method, asking.path)
        return need == "public" or (need == "look" and self._access == "open")

    async def _is_known(self, carried: Carried) -> bool:
        if carried.display is not None and not await self._approved.known():
            return False
        return not carried.token or await self._people.known()

    def _visitor(self, carried: Carried, signed: Signed | None) -> Visitor:
        display = None if carried.display is None else self._approved.get(carried.display)
        had = carried.display is not None and display is None
        if carried.is_script:
            return Visitor(display, SCRIPT, had)
        return Visitor(
            display, None if signed is None else signed.person, had, signed is not None and signed.must_change
        )

    def _verdict(self, visitor: Visitor, asking: Asking, *, is_known: bool, is_foreign: bool) -> Verdict:
        if not is_known and not self._is_for_all(asking):
            return Refuse(503)
        verdict = rule(visitor, self._access, asking)
        if not isinstance(verdict, Pass | Show) or asking.method in {"GET", "HEAD"}:
            return verdict
        return Refuse(403) if is_foreign else verdict

    async def _let_in(
        self, verdict: Pass | Show, gone: Callable[[], Why | None], call: tuple[Scope, Receive, Send]
    ) -> None:  # fmt: skip
        scope, receive, send = call
        display = verdict.display if isinstance(verdict, Show) else None
        if display is not None:
            scope = rewritten(scope, display)
        token = _shown.set(display)
        try:
            await self._app(scope, receive, ending(send, gone))
        finally:
            _shown.reset(token)

    def _gone(self, verdict: Pass | Show, token: str, signed: Signed | None) -> Callable[[], Why | None]:
        """Asks why a stream is to end: the display was revoked or shows something else now, the session is over."""
        display = verdict.display if isinstance(verdict, Show) else None

        def gone() -> Why | None:
            if display is not None:
                now = self._approved.get(display.id)
                return "revoked" if now is None else None if now == display else "changed"
            if signed is None:
                return None
            still = self._people.signed(token)
            return "expired" if still is None else None if still.person == signed.person else "changed"

        return gone

    async def _turned_away(
        self, verdict: Go | Refuse, asking: Asking, call: tuple[Scope, Receive, Send]
    ) -> None:  # fmt: skip
        scope, receive, send = call
        has_page = isinstance(verdict, Refuse) and verdict.status in {403, 404} and asking.navigates
        if has_page and self._refusal is not None and isinstance(verdict, Refuse):
            answer = self._refusal(scope, verdict.status)
        else:
            answer = _answer(verdict)
        await answer(scope, receive, send)


def _asking(scope: Scope, headers: Headers) -> Asking:
    page = parts_of(headers.get("referer", "")).path
    query = scope["query_string"].decode("latin-1")
    has_body = "transfer-encoding" in headers or headers.get("content-length", "0") != "0"
    return Asking(scope.get("method", "GET"), scope["path"], query, page, is_navigation(headers), has_body)


def _is_foreign(visitor: Visitor, carried: Carried, headers: Headers) -> bool:
    """Whether a page of another house has the browser of a person ask: its cookie came along. A script has none."""
    return visitor.person is not None and not carried.is_script and origin_of_house(headers) is None


def _answer(verdict: Go | Refuse) -> Response:
    fresh = {"Cache-Control": "no-store"}
    if isinstance(verdict, Go):
        return RedirectResponse(verdict.to, status_code=303, headers=fresh)
    reason, more = _REASONS[verdict.status]
    return JSONResponse({"detail": reason}, verdict.status, {**fresh, **more})


_REASONS: dict[int, tuple[str, dict[str, str]]] = {
    401: ("session_needed", {"WWW-Authenticate": "Bearer"}),
    403: ("not_for_you", {}),
    404: ("no_such_address", {}),
    503: ("unavailable", {"Retry-After": "5"}),
}
