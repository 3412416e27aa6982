"""What a television asks for until it may show the wall: a code, a challenge, a session."""

from typing import Annotated, Any, Final, TypeAlias

import msgspec
import structlog
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse
from psycopg import Connection

from dashboard.access.bodies import body_of, origin_of
from dashboard.displays.asked import Desk
from dashboard.displays.challenges import Challenges, message
from dashboard.displays.errors import BadKeyError
from dashboard.displays.facts import Enrolment
from dashboard.displays.keys import PublicKey
from dashboard.displays.pace import Pace
from dashboard.displays.store import enrol, find_enrolment, key_of, saw

FRESH: Final = {"Cache-Control": "no-store"}
_BURST, _SECONDS = 20, 6.0

Number: TypeAlias = Annotated[int, msgspec.Meta(ge=1, lt=2**62)]
log = structlog.get_logger(__name__)


class Asked(msgspec.Struct, frozen=True):
    """A device with this key would like to be a display, or to know how it stands."""

    key: PublicKey


class Named(msgspec.Struct, frozen=True):
    """The display of this number would like to prove itself."""

    id: Number


class Proof(msgspec.Struct, frozen=True):
    """The display of this number, its challenge and its signature."""

    id: Number
    challenge: Annotated[str, msgspec.Meta(max_length=1024)]
    signature: Annotated[str, msgspec.Meta(max_length=128)]


def enrolment_router(desk: Desk) -> APIRouter:
    """`POST /display/enrol`, `/display/challenge` and `/display/session`."""
    router = APIRouter(prefix="/display", include_in_schema=False)
    challenges = Challenges(desk.clock)
    pace = Pace(_BURST, _SECONDS)

    @router.post("/enrol")
    async def ask(request: Request) -> JSONResponse:
        key = (await body_of(request, Asked)).key
        _check(key)
        found = await desk.ask(lambda c: find_enrolment(c, key, desk.clock()))
        if found is None:
            if not pace.take():
                raise HTTPException(429, "too_many", {"Retry-After": f"{_SECONDS:.0f}"})
            agent = request.headers.get("user-agent", "")[:300]
            found = await desk.ask(lambda c: enrol(c, key, agent, desk.clock()))
            log.info("display_asks", display=found.id)
        return JSONResponse(_told(found, desk), headers=FRESH)

    @router.post("/challenge")
    async def challenge(request: Request) -> JSONResponse:
        named = await body_of(request, Named)
        return JSONResponse({"challenge": challenges.make(origin_of(request), named.id)}, headers=FRESH)

    @router.post("/session")
    async def session(request: Request) -> JSONResponse:
        proof, origin = await body_of(request, Proof), origin_of(request)
        # A key that was never enrolled, a revoked one and a wrong signature are told apart by nobody.
        if not await desk.ask(lambda c: _is_proven(c, proof, origin)):
            log.warning("display_refused", display=proof.id)
            raise HTTPException(401, "not_proven")
        return await _opened(desk, proof.id, origin)

    def _is_proven(connection: Connection[Any], proof: Proof, origin: str) -> bool:
        key = key_of(connection, proof.id)
        if key is None or not challenges.holds(proof.challenge, origin, proof.id):
            return False
        is_its_own = key.signed(message(origin, proof.id, proof.challenge), proof.signature)
        return is_its_own and challenges.use(proof.challenge)

    return router


async def _opened(desk: Desk, number: int, origin: str) -> JSONResponse:
    await desk.roll.renew()
    facts = desk.roll.get(number)
    if facts is None:
        raise HTTPException(503, "unavailable", {"Retry-After": "2"})
    await desk.ask(lambda c: saw(c, number, desk.clock()))
    log.info("display_session", display=number, name=facts.name)
    answer = JSONResponse(msgspec.to_builtins(facts), headers=FRESH)
    desk.sessions.keep_display(answer, number, origin)
    return answer


def _check(key: PublicKey) -> None:
    try:
        key.check()
    except BadKeyError:
        raise HTTPException(400, "bad_key") from None


def _told(found: Enrolment, desk: Desk) -> dict[str, object]:
    until = found.code_until
    seconds = None if until is None else max(0.0, (until - desk.clock()).total_seconds())
    return {"id": found.id, "state": found.state, "code": found.code, "seconds": seconds}
