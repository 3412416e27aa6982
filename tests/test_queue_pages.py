"""The queue over HTTP: what it answers to whom, without a statement, and what it takes away, written down."""

import asyncio
import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import httpx
import psycopg
import pytest
from fastapi import FastAPI
from openpyxl import load_workbook

from dashboard.access.people import PERSON, Person, Role, Scope
from dashboard.ops.export_columns import Frame, remaining_said
from dashboard.ops.export_tables import guarded
from dashboard.ops.live import LiveQueue
from dashboard.ops.queue import OpsQueue
from dashboard.text import LANGUAGES, words_in
from geo.units import units_on
from ingest.log.postgres import PostgresLog
from ioc.services.postgres import EmbeddedPostgres
from stream.first_rules import first_rules
from stream.queue.reading import load
from stream.queue.wanted import KEYS
from tests.building.acts import an_act
from tests.building.applying import apply_all
from tests.building.moments import local
from tests.case_lives import a_register
from tests.test_queue_following import everything, some_events

NOON = local("2026-01-23 10:00")
MERGED = date(2025, 7, 1)
AREA = {unit.code for unit in units_on(NOON.date())}
DAY = 8 * 3_600
Json = dict[str, Any]


class Counting(psycopg.Cursor[Any]):
    """Counts the statements of all its connections."""

    statements = 0

    def execute(self, *given: Any, **more: Any) -> Any:
        Counting.statements += 1
        return super().execute(*given, **more)


class House:
    """A queue on a server, asked without a network between, by a person of one's choice."""

    def __init__(self, database: str) -> None:
        self.database = database
        self.now = NOON
        self.queue = OpsQueue(self.connect, lambda: self.now)
        self.person: Person | None = person()
        server = FastAPI()
        self.queue.mount(server)

        async def app(scope: Any, receive: Any, send: Any) -> None:
            await server({**scope, PERSON: self.person}, receive, send)

        self._app = app

    @property
    def live(self) -> LiveQueue:
        return self.queue.live

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(
            self.database, autocommit=True, options="-c search_path=stream,public", cursor_factory=Counting
        )  # fmt: skip

    def get(self, address: str) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://ioc") as client:
                return await client.get(address)

        return asyncio.run(ask())

    def rows(self, query: str = "") -> Json:
        answer = self.get(f"/ops/rows?{query}")
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found


def person(role: Role = "operator", *units: str) -> Person:
    scope = Scope(tuple((unit, MERGED) for unit in units) if units else None)
    return Person(1, "lan", "Lan", role, scope)


@pytest.fixture(scope="module")
def database_with_cases(postgres: EmbeddedPostgres, migrated: str) -> str:
    """The address of a database in which every kind of case is open."""
    name = "queue_pages"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as administrator:
        administrator.execute(f"create database {name} template {migrated}".encode())
    log = PostgresLog(postgres.url(name), partitions=4)
    log.append([*some_events(80), *a_register("1", 5), an_act("assign", "U-1", "lan", to="lan")])
    apply_all(log, postgres.url(name))
    log.close()
    return postgres.url(name)


@pytest.fixture(scope="module")
def kept(database_with_cases: str) -> Iterator[House]:
    made = House(database_with_cases)
    assert made.live.follow() is None
    yield made
    made.queue.close()


@pytest.fixture
def house(kept: House) -> House:
    kept.person = person()
    return kept


def test_a_page_costs_no_statement(house: House) -> None:
    before = Counting.statements
    for query in ("", "state=overdue&sort=due&dir=desc", "q=khai sinh&unit=03980", "unit=moc-chau&holder=none"):
        house.rows(query)
    assert Counting.statements == before
    house.live.follow()
    assert Counting.statements - before <= 3, "and looking for what is new, where nothing is, next to none"


def test_every_order_is_that_of_its_column_and_what_has_none_comes_last(house: House) -> None:
    value: dict[str, Callable[[Json], Any]] = {
        "remaining": lambda row: row["remaining"], "received": lambda row: row["received_at"],
        "due": lambda row: row["due_at"], "unit": lambda row: row["unit"], "status": lambda row: row["status"],
        "procedure": lambda row: row["procedure"] and (row["procedure"]["name"] or "\uffff"),
        "field": lambda row: row["field"] and row["field"]["name"], "holder": lambda row: row["handling"]["holder"],
        "risk": lambda row: row["risk"] and row["risk"]["chance"], "case": lambda row: row["case"],
    }  # fmt: skip
    assert value.keys() == set(KEYS)
    every = house.rows("count=500")["rows"]
    for key in KEYS:
        for way in ("asc", "desc"):
            found = house.rows(f"count=500&sort={key}&dir={way}")["rows"]
            known = sorted((row for row in every if value[key](row) is not None), key=lambda row: str(row["case"]))
            known.sort(key=value[key], reverse=way == "desc")
            unknown = sorted(row["case"] for row in every if value[key](row) is None)
            assert [row["case"] for row in found] == [row["case"] for row in known] + unknown, (key, way)
    assert {row["remaining"] is None for row in every} == {True, False}


def test_pages_follow_one_another_and_are_the_whole(house: House) -> None:
    whole = house.rows("count=500&sort=unit")["rows"]
    paged = [row for start in range(0, 100, 7) for row in house.rows(f"sort=unit&start={start}&count=7")["rows"]]
    assert paged == whole
    none, some = house.rows("count=0"), house.rows("count=5")
    assert none == {**some, "rows": [], "age": none["age"]}, "but for the time that went by between the two"


def test_filters_keep_what_they_name(house: House) -> None:
    every = house.rows("count=500")["rows"]
    conditions: dict[str, Callable[[Json], bool]] = {
        "kind=document": lambda row: row["kind"] == "document",
        "unit=03980&unit=03985": lambda row: row["unit"] in {"03980", "03985"},
        "unit=moc-chau&kind=application": lambda row: row["kind"] == "application" and row["unit"] in AREA,
        "field=G09-01": lambda row: row["field"] is not None,
        "procedure=1.005129": lambda row: row["procedure"] is not None,
        "channel=online": lambda row: row["channel"] == "online",
        "level=commune": lambda row: row["level"] == "commune",
        "status=6": lambda row: row["status"] == 6,
        "state=overdue": lambda row: row["overdue"],
        "state=paused": lambda row: row["paused"] is not None,
        "state=owed": lambda row: row["letter"] == "owed",
        "state=escalated": lambda row: row["handling"]["rank"] > 0,
        "holder=me": lambda row: row["handling"]["holder"] == "lan",
        "holder=minh": lambda row: row["handling"]["holder"] == "minh",
        "holder=none": lambda row: row["handling"]["holder"] is None,
        "received_from=2026-01-15": lambda row: row["received_at"] >= "2026-01-15",
        "received_to=2026-01-15": lambda row: row["received_at"] < "2026-01-16",
        "due_to=2026-01-27": lambda row: row["due_at"] is not None and row["due_at"] < "2026-01-28",
        "q=KHAI dang": lambda row: row["procedure"] is not None,
        "q=sinh 0001": lambda row: row["procedure"] is not None and "0001" in row["case"],
        "q=5129": lambda row: row["procedure"] is not None,
        "q=nowhere": lambda _: False,
    }
    for query, keeps in conditions.items():
        found = house.rows(f"count=500&{query}")
        assert [row["case"] for row in found["rows"]] == [row["case"] for row in every if keeps(row)], query
        assert found["number"] == len(found["rows"])
    wanted = [query for query, keeps in conditions.items() if not any(map(keeps, every))]
    assert wanted == ["q=nowhere"], "each of the others finds something"


def test_counts_say_what_another_filter_would_leave(house: House) -> None:
    counts = house.rows("count=0")["counts"]
    states = ("overdue", "due_soon", "paused", "running")
    assert counts["all"] == sum(counts[state] for state in states) == house.rows()["number"]
    for query, others in (("state=overdue&unit=03980", "unit=03980"), ("state=paused&holder=none", "")):
        told = house.rows(query)["counts"]
        assert (told["warned"], house.rows("state=warned")["number"]) == (None, 0), "nobody reckoned any chance"
        for state in (*states, "owed", "escalated", "unacknowledged"):
            assert told[state] == house.rows(f"{others}&state={state}")["number"], state
        assert told["mine"] == house.rows(f"{others}&holder=me")["number"]
        assert told["none"] == house.rows(f"{others}&holder=none")["number"]
    told = house.rows("unit=03980&field=G09-01&channel=online")["counts"]
    for unit, number in told["units"].items():
        assert number == house.rows(f"unit={unit}&field=G09-01&channel=online")["number"] > 0
    for channel, number in told["channels"].items():
        assert number == house.rows(f"unit=03980&field=G09-01&channel={channel}")["number"] > 0
    assert told["fields"] == [
        {"code": "G09-01", "name": "Hộ tịch", "number": house.rows("unit=03980&channel=online")["number"]}
    ]


def test_a_person_sees_the_cases_of_their_units_only(house: House) -> None:
    every = house.rows("count=500")["rows"]
    house.person = person("operator", "03980")
    seen = house.rows("count=500")
    assert [row["case"] for row in seen["rows"]] == [row["case"] for row in every if row["unit"] == "03980"]
    assert seen["counts"]["all"] == len(seen["rows"]) > 0
    assert seen["counts"]["units"].keys() == {"03980"}
    assert house.rows("unit=03985")["number"] == 0
    taken = list(csv.reader(io.StringIO(house.get("/ops/export.csv").text)))
    assert len(taken) - 1 == len(seen["rows"])


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("state=late", "state"), ("colour=red", "colour"), ("unit=nowhere", "unit"), ("count=501", "count"),
        ("start=-1", "start"), ("sort=name", "sort"), ("due_to=2026-02-30", "due_to"), ("status=1&status=2", "status"),
        ("dir=up", "dir"), ("received_from=yesterday", "received_from"), (f"field={'x' * 300}", "field"),
        ("status=²", "status"), ("received_to=9999-01-01", "received_to"), ("level=unknown", "level"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_told_where_it_stands(house: House, query: str, parameter: str) -> None:
    answer = house.get(f"/ops/rows?{query}")
    assert answer.status_code == 422
    assert answer.json()["detail"]["parameter"] == parameter
    assert answer.json()["detail"]["reason"]
    assert house.get(f"/ops/export.csv?{query}").status_code == 422


def test_nobody_is_answered_without_the_right(house: House) -> None:
    addresses = ("/ops/rows", "/feed/ops", "/ops/export.csv", "/ops/export.xlsx")
    house.person = None
    assert [house.get(address).status_code for address in addresses] == [401] * 4
    house.person = person("leader")
    assert [house.get(address).status_code for address in ("/ops/rows", *addresses[2:])] == [200, 403, 403]


def test_a_list_is_taken_away_as_it_stands_on_the_screen(house: House) -> None:
    shown = house.rows("count=500&sort=due&unit=03980")["rows"]
    answer = house.get("/ops/export.csv?sort=due&unit=03980&lang=en&start=3&count=2")
    assert answer.headers["content-disposition"] == 'attachment; filename="queue-20260123-1000.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbfCode,Kind,State,")
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [line["Code"] for line in lines] == [row["case"] for row in shown]
    for line, row in zip(lines, shown, strict=True):
        due = "" if row["due_at"] is None else row["due_at"][:16].replace("T", " ")
        assert (line["Due"], line["Unit code"]) == (due, row["unit"])
        left = "" if row["remaining"] is None else f"{round(row['remaining'] / 3600, 2):g}"
        assert line["Left (working hours)"] == left


@pytest.mark.parametrize(
    ("remaining", "overdue", "said"),
    [
        (2 * DAY + 3 * 3_600 + 1_799, False, ("còn 2 ngày 3 giờ", "2 d 3 h left")),
        (3 * 3_600 + 59, False, ("còn 3 giờ", "3 h left")),
        (59, False, ("còn dưới 1 phút", "under 1 min left")),
        (-45 * 60, False, ("quá giờ 45 phút", "past by 45 min")),
        (-DAY - 3_600, True, ("quá hạn 1 ngày 1 giờ", "over by 1 d 1 h")),
        (None, False, ("chưa có hạn", "no due date")),
    ],
)
def test_what_is_left_is_said_as_the_page_says_it(remaining: int | None, overdue: bool, said: tuple[str, str]) -> None:  # noqa: FBT001
    row = {"remaining": remaining, "overdue": overdue}
    assert tuple(remaining_said(row, Frame(words_in(each), {}, DAY)) for each in LANGUAGES) == said


def test_a_workbook_has_the_same_lines_with_real_moments_and_no_formula(house: House) -> None:
    shown = house.rows("count=500")["rows"]
    answer = house.get("/ops/export.xlsx")
    assert "hang-doi-20260123-1000.xlsx" in answer.headers["content-disposition"]
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    head, *lines = sheet.iter_rows()
    names = [str(cell.value) for cell in head]
    assert names[0] == "Mã"
    assert [line[0].value for line in lines] == [row["case"] for row in shown]
    dues = [line[names.index("Hẹn trả")].value for line in lines]
    assert dues == [
        None if row["due_at"] is None else datetime.fromisoformat(row["due_at"]).replace(tzinfo=None) for row in shown
    ]
    assert not any(cell.data_type == "f" for line in lines for cell in line)


@pytest.mark.parametrize("text", ["=1+1", "+84", "-1", "@sum", "\t=1", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_calculate_is_a_text(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert guarded(f"x{text}") == f"x{text}"


def test_who_took_a_list_away_is_written_down(house: House) -> None:
    house.person = replace(person("analyst", "03980"), login="hoa")
    house.get("/ops/export.csv?state=overdue&lang=vi")
    house.get("/ops/export.xlsx?q=0001")
    with house.connect() as connection:
        found = connection.execute(
            "select who, what, facts from dashboard.audit where who = 'hoa' order by what"
        ).fetchall()
    assert [(who, what, facts["query"], facts["scope"]) for who, what, facts in found] == [
        ("hoa", "export.csv", {"state": ["overdue"]}, ["03980"]),
        ("hoa", "export.xlsx", {"q": ["0001"]}, ["03980"]),
    ]
    assert all(facts["rows"] > 0 for *_, facts in found)


def test_a_citizen_who_was_searched_for_is_not_written_down(house: House) -> None:
    house.person = replace(person("analyst"), login="nga")
    assert house.get("/ops/export.csv?q=014090001234&unit=03980").status_code == 200
    with house.connect() as connection:
        [(query,)] = connection.execute("select facts->'query' from dashboard.audit where who = 'nga'").fetchall()
    assert query == {"q": ["***"], "unit": ["03980"]}


def test_while_the_database_is_away_the_clock_goes_on_and_the_age_is_told(database_with_cases: str) -> None:
    database = database_with_cases
    house, later = House(database), NOON + timedelta(days=4)
    house.live.follow()
    shown, fresh = house.rows("count=500&sort=case"), load_at(database, later)
    assert shown["state"] == "live"
    with away(database):
        house.now = later
        assert house.live.follow(), "some became overdue"
        house.live._known_at -= 6
        found = house.rows("count=500&sort=case")
        assert (found["state"], found["rows"]) == ("stale", fresh)
        assert found["age"] > 5
        assert found["edition"] != shown["edition"]
        assert house.get("/ops/export.csv").status_code == 503, "nothing leaves without a line in the record"
    house.live.follow()
    assert house.rows()["state"] == "live"
    house.queue.close()


@contextmanager
def away(database: str) -> Iterator[None]:
    """Nobody is let into a database, and whoever was is put out."""
    before, _, name = database.rpartition("/")
    with psycopg.connect(f"{before}/postgres", autocommit=True) as administrator:
        administrator.execute(f"alter database {name} allow_connections false".encode())
        administrator.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name])
        yield
        administrator.execute(f"alter database {name} allow_connections true".encode())


def load_at(database: str, at: datetime) -> list[Json]:
    """All rows of a queue that is loaded at a moment, by code."""
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        found = everything(load(connection, first_rules(), at)).rows
    return sorted(found, key=lambda row: str(row["case"]))


def test_before_anything_was_read_the_page_is_asked_to_wait(database: str) -> None:
    house = House(database)
    answers = [house.get(address) for address in ("/ops/rows", "/feed/ops", "/ops/export.csv")]
    assert [(answer.status_code, answer.headers["retry-after"]) for answer in answers] == [(503, "5")] * 3
    assert house.live.row("A") is None
    house.queue.close()
