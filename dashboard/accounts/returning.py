"""Going to the provider of identities and coming back."""

from typing import Annotated, Any, Final
from urllib.parse import urlencode

import msgspec
import structlog
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, RedirectResponse

from dashboard.access.bodies import body_of, origin_of
from dashboard.access.sessions import Cookie, keep
from dashboard.access.tokens import Seal
from dashboard.accounts.asked import FRESH, Desk
from dashboard.accounts.browsers import keep_session
from dashboard.accounts.oidc import Provider, ProviderAwayError, ProviderError, sign_in_by
from dashboard.accounts.places_to_go import local
from dashboard.accounts.signing import Wrong

_COOKIE: Final = "ioc_oidc"
_SECONDS: Final = 600
_PATH: Final = "/sign-in/oidc"
BACK: Final = f"{_PATH}/back"

log = structlog.get_logger(__name__)


class Going(msgspec.Struct, frozen=True):
    """Somebody would like to sign in by the provider, and go on to an address of ours."""

    to: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class Kept(msgspec.Struct, frozen=True):
    """What the browser keeps meanwhile."""

    session: dict[str, Any]
    origin: str
    to: str


def returning_router(desk: Desk, provider: Provider, secret: bytes) -> APIRouter:
    """`POST /sign-in/oidc` tells where to go, `GET /sign-in/oidc/back` is where the provider sends the browser."""
    router = APIRouter(include_in_schema=False)
    seal = Seal(secret, "oidc", Kept, desk.clock)

    @router.post(_PATH)
    async def going(request: Request) -> JSONResponse:
        asked, origin = await body_of(request, Going), origin_of(request)
        try:
            to, session = await provider.begin(f"{origin}{BACK}")
        except ProviderAwayError as error:
            log.warning("oidc_away", error=str(error))
            raise HTTPException(503, "provider_away", {"Retry-After": "5"}) from None
        answer = JSONResponse({"to": to}, headers=FRESH)
        sealed = seal.sealed(Kept(dict(session), origin, local(asked.to)), seconds=_SECONDS)
        keep(answer, Cookie(_COOKIE, sealed, _SECONDS, origin, path=_PATH))
        return answer

    @router.get(BACK)
    async def back(request: Request) -> RedirectResponse:
        opened = seal.opened(request.cookies.get(_COOKIE, ""))
        if opened is None:
            return _refused("expired")
        kept = opened[0]
        try:
            who = await provider.identity(request, kept.session)
        except ProviderError as error:
            log.warning("oidc_refused", error=str(error))
            return _refused("away" if error.retriable else "refused")
        came = await desk.ask(lambda c: sign_in_by(c, who, desk.clock()))
        if isinstance(came, Wrong):
            return _refused("no_account")
        await desk.roster.renew()
        log.info("signed_in", account=came.account, by="oidc")
        answer = RedirectResponse(kept.to or "/", status_code=303, headers=FRESH)
        keep_session(answer, came.token, kept.origin)
        answer.delete_cookie(_COOKIE, path=_PATH, httponly=True, samesite="lax")
        return answer

    return router


def _refused(why: str) -> RedirectResponse:
    return RedirectResponse(f"/sign-in/?{urlencode({'provider': why})}", status_code=303, headers=FRESH)
