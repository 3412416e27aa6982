"""Sending a quarantined record again over HTTP: an operator's act, and nobody else's."""

import asyncio
import json
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from fastapi import FastAPI

from dashboard.access.people import Role
from dashboard.data.routes import DataPages
from ioc.operating import entry_of
from ioc.services.postgres import EmbeddedPostgres
from ioc.services.valkey import EmbeddedValkey
from ioc.settings import Settings
from tests.servers.data_page import POISON, dashboard_on, poison, script_key, tell
from tests.servers.people import signed_in
from tests.servers.processes import wait_until
from tests.servers.wall import Wall


@pytest.fixture(scope="module")
def centre(
    postgres: EmbeddedPostgres, migrated: str, valkey: EmbeddedValkey, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Wall]:
    with dashboard_on(postgres, migrated, valkey.url, tmp_path_factory.mktemp("data")) as wall:
        yield wall


def state(centre: Wall) -> dict[str, Any]:
    told: dict[str, Any] = httpx.get(f"{centre.url}/data/state").json()["state"]
    return told


def place(centre: Wall) -> dict[str, int]:
    [record] = [each for each in state(centre)["quarantine"]["listed"] if each["key"] == POISON][-1:]
    return {"part": record["part"], "pos": record["pos"]}


def replay(centre: Wall, body: object = None, **headers: str) -> httpx.Response:
    given = {"authorization": f"Bearer {script_key(centre)}", "origin": centre.url,
        "content-type": "application/json"} | headers  # fmt: skip
    content = json.dumps(place(centre) if body is None else body)
    present = {name: value for name, value in given.items() if value}
    return httpx.post(f"{centre.url}/data/quarantine/replay", content=content, headers=present)


def logged(centre: Wall) -> int:
    with centre.connect() as connection:
        found = connection.execute("select count(*) from ingest.entry").fetchone()
    assert found is not None
    return int(found[0])


def test_the_page_lists_reason_place_and_age_and_no_body(centre: Wall) -> None:
    listed = state(centre)["quarantine"]["listed"]
    assert [set(each) for each in listed] == [
        {"part", "pos", "appended_at", "key", "reason", "place", "replayed_as"} for _ in listed
    ]
    assert "11" in listed[-1]["reason"]
    assert listed[-1]["place"] == "data.status"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"authorization": ""}, 401),
        ({"authorization": "Bearer wrong"}, 401),
        ({"authorization": "Bearer"}, 401),
        ({"authorization": "Basic b3BlcmF0b3I6"}, 401),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        ({"content-type": ""}, 415),
    ],
)
def test_whoever_may_not_repair_is_refused(centre: Wall, headers: dict[str, str], status: int) -> None:
    before = logged(centre)
    assert replay(centre, **headers).status_code == status
    assert logged(centre) == before


@pytest.mark.parametrize(
    "body",
    [[], {}, {"part": 1}, {"part": "1", "pos": 1}, {"part": -1, "pos": 1}, {"part": 1, "pos": 1, "corrected": ""},
        {"part": 1, "pos": 1, "all": True}, {"part": 1, "pos": 2**70}],
)  # fmt: skip
def test_a_body_of_another_shape_is_refused(centre: Wall, body: object) -> None:
    assert replay(centre, body).status_code == 400


def test_what_is_not_in_quarantine_is_not_found(centre: Wall) -> None:
    assert replay(centre, {"part": 0, "pos": 99}).status_code == 404


def test_a_body_that_is_too_large_is_refused(centre: Wall) -> None:
    assert replay(centre, {"part": 0, "pos": 0, "corrected": "x" * 3_000_000}).status_code == 413


def test_the_content_is_for_the_operator_too(centre: Wall) -> None:
    address = f"{centre.url}/data/quarantine/{place(centre)['part']}/{place(centre)['pos']}"
    assert httpx.get(address).status_code == 401
    shown = httpx.get(address, headers={"authorization": f"Bearer {script_key(centre)}"})
    assert shown.headers["cache-control"] == "no-store"
    assert json.loads(shown.json()["body"])["subject"] == POISON


def test_a_corrected_record_is_received_anew_and_counts(centre: Wall) -> None:
    before, lying = state(centre)["partitions"], place(centre)
    good = poison().body.replace(b'"status":11', b'"status":2').decode()
    answer = replay(centre, {**lying, "corrected": good})
    assert answer.status_code == 200
    tell(centre.database)
    with centre.connect() as connection:
        found = connection.execute("select status from cases where code = %s", [POISON]).fetchone()
    assert found == (2,)
    told = httpx.get(f"{centre.url}/data/state").json()["state"]
    replayed = [each["replayed_as"] for each in told["quarantine"]["listed"] if each["key"] == POISON]
    assert replayed == [f"{answer.json()['part']}:{answer.json()['pos']}"]
    assert sum(each["received"] for each in before) == 2


@pytest.mark.parametrize("source", ["ioc.ops", "ioc.rules", "ioc.sources"])
def test_no_correction_speaks_for_the_centre_itself(centre: Wall, source: str) -> None:
    before, told = logged(centre), json.loads(poison().body)
    forged = json.dumps({**told, "source": source, "type": "vn.ioc.ops.case.assigned"})
    answer = replay(centre, {**place(centre), "corrected": forged})
    assert (answer.status_code, answer.json()) == (422, {"detail": "own_source"})
    assert logged(centre) == before


def test_while_the_database_is_away_the_last_state_is_given_with_its_age(centre: Wall) -> None:
    with centre.connect() as connection:
        first = httpx.get(f"{centre.url}/data/state").json()
        connection.execute("alter table quarantine rename to quarantine_away")
        try:
            time.sleep(1.1)  # for so long one reading is good for every page
            later = httpx.get(f"{centre.url}/data/state").json()
        finally:
            connection.execute("alter table quarantine_away rename to quarantine")
    assert later["state"] == first["state"]
    assert later["age"] > 1 > first["age"]
    wait_until(lambda: httpx.get(f"{centre.url}/data/state").json()["age"] < 1, what="a new reading")


def test_neither_key_nor_content_is_in_the_log_of_the_server(centre: Wall) -> None:
    said = (centre.folder / "wall.log").read_text()
    assert "quarantine_replayed" in said
    assert script_key(centre) not in said
    assert "received_at" not in said


@pytest.mark.parametrize(
    ("role", "status"), [("operator", 404), ("administrator", 404), ("leader", 403), ("analyst", 403)]
)
def test_a_person_repairs_where_their_role_does(centre: Wall, role: Role, status: int) -> None:
    cookies = signed_in(centre, role)
    assert httpx.get(f"{centre.url}/data/quarantine/0/99", cookies=cookies).status_code == status
    answer = httpx.post(f"{centre.url}/data/quarantine/replay", json={"part": 0, "pos": 99}, cookies=cookies,
        headers={"origin": centre.url})  # fmt: skip
    assert answer.status_code == status


def test_whoever_answers_for_some_units_repairs_nothing(centre: Wall) -> None:
    cookies = signed_in(centre, "operator", scope=[("03979", date(2026, 7, 1))])
    there = place(centre)
    shown = httpx.get(f"{centre.url}/data/quarantine/{there['part']}/{there['pos']}", cookies=cookies)
    sent = httpx.post(
        f"{centre.url}/data/quarantine/replay", json=there, cookies=cookies, headers={"origin": centre.url}
    )
    assert (shown.status_code, sent.status_code) == (403, 403)


def test_who_sent_a_record_again_is_on_record(centre: Wall) -> None:
    with centre.connect() as connection:
        found = connection.execute(
            "select who, facts->>'corrected' from dashboard.audit where what = 'quarantine.replayed'"
        ).fetchall()
    assert found == [("ioc", "true")]


def test_without_the_log_nothing_can_be_sent_again(database: str) -> None:
    server = FastAPI()
    DataPages(lambda: psycopg.connect(database), lambda: datetime.now(UTC), None).mount(server)

    async def ask() -> tuple[int, str]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(server), base_url="http://here") as client:
            refused = await client.post(
                "/data/quarantine/replay", json={"part": 0, "pos": 0}, headers={"origin": "http://here"}
            )
            return refused.status_code, (await client.get("/data/")).text

    status, page = asyncio.run(ask())
    assert status == 401  # and where the guard was forgotten, nobody is anybody
    assert "&quot;operators&quot;:false" in page


def test_an_empty_key_lets_nobody_in(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "operator.key").write_text("")
    assert entry_of(Settings(home=tmp_path), "open").key is None


def test_without_a_home_that_keeps_a_key_no_script_is_let_in(tmp_path: Path) -> None:
    (tmp_path / "secrets").write_text("no folder")
    assert entry_of(Settings(home=tmp_path), "open").key is None
