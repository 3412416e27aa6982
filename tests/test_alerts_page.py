"""The page of alerts: each sees what is about their units, and puts aside what is theirs, for a reason and a while."""

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import httpx
import psycopg
import pytest
from fastapi import FastAPI

from dashboard.access.people import Person
from dashboard.alerts.addresses import address_of
from dashboard.alerts.naming import name_of
from dashboard.alerts.routes import AlertPages
from dashboard.data.page import ASSETS
from dashboard.text import LANGUAGES, words_in
from stream.alerts.machine import Happened
from stream.alerts.outbox import Channel
from stream.alerts.silences import Wanted, read_silences, write_silence
from tests.building.alerts import told_of
from tests.building.applying import opener
from tests.building.moments import local
from tests.building.visitors import person, signed_in

NOW = local("2026-03-13 09:00")


class Asker:
    """Asks the pages, as somebody whom the guard let in."""

    def __init__(self, server: FastAPI, who: Person | None) -> None:
        self.server, self.who = signed_in(server, who), who

    def get(self, address: str) -> httpx.Response:
        return asyncio.run(self._ask("GET", address, None))

    def post(self, address: str, body: dict[str, Any]) -> httpx.Response:
        return asyncio.run(self._ask("POST", address, body))

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = self.get("/ops/alerts/state").json()["state"]
        return state

    async def _ask(self, method: str, address: str, body: dict[str, Any] | None) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.server), base_url="http://ioc") as client:
            return await client.request(method, address, json=body, headers={"origin": "http://ioc"})


@pytest.fixture
def server(database: str) -> Iterator[FastAPI]:
    server = FastAPI()
    pages = AlertPages(opener(database), lambda: NOW)
    pages.mount(server)
    yield server
    pages.close()


def test_the_page_needs_somebody_who_may_see_cases(server: FastAPI) -> None:
    assert Asker(server, None).get("/ops/alerts").status_code == 401
    assert Asker(server, person("leader")).get("/ops/alerts?lang=en").status_code == 200
    assert Asker(server, person("leader")).post("/ops/alerts/silence", {}).status_code == 403
    assert Asker(server, None).post("/ops/alerts/end", {}).status_code == 401


def test_each_sees_the_alerts_of_their_units_and_those_of_all(server: FastAPI, stream: psycopg.Connection) -> None:
    for subject in ("03980", "03979", "area", "source:mc"):
        told_of(stream, NOW, subject=subject)
    seen = [each["subject"] for each in Asker(server, person("leader", "03980")).state()["open"]]
    assert sorted(seen) == ["03980", "area", "source:mc"]
    assert len(Asker(server, person("leader")).state()["open"]) == 4


def test_putting_aside_needs_a_reason_and_an_end_and_is_on_record(server: FastAPI, stream: psycopg.Connection) -> None:
    told_of(stream, NOW)
    operator = Asker(server, person("operator"))
    body = {"rule": "overdue_long", "unit": "03980", "hours": 4}
    for wrong, reason in (
        ({**body, "reason": "  "}, "reason_missing"),
        ({**body, "reason": "hỏi anh Nam 0912 345 678"}, "personal_phone"),
        ({"hours": 4, "reason": "x"}, "nothing_named"),
    ):
        answer = operator.post("/ops/alerts/silence", wrong)
        assert (answer.status_code, answer.json()["detail"]) == (422, reason)
    for hours in (0, -1, 31 * 24 + 1):
        assert operator.post("/ops/alerts/silence", {**body, "hours": hours, "reason": "x"}).status_code == 400
    answer = operator.post("/ops/alerts/silence", {**body, "reason": "đang xử lý tập trung"})
    assert answer.status_code == 200
    [silence] = read_silences(stream, NOW)
    assert (silence.made_by, silence.until_at) == ("lan", NOW + timedelta(hours=4))
    state = operator.state()
    assert [each["silenced"] for each in state["open"]] == [True]
    assert [(each["reason"], each["yours"]) for each in state["silences"]] == [("đang xử lý tập trung", True)]
    [(who, what)] = stream.execute("select who, what from dashboard.audit").fetchall()
    assert (who, what) == ("lan", "alerts.silenced")
    assert operator.post("/ops/alerts/end", {"id": silence.id}).status_code == 200
    assert operator.post("/ops/alerts/end", {"id": silence.id}).status_code == 404
    assert operator.state()["silences"] == []


def test_nobody_puts_aside_what_is_not_theirs(server: FastAPI, stream: psycopg.Connection) -> None:
    operator = Asker(server, person("operator", "03980"))
    strange = ({"unit": "²"}, {"unit": "٠٣٩٨٠"}, {"unit": "3980"})  # what Python takes for digits, and for a number
    for body in ({"unit": "03979"}, {"rule": "overdue_long"}, {"unit": "area"}, {"unit": "source:mc"}, *strange):
        answer = operator.post("/ops/alerts/silence", {**body, "hours": 1, "reason": "x"})
        assert (answer.status_code, answer.json()["detail"]) == (403, "outside_scope")
    assert operator.post("/ops/alerts/silence", {"unit": "03980", "hours": 1, "reason": "x"}).status_code == 200
    number = write_silence(stream, Wanted("overdue_long", None, "x", "minh", NOW + timedelta(hours=1)), NOW)
    assert operator.post("/ops/alerts/end", {"id": number}).status_code == 403
    assert [each["yours"] for each in operator.state()["silences"]] == [True, False]


def test_another_house_puts_nothing_aside(server: FastAPI) -> None:
    async def ask() -> int:
        transport = httpx.ASGITransport(signed_in(server, person("operator")))
        async with httpx.AsyncClient(transport=transport, base_url="http://ioc") as client:
            body = {"unit": "03980", "hours": 1, "reason": "x"}
            answer = await client.post("/ops/alerts/silence", json=body, headers={"origin": "http://evil.example"})
            return answer.status_code

    assert asyncio.run(ask()) == 403


def test_the_page_says_whether_anybody_looks(server: FastAPI, stream: psycopg.Connection) -> None:
    asker = Asker(server, person("leader"))
    assert asker.state()["service"] is None
    stream.execute(
        "insert into alert_service values (true, now() - interval '2 minutes',"
        ' \'{"rules": [], "channels": [], "problem": "alerts.toml: x"}\')'
    )
    service = asker.state()["service"]
    assert (service["away"], service["problem"]) == (True, "alerts.toml: x")


@pytest.mark.parametrize(
    ("about", "address"),
    [
        (("cases", "overdue", "03980"), "/ops/?unit=03980&state=overdue"),
        (("cases", "letter_owed", "03980"), "/ops/behind/apologies_due?unit=03980"),
        (("cases", "unanswered", "03980"), "/ops/?unit=03980&state=escalated"),
        (("kpi", "on_time_rate", "area"), "/kpi/on_time_rate"),
        (("kpi", "overdue_now", "03980"), "/kpi/overdue_now?unit=03980"),
        (("sources", "sources", "source:mc"), "/data/"),
    ],
)
def test_an_alert_leads_to_what_it_is_about(about: tuple[str, str, str], address: str) -> None:
    assert address_of(*about) == address


def test_what_an_alert_is_about_has_a_name() -> None:
    words = words_in("vi")
    now = datetime(2026, 3, 13, tzinfo=UTC)
    assert name_of("03980", now, words) == "Phường Mộc Châu"
    assert name_of("area", now, words) == "Toàn địa bàn Mộc Châu"
    assert name_of("source:mc", now, words) == "Nguồn mc"
    assert name_of("cause:frozen", now, words) == "Số liệu đứng yên"
    assert name_of("99999", now, words) == "99999"


def test_the_scripts_of_the_page_find_their_words() -> None:
    scripts = "\n".join(file.read_text() for file in (ASSETS / "alerts").glob("*.js"))
    named = set(re.findall(r"\bwords\.(\w+)", scripts))
    built = set(re.findall(r"\bwords\[`(\w+)_\$\{", scripts))
    for language in LANGUAGES:
        words = words_in(language)
        written = {**words.under("alerts"), **words.under("page")}
        assert named <= written.keys()
        assert all(any(key.startswith(f"{start}_") for key in written) for start in built)
        assert all(f"held_{state}" in written for state in ("late", "partial", "frozen"))
        assert {f"channel_{each}" for each in get_args(Channel)} <= written.keys()
        assert {f"kind_{each}" for each in get_args(Happened)} <= written.keys()
