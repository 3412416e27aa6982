"""The addresses of the passport pages: what they answer, to whom it is not known, and how little they ask for it."""

import asyncio
import re
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Any

import httpx
import psycopg
import pytest
from fastapi import FastAPI

from dashboard.access.people import Person
from dashboard.data.reader import Reader
from dashboard.figure.asked import Asked
from dashboard.figure.behind import read_cases
from dashboard.figure.past import read_past
from dashboard.figure.present import present_json, read_present
from dashboard.figure.routes import FigurePages
from dashboard.figure.shared import MOST, Shared
from dashboard.figure.trust import Calendars
from stream.core.ledger import Measure
from stream.core.moment import moment_of
from stream.kpi.catalogue import load_catalogue
from stream.live import read_board
from tests.browser.sources import MORNING, settle_lines, settle_sources
from tests.building.moments import local
from tests.building.visitors import person, signed_in
from tests.ledgers import Posted, fill
from tests.test_kpi_procedures import REGISTER, adopt

NOON = local("2026-03-03 12:00")
CATALOGUE = load_catalogue()


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True, options="-c search_path=stream,public") as connection:
        yield connection


class Client:
    """Asks a server without a network between, as somebody who is signed in, where a test says so."""

    def __init__(self, server: FastAPI) -> None:
        self._server = server
        self.who: Person | None = person()

    def get(self, address: str, encoding: str = "gzip") -> httpx.Response:
        return asyncio.run(self._get(address, encoding))

    async def _get(self, address: str, encoding: str) -> httpx.Response:
        transport = httpx.ASGITransport(signed_in(self._server, self.who))
        async with httpx.AsyncClient(transport=transport, base_url="http://ioc") as client:
            return await client.get(address, headers={"Accept-Encoding": encoding})


@pytest.fixture
def client(database: str) -> Iterator[Client]:
    def connect() -> psycopg.Connection:
        return psycopg.connect(database, autocommit=True, options="-c search_path=stream,public")

    pages, server = FigurePages(connect, lambda: NOON, CATALOGUE), FastAPI()
    pages.mount(server)
    yield Client(server)
    pages.close()


def history() -> list[Posted]:
    """Two units with some applications; one of them, of last week, is overdue."""
    at = moment_of(local("2026-02-24 09:00"))
    return [
        *(Posted(Measure.RECEIVED, unit, at + 3_600 * n, at, case=n) for n, unit in enumerate((3980, 3980, 3979))),
        Posted(Measure.RECEIVED, 3980, moment_of(local("2026-03-02 09:00")), at, case=7),
        Posted(Measure.OPEN_IN, 3980, at, at, case=0),
        Posted(Measure.OVERDUE_IN, 3980, at, at, case=0),
    ]


def test_a_figure_that_nobody_defined_is_not_found(client: Client) -> None:
    for address in (
        "/kpi/nobody", "/kpi/nobody/now", "/kpi/overdue_now?unit=398", "/kpi/overdue_now/now?unit=abcde",
        "/kpi/overdue_now/cases?at=yesterday", "/kpi/overdue_now?known=2026",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address


def test_the_page_says_what_the_figure_is_and_links_keep_what_was_asked_for(client: Client) -> None:
    page = client.get("/kpi/index_total?unit=03980&theme=light&at=2026-03-03T09:00").text
    assert "<title>Điểm chất lượng phục vụ do trung tâm tính</title>" in page
    assert '<html lang="vi" data-theme="light">' in page
    assert "Phường Mộc Châu, 09:00 03/03/2026" in page
    assert "index_openness" in page
    assert 'href="?lang=en&amp;unit=03980&amp;theme=light&amp;at=2026-03-03T09%3A00"' in page
    assert 'href="/kpi/index_progress?lang=vi&amp;theme=light&amp;at=2026-03-03T09%3A00"' in page
    assert "Quyết định 766/QĐ-TTg" in page
    assert client.get("/kpi/index_total?lang=en").text.count('lang="en"') >= 1
    assert "data-theme" not in client.get("/kpi/index_total?theme=<script>").text.split("<head>")[0]


def test_what_the_page_asks_for_is_answered(client: Client, connection: psycopg.Connection) -> None:
    fill(connection, history())
    now, cases, past = (
        client.get(f"/kpi/received_month/{what}?unit=03980").json()["state"] for what in ("now", "cases", "past")
    )
    assert (now["value"], now["since"], now["state"]) == (1, "2026-02-28T17:00:00Z", "late")
    assert now["before"] == {"day": "2026-02-24", "value": 2}
    assert {each["unit"]: each["value"] for each in now["units"]} == {
        "03979": 0, "03980": 1, **dict.fromkeys(("03982", "03985", "03997", "04000", "04033", "04045")),
    }  # fmt: skip
    assert (cases["number"], cases["upper"], cases["figure"], cases["cases"][0]["case"]) == (
        1, 1, {"upper": 1, "lower": None}, "case 7",
    )  # fmt: skip
    assert past["values"][-1] == 1
    assert len(past["days"]) == 365


def test_cases_are_listed_to_people_of_their_units_only(client: Client, connection: psycopg.Connection) -> None:
    fill(connection, history())
    address = "/kpi/received_month/cases"
    whole = client.get(address).json()["state"]
    client.who = person("operator", "03979")
    own = client.get(address).json()["state"]
    assert (own["number"], own["upper"], own["cases"]) == (whole["number"], whole["upper"], [])
    client.who = None
    assert client.get(address).status_code == 401
    assert client.get("/kpi/received_month/now").status_code == 200


def test_of_a_moment_that_is_over_no_state_is_made_up(client: Client, connection: psycopg.Connection) -> None:
    fill(connection, history())
    past = client.get("/kpi/received_month/now?at=2026-02-25T10:00").json()["state"]
    assert (past["value"], past["state"], past["causes"]) == (3, None, [])
    known = client.get("/kpi/received_month/now?known=2026-02-23T10:00").json()["state"]
    assert (known["value"], known["at"]) == (None, "2026-02-23T10:00:00+07:00")
    told = client.get("/kpi/line_mos/now?known=2026-02-23T10:00").json()["state"]
    assert told == {"unknown": "not_as_known"}
    assert client.get("/kpi/line_mos/past?known=2026-02-23T10:00").json()["state"]["values"] == []


def test_the_library_of_the_trend_is_ours_to_serve_packed_and_kept_for_good(client: Client) -> None:
    [address] = re.findall(r"/kpi/assets/plotly[^&]+", client.get("/kpi/overdue_now").text)
    assert address.endswith(f"?v={version('plotly')}")
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-encoding"]) == (200, "gzip")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert "plotly.js v" in answer.text[:100]
    assert client.get(address, encoding="identity").content == answer.content


def test_a_database_that_does_not_answer_is_told(client: Client) -> None:
    def away() -> psycopg.Connection:
        raise psycopg.OperationalError("away")

    server = FastAPI()
    FigurePages(away, lambda: NOON, CATALOGUE).mount(server)
    other = Client(server)
    assert other.get("/kpi/overdue_now/now").status_code == 503
    assert other.get("/kpi/overdue_now").status_code == 200
    assert client.get("/kpi/overdue_now/now").status_code == 200


def test_the_passport_says_what_the_wall_says(connection: psycopg.Connection) -> None:
    settle_sources(connection)
    fill(connection, history())
    board = read_board(connection, CATALOGUE, MORNING, ["03980", "03979"])
    for tile in board.tiles:
        kpi = CATALOGUE[tile.figure.kpi]
        told = present_json(read_present(connection, Asked(kpi), MORNING, Calendars()))
        figure = tile.figure
        assert (told["value"], told["numerator"], told["denominator"]) == (
            figure.value, figure.numerator, figure.denominator,
        )  # fmt: skip
        assert (told["state"], told["standing"], told["before"]) == (
            figure.state, tile.standing, {"day": board.before_day, "value": tile.before},
        )  # fmt: skip
        units = {each["unit"]: each["value"] for each in told["units"]}
        assert {unit: board.by_unit[unit][kpi.id].value for unit in board.by_unit} == {
            unit: units[unit] for unit in board.by_unit
        }  # fmt: skip


def test_the_sources_that_a_figure_waits_for_are_named(connection: psycopg.Connection) -> None:
    settle_sources(connection)
    connection.execute("update part_offset set halted = null")
    fill(connection, history())
    told = {
        name: present_json(read_present(connection, Asked(CATALOGUE[name]), MORNING, Calendars()))
        for name in ("received_month", "documents_open")
    }
    assert {name: (each["state"], [cause["state"] for cause in each["causes"]]) for name, each in told.items()} == {
        "received_month": ("partial", ["never"]), "documents_open": ("late", ["never", "late"]),
    }  # fmt: skip
    connection.execute("update part_offset set halted = 'poison' where part = 5")
    frozen = present_json(read_present(connection, Asked(CATALOGUE["received_month"]), MORNING, Calendars()))
    assert (frozen["state"], frozen["frozen"]) == ("frozen", "halted")


class Noting(psycopg.Cursor[Any]):
    """Notes what is sent; the transaction's own settings are no reading."""

    sent: list[bytes]

    def execute(self, query: Any, *arguments: Any, **options: Any) -> Any:
        if not str(query).startswith("set "):
            type(self).sent.append(query)
        return super().execute(query, *arguments, **options)


@pytest.mark.parametrize("known", [None, "2026-03-02T12:00"])
def test_each_answer_takes_six_statements_at_most_whatever_the_figure(
    connection: psycopg.Connection, known: str | None
) -> None:
    adopt(connection, REGISTER, local("2026-01-01 08:00"))
    settle_sources(connection)
    settle_lines(connection)
    fill(connection, history())
    calendars, most = Calendars(), 0
    read_present(connection, Asked(CATALOGUE["index_total"]), NOON, calendars)  # calendar and register are kept
    connection.cursor_factory = Noting
    for kpi in CATALOGUE:
        asked = Asked.of(kpi, "03980", None, known)
        readings: list[Callable[[], object]] = [
            lambda asked=asked: read_present(connection, asked, NOON, calendars),  # type: ignore[misc]
            lambda asked=asked: read_past(connection, asked, NOON),  # type: ignore[misc]
            lambda asked=asked: read_cases(connection, asked, NOON),  # type: ignore[misc]
        ]
        for place, reading in enumerate(readings):
            Noting.sent = []
            reading()
            assert len(Noting.sent) <= (6 if known is None else 7), (kpi.id, place)
            most = max(most, len(Noting.sent))
    assert most >= 6


def test_one_reading_serves_all_who_ask_and_those_of_long_ago_are_forgotten(database: str) -> None:
    def connect() -> psycopg.Connection:
        return psycopg.connect(database, autocommit=True)

    read: list[Asked] = []

    def reading(_: psycopg.Connection[Any], asked: Asked) -> int:
        read.append(asked)
        return len(read)

    reader = Reader(connect)
    shared = Shared(reader, reading, good_for=60)
    asked = Asked(CATALOGUE["overdue_now"])
    threads = [threading.Thread(target=lambda: shared.of(Asked(CATALOGUE["overdue_now"])).read()) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read) == 1
    shared.of(Asked(asked.kpi, "03980")).read()
    assert len(read) == 2
    for minutes in range(MOST):
        shared.of(Asked(asked.kpi, None, NOON - timedelta(minutes=minutes)))
    shared.of(asked).read()
    assert len(read) == 3
    reader.close()


def test_a_moment_is_never_later_than_what_was_known() -> None:
    kpi = CATALOGUE["overdue_now"]
    asked = Asked.of(kpi, None, "2026-03-02T10:00", "2026-03-01T10:00")
    assert asked.moment(NOON) == local("2026-03-01 10:00") == asked.known_at
    assert Asked.of(kpi, None, "2026-03-01T10:00", "then").known_at == asked.known_at
    assert Asked.of(kpi, None, "2026-03-01T10:00", "now").known_at is None
    assert Asked.of(kpi, None, "2027-01-01T10:00", None).moment(NOON) == NOON
    assert Asked.of(kpi, None, "2026-03-02T10:00+00:00", None).at == datetime.fromisoformat("2026-03-02T17:00+07:00")
