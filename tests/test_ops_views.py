"""Saved views of the queue: one's own, by name, over HTTP and on a real database."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import httpx
import psycopg
import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.access.people import PERSON, Person, Role
from dashboard.data.reader import Reader
from dashboard.ops.views import MOST, kept_of, views_router
from ioc.services.postgres import EmbeddedPostgres

HOUSE = "http://desk.test"
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


class SignedIn:
    """The server as a person sees it, who is signed in already."""

    def __init__(self, app: ASGIApp, person: Person | None) -> None:
        self.app = app
        self.person = person

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope if self.person is None else {**scope, PERSON: self.person}, receive, send)


class Desk:
    """A server with saved views on a database, at which people sit."""

    def __init__(self, database: str) -> None:
        self._database = database
        self.reader = Reader(self.connect)
        self.server = FastAPI()
        self.server.include_router(views_router(self.reader, lambda: NOW))

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(self._database, autocommit=True, options="-c search_path=stream,public")

    def person(self, login: str, role: Role = "operator") -> Person:
        with self.connect() as connection:
            row = connection.execute(
                "insert into dashboard.account (login, name, role, everywhere, created_at, created_by)"
                " values (%s, %s, %s, true, %s, 'test') returning id",
                [login, login, role, NOW],
            ).fetchone()
        assert row is not None
        return Person(row[0], login, login, role)

    def browser(self, person: Person | None) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=SignedIn(self.server, person))
        return httpx.AsyncClient(transport=transport, base_url=HOUSE, headers={"origin": HOUSE})


@pytest.fixture(scope="module")
def desk(postgres: EmbeddedPostgres, migrated: str) -> Iterator[Desk]:
    name = f"v{uuid4().hex[:12]}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} template {migrated}".encode())
    desk = Desk(postgres.url(name))
    yield desk
    desk.reader.close()


async def names(browser: httpx.AsyncClient) -> list[str]:
    return [view["name"] for view in (await browser.get("/ops/views")).json()["views"]]


@pytest.mark.anyio
async def test_what_somebody_saves_is_theirs_alone(desk: Desk) -> None:
    lan, minh = (desk.browser(desk.person(login)) for login in ("lan", "minh"))
    saved = await lan.post("/ops/views", json={"name": "  Của   tôi ", "query": "holder=me&lang=en&state="})
    assert saved.status_code == 200
    [view] = saved.json()["views"]
    assert (view["name"], view["query"], view["first"]) == ("Của tôi", "holder=me", False)
    assert await names(minh) == []
    assert (await minh.delete(f"/ops/views/{view['id']}")).status_code == 404
    assert (await lan.delete(f"/ops/views/{view['id']}")).json() == {"views": []}
    assert (await lan.delete(f"/ops/views/{view['id']}")).status_code == 404


@pytest.mark.anyio
async def test_a_name_is_taken_once_and_one_view_is_the_first(desk: Desk) -> None:
    lan = desk.browser(desk.person("an"))
    for name, state, first in [("Gấp", "overdue", True), ("Thư", "owed", True), ("gấp", "due_soon", False)]:
        await lan.post("/ops/views", json={"name": name, "query": f"state={state}", "first": first})
    views = (await lan.get("/ops/views")).json()["views"]
    assert [(view["name"], view["query"], view["first"]) for view in views] == [
        ("gấp", "state=due_soon", False),
        ("Thư", "state=owed", True),
    ]


@pytest.mark.anyio
async def test_there_is_an_end_to_how_many_and_an_old_name_still_can_change(desk: Desk) -> None:
    lan = desk.person("binh")
    with desk.connect() as connection:
        connection.execute(
            "insert into dashboard.saved_view (account_id, name, query, saved_at)"
            " select %s, 'view ' || number, '', %s from generate_series(1, %s) number",
            [lan.id, NOW, MOST],
        )
    browser = desk.browser(lan)
    assert (await browser.post("/ops/views", json={"name": "one more", "query": ""})).status_code == 409
    again = await browser.post("/ops/views", json={"name": "VIEW 7", "query": "state=paused"})
    assert again.status_code == 200
    assert len(again.json()["views"]) == MOST


@pytest.mark.anyio
async def test_nobody_saves_without_a_session_the_right_or_a_page_of_ours(desk: Desk) -> None:
    wanted = {"name": "x", "query": ""}
    nobody, lan = desk.browser(None), desk.browser(desk.person("chi"))
    assert (await nobody.get("/ops/views")).status_code == 401
    assert (await nobody.post("/ops/views", json=wanted)).status_code == 401
    assert (await nobody.delete("/ops/views/1")).status_code == 401
    foreign = {"origin": "http://elsewhere.test"}
    assert (await lan.post("/ops/views", json=wanted, headers=foreign)).status_code == 403
    assert (await lan.delete("/ops/views/1", headers=foreign)).status_code == 403
    for wrong in [
        {"name": "", "query": ""},
        {"name": " ", "query": ""},
        {"name": "x" * 61, "query": ""},
        {"query": ""},
    ]:
        assert (await lan.post("/ops/views", json=wrong)).status_code == 400, wrong
    assert await names(lan) == []
    script = desk.browser(Person(0, "ioc", "ioc", "administrator"))
    assert (await script.post("/ops/views", json=wanted)).status_code == 403
    assert await names(script) == []


def test_only_what_the_list_knows_is_kept_of_an_address() -> None:
    assert kept_of("unit=03979&unit=03980&q=%C4%91%E1%BA%A5t&theme=dark&evil=1&sort=due") == (
        "unit=03979&unit=03980&q=%C4%91%E1%BA%A5t&sort=due"
    )
