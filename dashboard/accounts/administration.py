"""What an administrator does with accounts: look, add, change, a new password, end all sessions."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from psycopg import Connection

from dashboard.access.bodies import body_of
from dashboard.access.people import Person, needs
from dashboard.accounts.asked import FRESH, Desk
from dashboard.accounts.audit import read_audit, record
from dashboard.accounts.facts import Change, NewAccount
from dashboard.accounts.passwords import one_time_password
from dashboard.accounts.sessions import end_sessions
from dashboard.accounts.store import add_account, change_account, find_account, read_accounts, set_password
from dashboard.build import build_of_pages


def administration_router(desk: Desk) -> APIRouter:
    """`GET /accounts/state`, `POST /accounts/add`, and `/change`, `/password` and `/end` of an account."""
    router = APIRouter(prefix="/accounts", include_in_schema=False)
    clock = desk.clock
    administrator = Annotated[Person, Depends(needs("administer"))]

    @router.get("/state")
    async def state(_: administrator) -> Response:
        now = clock()
        accounts = await desk.ask(lambda c: read_accounts(c, now))
        entries = await desk.ask(read_audit)
        told = {"build": build_of_pages(), "now": now, "age": 0.0, "state": {"accounts": accounts, "audit": entries}}
        return Response(msgspec.json.encode(told), media_type="application/json", headers=FRESH)

    @router.post("/add")
    async def add(request: Request, by: administrator) -> JSONResponse:
        wanted = await body_of(request, NewAccount, limit=16_384)
        password = None if wanted.oidc is not None else one_time_password()
        await desk.ask(lambda c: add_account(c, wanted, password, by.login, clock()))
        return JSONResponse({"login": wanted.login, "password": password}, headers=FRESH)

    @router.post("/{login}/change")
    async def change(request: Request, login: str, by: administrator) -> JSONResponse:
        wanted = await body_of(request, Change, limit=16_384)
        await desk.ask(lambda c: change_account(c, login, wanted, by.login, clock()))
        return await done(login)

    @router.post("/{login}/password")
    async def password(request: Request, login: str, by: administrator) -> JSONResponse:
        await body_of(request, dict)
        made = one_time_password()
        await desk.ask(lambda c: set_password(c, login, made, by.login, clock()))
        await desk.roster.renew()
        return JSONResponse({"login": login, "password": made}, headers=FRESH)

    @router.post("/{login}/end")
    async def end(request: Request, login: str, by: administrator) -> JSONResponse:
        await body_of(request, dict)
        await desk.ask(lambda c: end_all(c, login, by.login, clock()))
        return await done(login)

    async def done(login: str) -> JSONResponse:
        await desk.roster.renew()
        return JSONResponse({"login": login}, headers=FRESH)

    return router


def end_all(connection: Connection[Any], login: str, by: str, at: datetime) -> None:
    """End all sessions of an account; raises `NoSuchAccountError`."""
    account = find_account(connection, login, at)
    ended = end_sessions(connection, account.id, "ended", at)
    record(connection, by, "account.sessions_ended", {"login": login, "ended": ended}, at)
