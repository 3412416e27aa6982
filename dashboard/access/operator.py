"""Signing in as an operator: with the key that lies in the centre's home, until people have names here."""

from typing import Annotated

import msgspec
import structlog
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse

from dashboard.access.bodies import body_of, origin_of
from dashboard.access.patience import Patience
from dashboard.access.sessions import OPERATOR_COOKIE, Sessions

log = structlog.get_logger(__name__)


class Given(msgspec.Struct, frozen=True):
    """The key that somebody typed."""

    key: Annotated[str, msgspec.Meta(max_length=200)]


def operator_router(sessions: Sessions) -> APIRouter:
    """`POST /operator/session` with the key, and `POST /operator/leave`."""
    router = APIRouter(prefix="/operator", include_in_schema=False)
    patience = Patience()

    @router.post("/session")
    async def enter(request: Request) -> JSONResponse:
        given = await body_of(request, Given, limit=1024)
        address = request.client.host if request.client else ""
        if not sessions.has_operators:
            raise HTTPException(403, "no_key_file")
        # The right key enters at once: behind a proxy all share one address, and nobody shall shut out the operator.
        if not sessions.is_key(given.key.strip()):
            if (wait := patience.wait(address)) > 0:
                raise HTTPException(429, "too_many", {"Retry-After": f"{wait + 0.5:.0f}"})
            patience.was_wrong(address)
            log.warning("operator_refused", path=request.url.path, reason="wrong_key")
            raise HTTPException(401, "wrong_key")
        patience.was_right(address)
        log.info("operator_signed_in")
        answer = JSONResponse({"entered": True}, headers={"Cache-Control": "no-store"})
        sessions.keep_operator(answer, origin_of(request))
        return answer

    @router.post("/leave")
    async def leave(request: Request) -> JSONResponse:
        origin_of(request)
        answer = JSONResponse({"entered": False}, headers={"Cache-Control": "no-store"})
        answer.delete_cookie(OPERATOR_COOKIE, path="/", httponly=True, samesite="strict")
        return answer

    return router
