"""The archive: who sees it, what it lists, and what a sealed snapshot says on its page."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
import pytest
from fastapi import FastAPI

from dashboard.access.people import Person
from dashboard.archive.routes import ArchivePages
from stream.kpi.catalogue import load_catalogue
from tests.building.applying import opener
from tests.building.archived import DAILY, MONTHLY, Archive, a_day, a_restatement, month
from tests.building.moments import local
from tests.building.snapshots import a_snapshot
from tests.building.visitors import person, signed_in

NOW = local("2026-11-23 09:00")
LEADER = person("leader")


class Asker:
    """Asks the pages, as somebody whom the guard let in."""

    def __init__(self, server: FastAPI, who: Person | None = LEADER) -> None:
        self._server = signed_in(server, who)

    def get(self, address: str) -> httpx.Response:
        return asyncio.run(self._ask("GET", address, None))

    def post(self, address: str, body: object) -> httpx.Response:
        return asyncio.run(self._ask("POST", address, body))

    def told(self, address: str) -> dict[str, Any]:
        answer = self.get(address)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def slots(self, query: str = "") -> list[tuple[str, str, int, str]]:
        slots = self.told(f"/archive/state?{query}")["state"]["slots"]
        return [(each["kind"], each["period"], each["version"], each["state"]) for each in slots]

    async def _ask(self, method: str, address: str, body: object) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self._server), base_url="http://ioc") as client:
            return await client.request(method, address, json=body, headers={"origin": "http://ioc"})


@pytest.fixture
def server(database: str) -> Iterator[FastAPI]:
    server = FastAPI()
    pages = ArchivePages(opener(database), lambda: NOW, load_catalogue())
    pages.mount(server)
    yield server
    pages.close()


@pytest.fixture
def archive(stream: psycopg.Connection) -> Archive:
    made = Archive(stream)
    made.key(NOW - timedelta(days=90))
    return made


def test_the_archive_is_for_leaders_and_administrators(server: FastAPI) -> None:
    for address in ("/archive/", "/archive/state", "/archive/keys.json", "/archive/daily/2026-11-20/1/file/package"):
        assert Asker(server, None).get(address).status_code == 401
        for who in (person("operator"), person("analyst")):
            assert Asker(server, who).get(address).status_code == 403
    for who in (person("leader"), person("administrator")):
        assert Asker(server, who).get("/archive/").status_code == 200


def test_every_slot_is_listed_with_its_state_the_newest_first(server: FastAPI, archive: Archive) -> None:
    archive.slot(DAILY, "2026-11-23", due_at=NOW + timedelta(hours=7))
    archive.slot(DAILY, "2026-11-22", due_at=NOW - timedelta(minutes=4))
    archive.slot(DAILY, "2026-11-21", due_at=NOW - timedelta(minutes=6))
    archive.slot("index-month", "2026-10", due_at=NOW - timedelta(days=2), state="held")
    archive.slot("index-quarter", "2026-Q3", due_at=NOW - timedelta(days=3), error="OSError: disk full", attempts=2)
    archive.seal(a_snapshot())
    assert Asker(server).slots() == [
        (DAILY, "2026-11-23", 1, "waiting"),
        (DAILY, "2026-11-22", 1, "waiting"),
        (DAILY, "2026-11-21", 1, "overdue"),
        ("index-month", "2026-10", 1, "held"),
        ("index-quarter", "2026-Q3", 1, "failed"),
        (MONTHLY, "2026-11", 1, "sealed"),
    ]


def test_the_list_is_narrowed_by_kind_year_and_state(server: FastAPI, archive: Archive) -> None:
    archive.seal(a_day(datetime(2026, 11, 20, tzinfo=UTC).date()))
    archive.slot(DAILY, "2025-12-31", due_at=NOW - timedelta(days=300))
    month(archive)
    asker = Asker(server)
    assert asker.slots("kind=daily") == [(DAILY, "2026-11-20", 1, "sealed"), (DAILY, "2025-12-31", 1, "overdue")]
    assert asker.slots("year=2025") == [(DAILY, "2025-12-31", 1, "overdue")]
    of_month = [(MONTHLY, "2026-11", number, "sealed") for number in (3, 2, 1)]
    assert asker.slots("state=restated") == of_month[:2]
    assert asker.slots("state=partial") == of_month[2:]
    assert asker.slots("state=late") == of_month[2:]
    assert asker.slots("state=undelivered") == of_month[:1]
    assert asker.slots("state=overdue,partial") == [of_month[2], (DAILY, "2025-12-31", 1, "overdue")]
    assert len(asker.slots("most=1")) == 1
    assert asker.told("/archive/state?most=1")["state"]["more"]
    for wrong in ("state=nonsense", "year=26", "kind=a;b"):
        assert asker.get(f"/archive/state?{wrong}").status_code == 422


def test_it_is_said_when_nothing_was_heard_of_a_scheduler_for_a_minute(server: FastAPI, archive: Archive) -> None:
    def silent() -> bool:
        return bool(Asker(server).told("/archive/state")["state"]["silent"])

    assert silent()
    archive.scheduler(NOW - timedelta(seconds=61))
    assert silent()
    archive.scheduler(NOW - timedelta(seconds=59), name="two")
    assert not silent()


def test_a_mistake_in_the_file_of_schedules_is_told(database: str) -> None:
    server = FastAPI()
    pages = ArchivePages(opener(database), lambda: NOW, load_catalogue(), problem=lambda: "snapshots.toml: x")
    pages.mount(server)
    assert Asker(server).told("/archive/state")["state"]["problem"] == "snapshots.toml: x"
    pages.close()


def test_the_next_slot_of_every_schedule_is_told(server: FastAPI) -> None:
    coming = Asker(server).told("/archive/state")["state"]["coming"]
    assert (coming[0]["kind"], coming[0]["period"]) == (DAILY, "2026-11-23")
    assert datetime.fromisoformat(coming[0]["due_at"]) == local("2026-11-23 16:30")
    assert len({each["kind"] for each in coming}) == len(coming) == 8
    assert [each["due_at"] for each in coming] == sorted(each["due_at"] for each in coming)


def test_a_page_says_marks_with_their_reasons_and_the_place_in_the_chain(server: FastAPI, archive: Archive) -> None:
    month(archive)
    asker = Asker(server)
    versions = asker.told(f"/archive/{MONTHLY}/2026-11/state")["state"]["versions"]
    assert [(each["version"], each["number"], each["is_partial"], each["late"]) for each in versions] == [
        (1, 1, True, ["sources_late"]), (2, 2, False, []), (3, 3, False, []),
    ]  # fmt: skip
    assert versions[1]["previous"] == versions[0]["digest"]
    assert [file["name"] for file in versions[0]["files"]] == ["snapshot.json", "snapshot.pdf", "snapshot.xlsx"]
    first = asker.told(f"/archive/{MONTHLY}/2026-11/content?version=1")
    assert [each["source"] for each in first["missing"]] == ["spreadsheet-04045", "edxml-axis"]
    assert (first["late_seconds"], first["late"][0]["text"]["en"]) == (10_927, "Waited for late sources")
    assert asker.get(f"/archive/{MONTHLY}/2026-11/content?version=4").status_code == 404
    assert asker.get(f"/archive/{MONTHLY}/2026-10/state").status_code == 404


def test_versions_stand_side_by_side_with_the_cases_behind(server: FastAPI, archive: Archive) -> None:
    month(archive)
    told = Asker(server).told(f"/archive/{MONTHLY}/2026-11/content?version=3")
    changed = {each["path"]: (each["values"], each["version"]) for each in told["changed"]["rows"]}
    assert changed == {
        "kpi/received_month/area": ([208, 209, 210], 3),
        "kpi/received_month/03980": ([126, 127, 128], 3),
        "kpi/on_time_rate/area": ([0.93, 0.93, 0.95], 3),
    }
    [difference] = [each for each in told["restates"]["differences"] if each["path"] == "kpi/received_month/area"]
    assert (difference["before"], difference["after"], difference["others"]) == (209, 210, 4)
    assert difference["cases"][0]["case"] == "H52.17.18-261020-0007"
    rows = Asker(server).told(f"/archive/{MONTHLY}/2026-11/compare?version=3&section=onestop")["rows"]
    assert [row["values"] for row in rows] == [[208, 209, 210], [7, 7, 7], [0.93, 0.93, 0.95], [3.75, 3.75, 3.75]]


def test_cases_of_other_units_are_not_named_to_who_has_some_units_only(server: FastAPI, archive: Archive) -> None:
    month(archive)
    asker = Asker(server, person("leader", "03982", on=NOW.date()))
    for each in asker.told(f"/archive/{MONTHLY}/2026-11/content?version=3")["restates"]["differences"]:
        assert (each["cases"], each["others"], each["hidden"]) == ([], 0, 7)
    own = Asker(server, person("leader", "03980", on=NOW.date()))
    told = own.told(f"/archive/{MONTHLY}/2026-11/content?version=3")["restates"]["differences"]
    assert {each["path"]: len(each["cases"]) for each in told} == {
        "kpi/received_month/area": 0, "kpi/received_month/03980": 3, "kpi/on_time_rate/area": 0,
    }  # fmt: skip


def test_the_form_of_the_area_and_of_a_unit(server: FastAPI, archive: Archive) -> None:
    archive.seal(a_snapshot())
    asker = Asker(server)
    form = asker.told(f"/archive/{MONTHLY}/2026-11/form?version=1")["form"]
    assert (form["title"], form["total"][0], len(form["rows"])) == ("Khu vực Mộc Châu", 228, 3)
    assert asker.told(f"/archive/{MONTHLY}/2026-11/form?version=1&unit=03982")["form"]["total"][0] == 90
    assert asker.told(f"/archive/{MONTHLY}/2026-11/form?version=1&unit=99999")["form"] is None


def test_of_what_nothing_is_known_zero_is_not_known_either(server: FastAPI, archive: Archive) -> None:
    archive.seal(a_snapshot())
    address = f"/archive/{MONTHLY}/2026-11/compare?version=1&section="
    asker = Asker(server)
    for unit, first in (("04045", None), ("03982", 90)):
        rows = asker.told(f"{address}form-ii06a&unit={unit}")["rows"]
        assert rows[0]["values"] == [first]
    scores = asker.told(f"{address}index-scores&unit=04045")["rows"]
    assert {row["values"][0] for row in scores} == {None}
    assert asker.told(f"{address}conference&unit=04045")["rows"][1]["values"] == [None]
    assert asker.told(f"{address}nothing")["rows"] == []


def test_a_plot_has_what_was_sent_first_beside_what_stands_now(server: FastAPI, archive: Archive) -> None:
    days = [datetime(2026, 11, day, tzinfo=UTC).date() for day in (18, 19, 20)]
    made = [archive.seal(a_day(day, value)) for day, value in zip(days, (0.9, None, 0.94), strict=True)]
    archive.seal(a_restatement(a_day(days[0], 0.9), made[0].digest, {("on_time_rate", None): 0.88}, days=5))
    asker = Asker(server)
    periods = asker.told("/archive/trend?kind=daily&kpi=on_time_rate")["periods"]
    assert [(each["period"], each["first"], each["now"], each["version"]) for each in periods] == [
        ("2026-11-18", 0.9, 0.88, 2), ("2026-11-19", None, None, 1), ("2026-11-20", 0.94, 0.94, 1),
    ]  # fmt: skip
    of_unit = asker.told("/archive/trend?kind=daily&kpi=line_mos&unit=03982")["periods"]
    assert [each["now"] for each in of_unit] == [4.275] * 3  # witnessed: it stands in no other place of the object
    assert [each["now"] for each in asker.told("/archive/trend?kind=daily&kpi=nothing")["periods"]] == [None] * 3
    assert asker.told("/archive/trend?kind=weekly&kpi=on_time_rate") == {"periods": []}


@pytest.mark.parametrize("asked", ["kind=%00&kpi=a", "kind=daily&kpi=%00", "kind=daily&kpi=on_time_rate&unit=x"])
def test_what_is_no_kind_kpi_or_unit_is_refused(server: FastAPI, asked: str) -> None:
    assert Asker(server).get(f"/archive/trend?{asked}").status_code == 422


def test_what_was_spoilt_in_the_database_is_told_and_spoils_no_plot(
    server: FastAPI, archive: Archive, stream: psycopg.Connection
) -> None:
    archive.seal(a_snapshot())
    stream.execute("update snapshot.file set body = '{', digest = 'spoilt' where name = 'snapshot.json'")
    asker = Asker(server)
    answer = asker.get(f"/archive/{MONTHLY}/2026-11/content?version=1")
    assert (answer.status_code, answer.json()["detail"]) == (422, "unreadable")
    assert [each["now"] for each in asker.told(f"/archive/trend?kind={MONTHLY}&kpi=on_time_rate")["periods"]] == [None]
