"""The guard itself, before a small program: streams that outlive a session, sockets, and a database that is away."""

import asyncio
from collections.abc import MutableMapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from dashboard.access import AccessGuard, display_of
from dashboard.access.entry import Access
from dashboard.access.guard import Known
from dashboard.access.house import origin_of_house
from dashboard.access.people import PERSON, Person, Signed
from dashboard.access.people import Scope as Units
from dashboard.access.sessions import DISPLAY_SECONDS, Sessions
from dashboard.access.tokens import Seal
from dashboard.displays.challenges import Challenges
from dashboard.displays.facts import DisplayFacts
from dashboard.displays.pace import Pace
from dashboard.displays.roll import Roll
from dashboard.displays.telling import is_due

FACTS = DisplayFacts(7, "Sảnh", ("map", "health"), 45, "en", "light")

OPERATOR = Signed(
    3, Person(5, "hoa", "Hoa", "operator", Units()), datetime(2027, 1, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC),
    must_change=False,
)  # fmt: skip


@dataclass
class House:
    """A guard, its clock, and a program behind it that streams a frame whenever `frames` has one."""

    access: Access = "enrolled"
    approved: dict[int, DisplayFacts] = field(default_factory=lambda: {7: FACTS})
    people: dict[str, Signed] = field(default_factory=dict)
    touched: list[int] = field(default_factory=list)
    is_known: bool = True
    now: datetime = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    frames: int = 1
    asked: Scope = field(default_factory=dict)
    shown: DisplayFacts | None = None

    def __post_init__(self) -> None:
        self.sessions = Sessions(b"secret", "the key", self.clock)
        self.guard = AccessGuard(self.program, self.access, self.sessions, Known(self, self))

    def clock(self) -> datetime:
        return self.now

    async def known(self) -> bool:
        return self.is_known

    def get(self, number: int) -> DisplayFacts | None:
        return self.approved.get(number) if self.is_known else None

    def signed(self, token: str) -> Signed | None:
        return self.people.get(token)

    def touch(self, signed: Signed) -> None:
        self.touched.append(signed.number)

    async def program(self, scope: Scope, _: Receive, send: Send) -> None:
        self.asked, self.shown = scope, display_of()
        kind = b"text/event-stream" if scope["path"].startswith("/feed/") else b"text/html"
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
        for number in range(self.frames):
            await send({"type": "http.response.body", "body": b"frame %d;" % number, "more_body": True})
            self.between(number)
        await send({"type": "http.response.body", "body": b"end"})

    def between(self, number: int) -> None:
        """What happens after a frame."""

    def ask(
        self, path: str, cookie: str = "", query: str = "", kind: str = "http", *,
        method: str = "GET", page: bytes = b"http://h/wall/rotation", more: tuple[tuple[bytes, bytes], ...] = (),
    ) -> tuple[int, bytes]:  # fmt: skip
        said: list[MutableMapping[str, Any]] = []

        async def receive() -> MutableMapping[str, Any]:
            return {"type": "http.disconnect"}

        async def send(message: MutableMapping[str, Any]) -> None:
            said.append(message)

        scope: Scope = {"type": kind, "path": path, "query_string": query.encode(),
            "headers": [(b"cookie", cookie.encode()), (b"referer", page), *more]}  # fmt: skip
        if kind == "http":
            scope["method"] = method
        asyncio.run(self.guard(scope, receive, send))
        if kind == "websocket":
            return said[0].get("code", 0), b""
        return said[0]["status"], b"".join(message.get("body", b"") for message in said[1:])

    def display(self) -> str:
        return "ioc_display=" + Seal(b"secret", "display session", int, self.clock).sealed(7, seconds=DISPLAY_SECONDS)


def test_a_stream_of_a_display_ends_when_it_is_revoked() -> None:
    class Revoking(House):
        def between(self, number: int) -> None:
            if number == 1:
                self.approved.clear()

    status, said = Revoking(frames=5).ask("/feed/wall", House().display())
    assert (status, said) == (200, b'frame 0;frame 1;event: gone\ndata: {"why":"revoked"}\n\n')


@pytest.mark.parametrize(
    ("later", "why"),
    [({}, "expired"), ({"token": OPERATOR._replace(person=replace(OPERATOR.person, role="leader"))}, "changed")],
)
def test_a_stream_of_a_person_ends_with_the_session_or_the_role(later: dict[str, Signed], why: str) -> None:
    class Waiting(House):
        def between(self, number: int) -> None:
            if number == 1:
                self.people = later

    house = Waiting(frames=5, people={"token": OPERATOR})
    status, said = house.ask("/feed/wall", "ioc_session=token")
    assert (status, said) == (200, b'frame 0;frame 1;event: gone\ndata: {"why":"%s"}\n\n' % why.encode())


def test_a_session_that_ended_opens_nothing() -> None:
    assert House().ask("/feed/wall", "ioc_session=token")[0] == 401


def test_in_an_open_house_the_wall_goes_on_without_a_session_and_a_list_of_cases_does_not() -> None:
    class Waiting(House):
        def between(self, number: int) -> None:
            del number
            self.people = {}

    def said(path: str) -> bytes:
        return Waiting(access="open", people={"token": OPERATOR}).ask(path, "ioc_session=token")[1]

    assert said("/feed/wall") == b"frame 0;end"
    assert said("/feed/ops") == b'frame 0;event: gone\ndata: {"why":"expired"}\n\n'


def test_who_asks_is_told_to_the_rest_of_the_server() -> None:
    house = House(people={"token": OPERATOR})
    house.ask("/ops/rows", "ioc_session=token")
    assert house.asked[PERSON] == OPERATOR.person
    assert house.touched == []  # a page asks by itself


def test_looking_at_a_page_is_doing_something() -> None:
    house = House(people={"token": OPERATOR})
    house.ask("/ops/", "ioc_session=token", more=((b"sec-fetch-mode", b"navigate"),))
    assert house.touched == [OPERATOR.number]


def test_where_the_database_is_away_nobody_is_believed_to_be_anybody() -> None:
    house = House(is_known=False, people={"token": OPERATOR})
    assert house.ask("/ops/rows", "ioc_session=token")[0] == 503
    assert house.ask("/ops/rows")[0] == 401
    assert house.ask("/sign-in/", "ioc_session=token")[0] == 200


def test_a_password_that_others_know_opens_only_the_page_that_changes_it() -> None:
    house = House(access="open", people={"token": OPERATOR._replace(must_change=True)})
    assert house.ask("/ops/rows", "ioc_session=token")[0] == 403
    assert house.ask("/wall/", "ioc_session=token")[0] == 403
    assert house.ask("/sign-in/password", "ioc_session=token")[0] == 200
    assert house.asked[PERSON] is None


def test_what_is_no_stream_is_not_cut_short() -> None:
    class Revoking(House):
        def between(self, number: int) -> None:
            del number
            self.approved.clear()

    assert Revoking().ask("/wall/rotation", House().display()) == (200, b"frame 0;end")


def test_the_scenes_are_those_of_the_display() -> None:
    house = House()
    house.ask("/feed/wall", house.display(), "scenes=overview&v=1")
    assert (house.asked["query_string"], house.shown) == (b"v=1&scenes=map,health", FACTS)
    house.ask("/wall/rotation", house.display(), "scenes=overview&lang=vi&at=2020")
    assert house.asked["query_string"] == b"scenes=map,health&seconds=45&lang=en&theme=light"
    house.ask("/wall/_dash-layout", house.display())
    referers = [value for name, value in house.asked["headers"] if name == b"referer"]
    assert referers == [b"/wall/rotation?scenes=map,health&seconds=45&lang=en&theme=light"]
    assert display_of() is None


@pytest.mark.parametrize("access", ["open", "enrolled"])
@pytest.mark.parametrize("cookie", ["", "ioc_display=x", "ioc_session=token"])
def test_nobody_speaks_to_dash_over_a_socket(access: Access, cookie: str) -> None:
    house = House(access, people={"token": OPERATOR})
    assert house.ask("/wall/_dash-ws-callback", cookie, kind="websocket") == (1008, b"")
    assert house.asked == {}


@pytest.mark.parametrize("header", [b"Basic eDp5", b"Bearer wrong", b""])
def test_a_header_that_proves_nothing_makes_no_script_of_a_browser(header: bytes) -> None:
    house = House(people={"token": OPERATOR})
    more = ((b"host", b"h"), (b"origin", b"http://elsewhere.example"), (b"authorization", header))
    assert house.ask("/sign-in/present", "ioc_session=token", method="POST", more=more)[0] == 403
    own = ((b"host", b"h"), (b"origin", b"http://h"), (b"authorization", header))
    assert house.ask("/sign-in/present", "ioc_session=token", method="POST", more=own)[0] == 200


def test_where_the_database_is_away_a_display_is_told_to_wait_and_not_sent_away() -> None:
    house = House(is_known=False)
    assert house.ask("/wall/rotation", house.display())[0] == 503
    assert house.ask("/display/", house.display())[0] == 200
    assert house.ask("/wall/rotation")[0] == 401


@pytest.mark.parametrize("page", [b"http://[", b"http://[::1", b"//]", b"\xff"])
def test_a_referrer_that_is_no_address_is_none(page: bytes) -> None:
    house = House()
    assert house.ask("/health", page=page)[0] == 200
    assert house.ask("/wall/rotation", house.display(), page=page)[0] == 200
    assert house.ask("/data/state", page=page)[0] == 401


@pytest.mark.parametrize("header", [(b"content-length", b"1000000000"), (b"transfer-encoding", b"chunked")])
def test_a_body_is_not_let_in_to_the_wall_where_dash_would_read_all_of_it(header: tuple[bytes, bytes]) -> None:
    house = House(access="open")
    assert house.ask("/wall/_dash-dependencies")[0] == 200
    assert house.ask("/wall/_dash-dependencies", more=((b"content-length", b"0"),))[0] == 200
    assert house.ask("/wall/_dash-dependencies", more=(header,))[0] == 403


@pytest.mark.parametrize("origin", ["http://[", "https://[::1", "null", ""])
def test_an_origin_that_is_no_address_is_of_another_house(origin: str) -> None:
    assert origin_of_house(Headers({"host": "here", "origin": origin})) is None


def test_a_clock_that_was_set_back_silences_no_display() -> None:
    now = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    assert is_due(None, now)
    assert not is_due(now - timedelta(seconds=9), now)
    assert is_due(now - timedelta(seconds=10), now)
    assert is_due(now + timedelta(days=400), now)


def test_a_session_of_a_display_runs_out() -> None:
    house = House()
    cookie = house.display()
    assert house.ask("/wall/rotation", cookie)[0] == 200
    house.now += timedelta(seconds=DISPLAY_SECONDS)
    assert house.ask("/wall/rotation", cookie)[0] == 401


def test_a_token_is_good_for_its_purpose_and_its_key_only() -> None:
    house = House()
    token = Seal(b"secret", "one", int, house.clock).sealed(7, seconds=10)
    assert Seal(b"secret", "one", int, house.clock).opened(token) == (7, house.now.timestamp() + 10)
    assert Seal(b"secret", "another", int, house.clock).opened(token) is None
    assert Seal(b"other", "one", int, house.clock).opened(token) is None
    assert Seal(b"secret", "one", int, house.clock).opened(token[:-2]) is None


def test_what_was_known_last_holds_while_the_database_is_away() -> None:
    answers: list[dict[int, DisplayFacts] | None] = [{7: FACTS}, None]

    def read() -> dict[int, DisplayFacts]:
        found = answers.pop(0)
        if found is None:
            raise OSError("away")
        return found

    async def twice(roll: Roll) -> tuple[bool, bool]:
        return await roll.renew(), await roll.renew()

    roll = Roll(read)
    assert asyncio.run(twice(roll)) == (True, False)
    assert roll.get(7) == FACTS


def test_a_challenge_runs_out_within_a_minute() -> None:
    house = House()
    challenges = Challenges(house.clock)
    challenge = challenges.make("https://here", 7)
    assert challenges.holds(challenge, "https://here", 7)
    assert not Challenges(house.clock).holds(challenge, "https://here", 7)  # of another process
    house.now += timedelta(seconds=60)
    assert not challenges.holds(challenge, "https://here", 7)


def test_new_devices_come_in_a_burst_and_then_one_by_one() -> None:
    seconds = [0.0]
    pace = Pace(3, 6.0, lambda: seconds[0])
    assert [pace.take() for _ in range(4)] == [True, True, True, False]
    seconds[0] = 6.1
    assert [pace.take() for _ in range(2)] == [True, False]
