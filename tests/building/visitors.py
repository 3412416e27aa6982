"""People who ask a server without a network between: whoever a test says is signed in."""

import asyncio
from datetime import date
from typing import Any

import httpx
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Send
from starlette.types import Scope as Call

from dashboard.access.people import PERSON, Person, Role, Scope


def person(role: Role = "operator", *units: str, on: date = date(2026, 3, 3)) -> Person:
    """Somebody of that role, for these units or areas only, where any are named."""
    return Person(1, "lan", "Trần Thị Lan", role, Scope(tuple((unit, on) for unit in units) if units else None))


class Visitor:
    """Asks, as a person or as nobody."""

    def __init__(self, server: FastAPI, who: Person | None) -> None:
        self._server: ASGIApp = server
        self.who = who

    def get(self, address: str, **headers: str) -> httpx.Response:
        return asyncio.run(self._ask("GET", address, headers))

    def state(self, address: str) -> dict[str, Any]:
        """What the answer of a page's script has as its state."""
        answer = self.get(address)
        assert answer.status_code == 200, answer.text
        state: dict[str, Any] = answer.json()["state"]
        return state

    async def _ask(self, method: str, address: str, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(signed_in(self._server, self.who))
        async with httpx.AsyncClient(transport=transport, base_url="http://ioc") as client:
            return await client.request(method, address, headers=headers)


def signed_in(server: ASGIApp, who: Person | None) -> ASGIApp:
    """The server, as it answers somebody whom its guard let in; None is nobody."""

    async def serve(call: Call, receive: Receive, send: Send) -> None:
        await server(call if who is None else {**call, PERSON: who}, receive, send)

    return serve
