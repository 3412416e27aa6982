"""The page of a case: what it tells, to whom, and of which moment."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from fastapi import FastAPI

from dashboard.access.people import Person
from dashboard.ops.case import CasePages, case_address
from ingest.contracts.rules import Level
from ingest.log.postgres import PostgresLog
from ioc.services.postgres import EmbeddedPostgres
from stream.alerts.rules import read_rules
from stream.first_rules import first_rules
from tests.building.acts import an_act
from tests.building.applying import apply_all, opener
from tests.building.documents import incoming
from tests.building.events import an_application
from tests.building.moments import local
from tests.building.visitors import Visitor, person
from tests.test_case_story import CODE, tell

NOW = local("2024-03-01 09:00")
LETTER_IN = incoming("12/UBND-VP", "03985", Level.COMMUNE).sent("2024-02-05 09:00", due="2024-02-16 17:30")
DOCUMENT = LETTER_IN.case
Ask = Callable[..., Visitor]


@pytest.fixture(scope="module")
def ask(postgres: EmbeddedPostgres, migrated: str) -> Iterator[Ask]:
    """Asks for pages about a case that waited, moved, was late, and of which a record came late."""
    name = f"c{uuid4().hex[:12]}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} template {migrated}".encode())
    database = postgres.url(name)
    log = PostgresLog(database, partitions=4)
    tell(log)
    log.append(list(LETTER_IN.events))
    apply_all(log, database)
    log.close()
    pages, server = (
        CasePages(opener(database), lambda: NOW, first_rules(), lambda _: {"lan": "Trần Thị Lan"}),
        FastAPI(),
    )
    pages.mount(server)
    yield lambda who=None: Visitor(server, who)
    pages.close()


def facts(visitor: Visitor, code: str = CODE, **asked: str) -> dict[str, Any]:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return visitor.state(f"{case_address(code)}/facts.json?{query}")


def test_it_tells_the_whole_story_in_one_language(ask: Ask) -> None:
    vi, en = (facts(ask(person()), lang=language) for language in ("vi", "en"))
    assert vi["now"]["status"] == {"code": 9, "text": "Đã xử lý xong"}
    assert en["now"]["unit"] == {"code": "03985", "name": "Xã Chiềng Sơn"}
    assert "Due: 08:30 23/02/2024." in en["now"]["text"]
    assert [each["kind"] for each in vi["due"]["steps"]] == ["term", "moved"]
    assert vi["due"]["steps"][1]["rule"].startswith("Nguồn không cho ngày mới")
    late = [each["number"] for each in vi["events"] if each["came_late"]]
    assert late == [2]
    assert [each["number"] for each in vi["events"]] == list(range(1, 10))
    assert (vi["is_open"], vi["may_act"]) == (False, True)


def test_what_an_event_did_to_the_figures_stands_apart_from_what_it_said(ask: Ask) -> None:
    events = facts(ask(person()))["events"]
    for each in events:
        assert len(each["effect"]) == max(len(each["ledger"]), 1)
        assert not set(each["effect"]) & set(each["text"])
    assert events[0]["effect"][0].startswith("Sổ cái +1: tiếp nhận, 08:30 05/02/2024")
    assert any("−1" in said for each in events for said in each["effect"])
    assert "said" not in events[0]


def test_the_picture_has_what_ran_and_what_stood_and_the_dates_as_they_moved(ask: Ask) -> None:
    drawn = facts(ask(person()))["timeline"]
    assert [(each["kind"], each["from"][:16], each["to"][:16]) for each in drawn["spans"]] == [
        ("running", "2024-02-05T08:30", "2024-02-06T10:00"),
        ("running", "2024-02-16T10:00", "2024-02-24T00:00"),
        ("over", "2024-02-24T00:00", "2024-02-27T15:00"),
        ("paused", "2024-02-06T10:00", "2024-02-16T10:00"),
    ]
    assert [each["due"][:16] for each in drawn["dues"]] == ["2024-02-19T08:30", "2024-02-23T08:30"]
    assert ["2024-02-08T00:00:00+07:00", "2024-02-15T00:00:00+07:00"] in drawn["idle"], "the New Year, in one"
    assert [each["number"] for each in drawn["events"] if each["late"]] == [2]
    assert all(drawn["from"] < each["at"] < drawn["to"] for each in drawn["events"])


def test_of_a_case_that_is_open_the_picture_goes_up_to_now_and_shows_the_due_date_ahead(ask: Ask) -> None:
    drawn = facts(ask(person()), at="2024-02-12T09:00")["timeline"]
    assert drawn["now"] == "2024-02-12T09:00:00+07:00"
    assert drawn["ended"] is None
    assert [each["to"][:16] for each in drawn["spans"]] == ["2024-02-06T10:00", "2024-02-12T09:00"]
    assert drawn["to"] > drawn["dues"][-1]["due"]


def test_it_tells_the_past_as_of_a_moment_as_it_was_known(ask: Ask) -> None:
    told = facts(ask(person()), at="2024-02-21T12:00")
    assert told["now"]["status"]["code"] == 4
    assert told["may_act"] is False
    page = ask(person()).get(f"{case_address(CODE)}?at=2024-02-21T12:00&theme=light").text
    assert 'id="acts"' not in page
    assert 'data-theme="light"' in page
    never = ask(person()).get(f"{case_address(CODE)}/facts.json?known=2024-01-01T09:00")
    assert never.status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (None, 401),
        (person("leader"), 200),
        (person("analyst"), 200),
        (person("operator", "03985", on=local("2024-02-27 09:00").date()), 200),
        (person("operator", "03979", on=local("2024-02-27 09:00").date()), 404),
        (person("operator", "03985"), 200),
        (person("operator", "04033"), 404),
    ],
)  # fmt: skip
def test_only_who_may_see_cases_of_its_unit_sees_it(ask: Ask, who: Person | None, status: int) -> None:
    for address in (case_address(CODE), f"{case_address(CODE)}/facts.json"):
        assert ask(who).get(address).status_code == status, address


def test_what_is_no_case_is_not_found(ask: Ask) -> None:
    for address in ("/ops/case/nobody", "/ops/case/document/nobody/facts.json", f"/ops/case/handling/{CODE}",
                    f"/ops/case/{CODE}?at=yesterday"):  # fmt: skip
        assert ask(person()).get(address).status_code == 404, address


def test_of_a_document_the_working_time_left_is_told_as_the_queue_counts_it(ask: Ask) -> None:
    early = facts(ask(person()), DOCUMENT, at="2024-02-05T10:00")
    assert early["now"]["remaining_seconds"] == 5 * 8 * 3600 - 9_000, (
        "five working days around the New Year, less half a morning"
    )
    assert early["timeline"]["dues"][-1]["due"] == "2024-02-16T17:30:00+07:00"
    late = facts(ask(person()), DOCUMENT)
    assert late["now"]["remaining_seconds"] < 0
    assert [each["kind"] for each in late["timeline"]["spans"]] == ["running", "over"]
    assert late["due"]["steps"] == []


def test_a_leader_is_shown_no_acts(ask: Ask) -> None:
    assert 'id="acts"' in ask(person("operator")).get(case_address(CODE)).text
    assert 'id="acts"' not in ask(person("leader")).get(case_address(CODE)).text
    assert facts(ask(person("leader")))["may_act"] is False


def test_a_due_date_that_is_given_anew_leaves_what_was_overdue_in_the_picture(log: PostgresLog, database: str) -> None:
    case = an_application("E-2").received("2024-02-19 09:00", due="2024-02-20 17:00")
    anew = case.received("2024-02-19 09:00", due="2024-02-28 17:00").in_progress("2024-02-26 10:00")
    log.append([case.sync(), anew.sync()])
    apply_all(log, database)
    pages, server = CasePages(opener(database), lambda: NOW, first_rules(), lambda _: {}), FastAPI()
    pages.mount(server)
    drawn = facts(Visitor(server, person()), "E-2")["timeline"]
    assert [(each["kind"], each["from"][:16]) for each in drawn["spans"]] == [
        ("running", "2024-02-19T09:00"), ("running", "2024-02-26T10:00"),
        ("over", "2024-02-21T00:00"), ("over", "2024-02-29T00:00"),
    ]  # fmt: skip
    pages.close()


def test_who_has_to_answer_is_named_by_the_line_of_the_centre(log: PostgresLog, database: str) -> None:
    case = an_application("E-1").at_unit("03980").received("2024-02-20 09:00")
    log.append([case.sync(), an_act("escalate", "E-1", "lan", at=NOW, note="quá tải")])
    apply_all(log, database)
    line = read_rules("alerts.toml", '[[line]]\nname = {vi = "Tổ trưởng", en = "Head"}\nwithin = "2h"\n').line
    pages, server = CasePages(opener(database), lambda: NOW, first_rules(), lambda _: {}, line=line), FastAPI()
    pages.mount(server)
    assert facts(Visitor(server, person()), "E-1")["rank"] == "Tổ trưởng"
    pages.close()


def test_a_database_that_does_not_answer_is_told() -> None:
    def away() -> psycopg.Connection:
        raise psycopg.OperationalError("away")

    pages, server = CasePages(away, lambda: NOW, first_rules(), lambda _: {}), FastAPI()
    pages.mount(server)
    visitor = Visitor(server, person())
    assert visitor.get(f"{case_address(CODE)}/facts.json").status_code == 503
    assert visitor.get(case_address(CODE)).status_code == 200
