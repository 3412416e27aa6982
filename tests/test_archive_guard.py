"""Every address of the archive, for every role and scope: who is let in, and from which page something is asked for."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import httpx
import psycopg
import pytest
from fastapi import FastAPI

from dashboard.access.people import Person
from dashboard.access.routes import ROUTES
from dashboard.archive.routes import ArchivePages
from stream.kpi.catalogue import load_catalogue
from tests.building.applying import opener
from tests.building.archived import MONTHLY, Archive, month
from tests.building.moments import local
from tests.building.visitors import person, signed_in

NOW = local("2026-11-23 09:00")
PLACES = {
    "kind": MONTHLY, "period": "2026-11", "version": "2", "name": "snapshot.json", "receiver": "tinh", "number": "1",
}  # fmt: skip
ADDRESSES = [(each.method, each.pattern) for each in ROUTES if each.pattern.startswith("/archive/")]
MAKING = {address for address in ADDRESSES if address[0] == "POST" or "/run/" in address[1] or "/drafts/" in address[1]}
LEADER, ADMINISTRATOR = person("leader"), person("administrator")
OF_A_UNIT = {role: person(role, "03979") for role in ("leader", "administrator")}


@pytest.fixture
def server(database: str, stream: psycopg.Connection) -> Iterator[FastAPI]:
    archive = Archive(stream)
    archive.key(NOW - timedelta(days=90))
    month(archive)
    server = FastAPI()
    pages = ArchivePages(opener(database), lambda: NOW, load_catalogue())
    pages.mount(server)
    yield server
    pages.close()


def asked(server: FastAPI, who: Person | None, method: str, path: str, **headers: str) -> int:
    async def ask() -> int:
        transport = httpx.ASGITransport(signed_in(server, who))
        async with httpx.AsyncClient(transport=transport, base_url="http://ioc") as client:
            query = {"version": "2", "section": "form-ii06a", "kpi": "received_month", "kind": MONTHLY}
            body: dict[str, str] | None = {} if method == "POST" else None
            address = path.format(**PLACES)
            return (await client.request(method, address, params=query, headers=headers, json=body)).status_code

    return asyncio.run(ask())


def test_there_are_addresses_and_some_of_them_make_something() -> None:
    assert (len(ADDRESSES), len(MAKING)) == (16, 4)


@pytest.mark.parametrize("who", [None, person("operator"), person("analyst")], ids=["nobody", "operator", "analyst"])
def test_who_may_not_look_into_the_archive_gets_nothing_of_it(server: FastAPI, who: Person | None) -> None:
    refused = 401 if who is None else 403
    assert {address: asked(server, who, *address, origin="http://ioc") for address in ADDRESSES} == dict.fromkeys(
        ADDRESSES, refused
    )


@pytest.mark.parametrize(
    "who", [LEADER, *OF_A_UNIT.values()], ids=["leader", "leader of a unit", "administrator of one"]
)
def test_only_administrators_of_the_whole_area_make_anything(server: FastAPI, who: Person) -> None:
    found = {address: asked(server, who, *address, origin="http://ioc") for address in ADDRESSES}
    assert {address for address, status in found.items() if status == 403} == MAKING | (
        set() if who is LEADER else {("GET", "/archive/{kind}/{period}/{version}/file/{name}")}
    )
    assert 403 not in {asked(server, ADMINISTRATOR, *address, origin="http://ioc") for address in ADDRESSES}


@pytest.mark.parametrize("headers", [{}, {"origin": "http://evil.example"}, {"origin": "null"}])
def test_a_page_of_another_house_makes_nothing(server: FastAPI, headers: dict[str, str]) -> None:
    for method, path in MAKING:
        if method == "POST":
            assert asked(server, ADMINISTRATOR, method, path, **headers) == 403
            assert asked(server, ADMINISTRATOR, method, path, origin="http://ioc") == 400  # understood, and empty
