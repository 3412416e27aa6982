"""The one door of all pages and streams."""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from typing import Protocol

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.access.entry import Access
from dashboard.access.house import is_navigation, origin_of_house, parts_of
from dashboard.access.rewritten import rewritten
from dashboard.access.rule import Asking, Go, Pass, Refuse, Show, Visitor, is_public, rule
from dashboard.access.sessions import Session, Sessions
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


def display_of() -> DisplayFacts | None:
    """The display whose wall is asked for by the request that is being answered; None for everybody else."""
    return _shown.get()


class AccessGuard:
    """Lets pass, leads elsewhere or refuses, over HTTP and WebSocket; plain ASGI, since streams must not be held up."""

    def __init__(
        self, app: ASGIApp, access: Access, sessions: Sessions, approved: Approved, clock: Callable[[], datetime]
    ) -> None:
        self._app = app
        self._access = access
        self._sessions = sessions
        self._approved = approved
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] not in {"http", "websocket"}:
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        session = self._sessions.read(headers)
        is_known = session.display is None or await self._approved.known()
        visitor = self._visitor(session)
        verdict = rule(visitor, self._access, _asking(scope, headers))
        if not is_known and not is_public(scope["path"]):
            verdict = Refuse(503)
        elif isinstance(verdict, Pass | Show) and self._is_foreign(scope, headers, visitor):
            verdict = Refuse(403)
        if isinstance(verdict, Go | Refuse):
            return await _turned_away(verdict, scope, receive, send)
        return await self._let_in(verdict, session, ({**scope, VISITOR: visitor}, receive, send))

    def _visitor(self, session: Session) -> Visitor:
        display = None if session.display is None else self._approved.get(session.display)
        had = session.display is not None and display is None
        return Visitor(display, session.operator_until is not None, had)

    def _is_foreign(self, scope: Scope, headers: Headers, visitor: Visitor) -> bool:
        """Whether a page of another house has the browser of an operator do something: its cookie came along."""
        if scope["type"] == "websocket" or scope["method"] in {"GET", "HEAD"}:
            return False
        return visitor.operator and "authorization" not in headers and origin_of_house(headers) is None

    async def _let_in(self, verdict: Pass | Show, session: Session, call: tuple[Scope, Receive, Send]) -> None:
        scope, receive, send = call
        display = verdict.display if isinstance(verdict, Show) else None
        if display is not None:
            scope = rewritten(scope, display)
        token = _shown.set(display)
        try:
            await self._app(scope, receive, ending(send, self._gone(display, session)))
        finally:
            _shown.reset(token)

    def _gone(self, display: DisplayFacts | None, session: Session) -> Callable[[], Why | None]:
        """Asks why a stream is to end: the display was revoked or shows something else now, the session is over."""

        def gone() -> Why | None:
            if display is not None:
                now = self._approved.get(display.id)
                return "revoked" if now is None else None if now == display else "changed"
            is_over = session.operator_until is not None and session.operator_until <= self._clock().timestamp()
            return "expired" if is_over and self._access != "open" else None

        return gone


def _asking(scope: Scope, headers: Headers) -> Asking:
    page = parts_of(headers.get("referer", "")).path
    query = scope["query_string"].decode("latin-1")
    has_body = "transfer-encoding" in headers or headers.get("content-length", "0") != "0"
    return Asking(scope.get("method", "GET"), scope["path"], query, page, is_navigation(headers), has_body)


async def _turned_away(verdict: Go | Refuse, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": ""})
        return
    await _answer(verdict)(scope, receive, send)


def _answer(verdict: Go | Refuse) -> Response:
    fresh = {"Cache-Control": "no-store"}
    if isinstance(verdict, Go):
        return RedirectResponse(verdict.to, status_code=303, headers=fresh)
    reason, more = _REASONS[verdict.status]
    return JSONResponse({"detail": reason}, verdict.status, {**fresh, **more})


_REASONS: dict[int, tuple[str, dict[str, str]]] = {
    401: ("session_needed", {"WWW-Authenticate": "Bearer"}),
    403: ("not_for_you", {}),
    503: ("unavailable", {"Retry-After": "2"}),
}
