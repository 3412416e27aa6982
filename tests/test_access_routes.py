"""Every address that the real server answers has its line in the table of rights, and every line is of one."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute, Mount, compile_path

from dashboard.access.entry import Entry, OidcFacts
from dashboard.access.routes import ROUTES, need_of, route_of
from dashboard.server import create_server

_OIDC = OidcFacts("http://127.0.0.1:1", "ioc", "secret")
_SAMPLES = {
    "kpi": "overdue_now",
    "code": "H52.17.18-260105-0001",
    "part": "0",
    "pos": "1",
    "number": "7",
    "login": "hoa",
}


@pytest.fixture(scope="module")
def server() -> FastAPI:
    """The whole server; it is never started."""

    def nowhere() -> None:
        raise AssertionError("nothing is asked for")

    return create_server(nowhere, "redis://127.0.0.1:1", entry=Entry(oidc=_OIDC))  # type: ignore[arg-type] # as above


def served(routes: list[BaseRoute], before: str = "") -> Iterator[tuple[str, str]]:
    """Every method and path that something answers; a folder of files by a file in it."""
    for context in iter_route_contexts(routes):
        route = context.original_route
        if isinstance(route, Mount):
            inner = list(route.routes)
            yield from served(inner, before + route.path) if inner else iter([("GET", f"{before}{route.path}/a/b.js")])
            continue
        path = f"{before}{context.path or getattr(route, 'path', '')}"
        for method in sorted(context.methods or getattr(route, "methods", None) or {"GET"}):
            yield method, path


def asked(path: str) -> str:
    """A path as a browser asks for it."""
    for name in compile_path(path)[2]:
        for written in (f"{{{name}}}", f"{{{name}:path}}", f"{{{name}:int}}"):
            path = path.replace(written, _SAMPLES.get(name, "x"))
    return path


def flattened(server: FastAPI) -> list[tuple[str, str]]:
    return [(method, asked(path)) for method, path in served(list(server.routes))]


def test_every_address_of_the_server_stands_in_the_table(server: FastAPI) -> None:
    found = flattened(server)
    assert len(found) > 60
    assert {path.split("/")[1] for _, path in found} >= {
        "wall",
        "feed",
        "kpi",
        "data",
        "displays",
        "sign-in",
        "accounts",
    }
    missing = [
        (method, path) for method, path in found
        if need_of(method, path) is None and method not in {"OPTIONS"} and not _is_closed(method, path)
    ]  # fmt: skip
    assert missing == []


def test_nothing_can_be_sent_to_dash(server: FastAPI) -> None:
    sent = [(method, path) for method, path in flattened(server) if _is_closed(method, path)]
    assert sent != []
    assert {need_of(method, path) for method, path in sent} == {None}


def test_every_line_of_the_table_is_of_an_address_of_the_server(server: FastAPI) -> None:
    lines = {route_of(method, path) for method, path in flattened(server)}
    beside = {"/wall"}  # Starlette leads from there to /wall/ by itself
    assert [route for route in ROUTES if route not in lines and route.pattern not in beside] == []


@pytest.mark.parametrize(
    "path", ["/nowhere", "/ops/nowhere", "/data/nowhere", "/sign-in/nowhere", "/kpi/a/b", "//", "/wal"]
)
def test_what_is_not_in_the_table_is_nobodys(path: str) -> None:
    assert need_of("GET", path) is None


def _is_closed(method: str, path: str) -> bool:
    """Dash answers posts below the wall, to which nothing may ever be sent."""
    return path.startswith("/wall/") and method not in {"GET", "HEAD"}
