"""The matrix of docs/access.md, tried: every line of the table of addresses, for everybody, in both houses.

At the guard itself with every scope (what it lets in is answered by a program that says so), and over HTTP on the
whole server, where what is let in may be refused again by what answers it.
"""

import asyncio
import itertools
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest
from starlette.types import Receive, Send
from starlette.types import Scope as Asgi

from dashboard.access import AccessGuard
from dashboard.access.entry import Access
from dashboard.access.guard import Known
from dashboard.access.people import RIGHTS, Person, Role, Scope, Signed
from dashboard.access.routes import ROUTES, Route
from dashboard.access.rule import ROTATION
from dashboard.access.sessions import DISPLAY_SECONDS, Sessions
from dashboard.access.tokens import Seal
from dashboard.displays.facts import DisplayFacts
from tests.building.access_table import matrix, roles
from tests.building.televisions import Television
from tests.servers.centre import Centre as WholeCentre
from tests.servers.displays import Centre
from tests.servers.people import signed_in
from tests.servers.wall import Wall

ROLES: tuple[Role, ...] = ("leader", "analyst", "operator", "administrator")
WHO = ("anonymous", "display", *ROLES)
SCOPES = {"everywhere": Scope(), "one unit": Scope((("03979", date(2026, 1, 1)),)), "nothing": Scope(())}
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
FACTS = DisplayFacts(7, "Sảnh", ("overview",), 30, "vi", "dark")
_SAMPLES = {
    "kpi": "overdue_now", "code:path": "H52.17.18-260105-9999", "part": "0", "pos": "1", "number": "999",
    "login": "nobody-at-all", "rest:path": "rotation", "view": "999",
}  # fmt: skip


def address(route: Route) -> str:
    path = route.pattern
    for name, value in _SAMPLES.items():
        path = path.replace(f"{{{name}}}", value)
    return path


def wanted(route: Route, who: str, access: Access) -> str:
    """What the table of the docs says."""
    row = matrix()[route.need]
    return row[who] if who in row else row[f"{who}, {access}"]


def is_own(route: Route) -> bool:
    """Whether it is of a display's own rotation."""
    return route.pattern.startswith(("/wall/{", "/feed/wall"))


class House:
    """A guard before a program that lets everything pass, and one person of each role and scope."""

    def __init__(self, access: Access) -> None:
        sessions = Sessions(b"secret", None, lambda: NOW)
        self.guard = AccessGuard(self.program, access, sessions, Known(self, self))
        self.display = Seal(b"secret", "display session", int, lambda: NOW).sealed(7, seconds=DISPLAY_SECONDS)

    async def program(self, _: Asgi, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 299, "headers": [(b"content-type", b"text/event-stream")]})
        await send({"type": "http.response.body", "body": b"let in"})

    async def known(self) -> bool:
        return True

    def get(self, number: int) -> DisplayFacts | None:
        return FACTS if number == FACTS.id else None

    def touch(self, _: Signed) -> None:
        pass

    def signed(self, token: str) -> Signed | None:
        role, _, scope = token.partition("/")
        if role not in RIGHTS:
            return None  # one that ended is none
        person = Person(1, "hoa", "Hoa", role, SCOPES[scope.replace("+", " ")])  # type: ignore[arg-type] # checked above
        return Signed(1, person, NOW + timedelta(hours=1), NOW, must_change=False)

    def ask(self, route: Route, cookie: str, *, navigates: bool) -> tuple[int, str]:
        """The status, and where it leads."""
        said: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            said.append(message)

        headers = [(b"host", b"h"), (b"origin", b"http://h"), (b"cookie", cookie.encode()),
            (b"sec-fetch-mode", b"navigate" if navigates else b"cors")]  # fmt: skip
        scope: Asgi = {"type": "http", "method": route.method, "path": address(route), "query_string": b"",
            "headers": headers}  # fmt: skip
        asyncio.run(self.guard(scope, receive, send))
        led = dict(said[0]["headers"]).get(b"location", b"").decode()
        return said[0]["status"], led


def cookie_of(house: House, who: str, scope: str) -> str:
    if who == "anonymous":
        return ""
    return f"ioc_display={house.display}" if who == "display" else f"ioc_session={who}/{scope.replace(' ', '+')}"


def test_the_roles_are_those_of_the_docs() -> None:
    assert {role: set(rights) for role, rights in RIGHTS.items()} == roles()


def test_the_docs_have_a_row_for_every_need() -> None:
    assert set(matrix()) == {route.need for route in ROUTES}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("access", ["open", "enrolled"])
def test_the_guard_lets_in_whom_the_table_lets_in_whatever_their_scope(access: Access, who: str) -> None:
    house, wrong = House(access), []
    for route, scope in itertools.product(ROUTES, SCOPES):
        says = wanted(route, who, access)
        may = says == "yes" or (says == "own" and is_own(route))
        for navigates in (True, False):
            status, led = house.ask(route, cookie_of(house, who, scope), navigates=navigates)
            if (status == 299) != may or (
                not may and not refused_rightly(who, status, led, route, navigates=navigates)
            ):
                wrong.append((route.method, route.pattern, scope, navigates, status, led))
    assert wrong == []


def refused_rightly(who: str, status: int, led: str, route: Route, *, navigates: bool) -> bool:
    """A person is led to where they sign in, a script told; a display is led to its wall or told."""
    if route.need == "display":
        return status == 401
    if who == "anonymous":
        place = "/display/" if address(route) == ROTATION else "/sign-in/"  # a television that was wiped enrols anew
        return (status, led.partition("?")[0]) == (303, place) if navigates else status == 401
    return status == 403 or (who == "display" and (status, led) == (303, ROTATION))


@pytest.mark.parametrize("access", ["open", "enrolled"])
@pytest.mark.parametrize("cookie", ["ioc_session=ended/x", "ioc_session=", "ioc_display=x.y"])
def test_a_session_that_ended_is_worth_as_much_as_none(access: Access, cookie: str) -> None:
    house = House(access)
    for route, navigates in itertools.product(ROUTES, (True, False)):
        assert house.ask(route, cookie, navigates=navigates) == house.ask(route, "", navigates=navigates)


@pytest.fixture(scope="module")
def closed(closed_centre: Centre) -> Iterator[dict[str, httpx.Client]]:
    """A browser for everybody, before the whole server with its doors shut."""
    television, _ = closed_centre.television()
    made = {str(role): browser_of(closed_centre.wall, role) for role in ROLES}
    yield {**made, "display": television.browser, "anonymous": Television(closed_centre.url).browser}
    for each in made.values():
        each.close()


def browser_of(wall: Wall, role: Role, scope: tuple[tuple[str, date], ...] = ()) -> httpx.Client:
    cookies = signed_in(wall, role, scope)
    return httpx.Client(base_url=wall.url, cookies=cookies, headers={"origin": wall.url}, timeout=20)


# What would end the session that the next line needs, or count as a wrong try.
_ENDING = {"/sign-in/leave", "/sign-in/session", "/sign-in/oidc", "/sign-in/oidc/back"}


@pytest.mark.parametrize("who", WHO)
def test_the_whole_server_refuses_and_allows_as_written(closed: dict[str, httpx.Client], who: str) -> None:
    wrong = []
    for route in ROUTES:
        if route.pattern in _ENDING:
            continue
        says = wanted(route, who, "enrolled")
        with closed[who].stream(route.method, address(route), **sent(route)) as answer:  # a stream: only its head
            refused = answer.status_code in {303, 401} or (
                answer.status_code == 403 and json.loads(answer.read())["detail"] in {"not_for_you", "session_needed"}
            )
        if refused == (says == "yes" or (says == "own" and is_own(route))):
            wrong.append((route.method, route.pattern, answer.status_code))
    assert wrong == []


def sent(route: Route) -> dict[str, Any]:
    return {} if route.method == "GET" else {"json": {}}


CASE_OF_ANOTHER_UNIT = "H52.17.18-260105-0006"  # number % 3 == 0: of 03980 (tests/servers/centre.py)
SCOPED = [
    ("GET", f"/ops/case/{CASE_OF_ANOTHER_UNIT}"), ("GET", f"/ops/case/{CASE_OF_ANOTHER_UNIT}/facts.json"),
    ("GET", f"/ops/letter/{CASE_OF_ANOTHER_UNIT}"), ("GET", f"/ops/letter/{CASE_OF_ANOTHER_UNIT}.pdf"),
    ("GET", f"/ops/people?case={CASE_OF_ANOTHER_UNIT}"), ("POST", f"/ops/letter/{CASE_OF_ANOTHER_UNIT}"),
]  # fmt: skip


@pytest.fixture(scope="module")
def narrow(shared_centre: WholeCentre) -> Iterator[httpx.Client]:
    """An operator of one unit."""
    with browser_of(shared_centre, "operator", (("03979", date(2026, 7, 1)),)) as made:
        yield made


@pytest.mark.parametrize(("method", "path"), SCOPED)
def test_a_case_outside_the_scope_is_none(narrow: httpx.Client, method: str, path: str) -> None:
    answer = narrow.request(method, path, json=None if method == "GET" else {})
    assert answer.status_code == 404, answer.text


def test_an_act_on_a_case_outside_the_scope_is_none(narrow: httpx.Client) -> None:
    body = {"act": "comment", "case": CASE_OF_ANOTHER_UNIT, "seen": 0, "note": "xem"}
    assert narrow.post("/ops/act", json=body).status_code == 404


@pytest.mark.parametrize(
    "path", ["/ops/rows?count=500", "/ops/export.csv", "/kpi/overdue_now/cases", "/ops/behind/overdue_now/cases"]
)
def test_lists_and_what_is_taken_away_have_only_cases_of_the_scope(
    narrow: httpx.Client, shared_centre: WholeCentre, path: str
) -> None:
    with browser_of(shared_centre, "operator") as wide:
        everything, own = wide.get(path), narrow.get(path)
    assert (everything.status_code, own.status_code) == (200, 200)
    assert CASE_OF_ANOTHER_UNIT.rpartition("-")[0] in everything.text
    codes = {f"H52.17.18-260105-{number:04d}" for number in range(1, 81)}
    others = {code for code in codes if int(code[-4:]) % 3 != 1}
    assert {code for code in others if code in everything.text}
    assert {code for code in others if code in own.text} == set()
    assert {code for code in codes - others if code in own.text}


def test_a_figure_is_everybodys_and_says_how_many_of_its_cases_lie_outside_the_scope(
    narrow: httpx.Client, shared_centre: WholeCentre
) -> None:
    with browser_of(shared_centre, "operator") as wide:
        whole = wide.get("/kpi/overdue_now/cases").json()["state"]
    own = narrow.get("/kpi/overdue_now/cases").json()["state"]
    assert (own["number"], own["upper"]) == (whole["number"], whole["upper"])
    assert (whole["outside"], own["outside"]) == (0, whole["number"] - len(own["cases"]))
    assert own["outside"] > 0


def test_a_stream_of_cases_ends_with_the_session(shared_centre: WholeCentre) -> None:
    with (
        browser_of(shared_centre, "analyst") as browser,
        browser.stream("GET", "/feed/ops") as answer,
    ):
        lines = answer.iter_lines()
        assert "event: hello" in lines
        browser.post("/sign-in/leave", json={})
        assert "event: gone" in lines
        assert next(lines) == 'data: {"why":"expired"}'
