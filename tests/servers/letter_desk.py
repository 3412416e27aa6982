"""Letters served as the dashboard does, to whoever a header or a cookie names; and a page with their panel."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import unquote

import msgspec
import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.access.people import PERSON, RIGHTS, Person, Role
from dashboard.data.page import ASSETS, ASSETS_AT
from dashboard.headers import SecureHeaders, content_policy
from dashboard.letters.routes import LetterPages
from dashboard.ops.log import Tell
from dashboard.text import Language, words_in
from tests.building.letters import NOW, a_person, connecting, of_unit
from tests.servers.processes import free_port, wait_until

_STYLES: Final = ("base/1_fonts.css", "base/2_tokens.css", "base/3_page.css", "data/frame.css")
_TRY: Final = """
import { letterPanel } from "/data/assets/letters/panel.js";
const root = document.getElementById("letter");
root.addEventListener("letter", ({ detail }) => { document.body.dataset.told = detail.state; });
const panel = letterPanel(root, JSON.parse(root.dataset.facts));
document.addEventListener("news", () => panel.refresh());
"""


def letter_desk(database: str, tell: Tell | None) -> FastAPI:
    """The server; `x-person: login:role[:unit]` (or a cookie of that name) says who asks."""
    server = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    LetterPages(connecting(database), lambda: NOW, tell).mount(server)
    server.mount(ASSETS_AT, StaticFiles(directory=ASSETS))

    @server.get("/try.js")
    async def script() -> Response:
        return Response(_TRY, media_type="text/javascript")

    @server.get("/try/{code}")
    async def page(code: str, lang: Language = "vi", role: Role = "operator", theme: str = "light") -> HTMLResponse:
        return HTMLResponse(_page(code, lang, role, theme))

    server.add_middleware(_Named)
    server.add_middleware(SecureHeaders, policy=content_policy(()))
    return server


@contextmanager
def served(server: FastAPI) -> Iterator[str]:
    """Its address, while the block runs."""
    port = free_port()
    running = uvicorn.Server(uvicorn.Config(server, port=port, log_level="warning"))
    thread = threading.Thread(target=running.run)
    thread.start()
    try:
        wait_until(lambda: running.started, what="the desk of letters")
        yield f"http://127.0.0.1:{port}"
    finally:
        running.should_exit = True
        thread.join(timeout=10)


def _page(code: str, lang: Language, role: Role, theme: str) -> str:
    facts = {"case": code, "words": words_in(lang).under("letter"), "may_act": "act" in RIGHTS[role]}
    told = msgspec.json.encode(facts).decode().replace("&", "&amp;").replace('"', "&quot;")
    styles = "".join(f'<link rel="stylesheet" href="{ASSETS_AT}/{style}">' for style in _STYLES)
    return (
        f'<!DOCTYPE html><html lang="{lang}" data-theme="{theme}"><head><title>Letter</title>'
        f'<link rel="icon" href="data:,">{styles}<script type="module" src="/try.js"></script></head>'
        f'<body><main class="frame"><h1>{code}</h1><div id="letter" data-facts="{told}"></div></main></body></html>'
    )


class _Named:
    """Puts the person that a request names where the guard would."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            asked = HTTPConnection(scope)
            named = asked.headers.get("x-person") or unquote(asked.cookies.get("x-person", ""))
            scope = {**scope, PERSON: _person(named)} if named else scope
        await self._app(scope, receive, send)


def _person(named: str) -> Person:
    login, role, *unit = named.split(":")
    return a_person(login, role, of_unit(unit[0]) if unit else None)  # type: ignore[arg-type] # a role, as the test says
