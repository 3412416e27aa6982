"""The addresses of letters: who may ask for what, and what is answered."""

import builtins
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

import httpx
import pytest
from docx import Document
from pypdf import PdfReader

import dashboard
from dashboard.letters.errors import Refusal
from dashboard.text import LANGUAGES, words_in
from ingest.log.postgres import PostgresLog
from ioc.services.postgres import EmbeddedPostgres
from tests.building.applying import a_worker
from tests.building.letters import CODE, UNIT, a_late_one, telling
from tests.case_lives import form
from tests.servers.letter_desk import letter_desk, served
from tests.servers.letters import copied, filled

FORM = "evaluation/DG-1"
OPERATOR = {"x-person": "lan:operator"}
ADDRESS = f"/ops/letter/{CODE}"
POSTS: list[tuple[str, dict[str, Any]]] = [
    ("", {"reason": "verify"}), ("/number", {"number": "145/PXL"}), ("/void", {"reason": "in hỏng"}), ("/sent", {}),
]  # fmt: skip
GETS = ["", ".docx", ".pdf"]
ROLES = {"leader": False, "analyst": False, "operator": True, "administrator": True}


@pytest.fixture(scope="module")
def applied(postgres: EmbeddedPostgres, migrated: str) -> str:
    return filled(postgres, migrated, [a_late_one(), form("DG-1", "2026-02-05 09:00", UNIT)])


@pytest.fixture
def database(postgres: EmbeddedPostgres, applied: str) -> Iterator[str]:
    with copied(postgres, applied) as database:
        yield database


@pytest.fixture
def desk(database: str, log: PostgresLog) -> Iterator[httpx.Client]:
    with served(letter_desk(database, telling(log))) as address, httpx.Client(base_url=address) as client:
        client.headers["origin"] = address  # as a page of this house tells it
        yield client


def test_nobody_without_a_session_and_only_who_may_act_does_anything(desk: httpx.Client) -> None:
    for path in GETS:
        assert desk.get(f"{ADDRESS}{path}").status_code == 401
    for path, body in POSTS:
        assert desk.post(f"{ADDRESS}{path}", json=body).status_code == 401
    for role, may_act in ROLES.items():
        who = {"x-person": f"lan:{role}"}
        assert desk.get(ADDRESS, headers=who).status_code == 200, role
        for path, body in POSTS[1:]:
            answer = desk.post(f"{ADDRESS}{path}", json=body, headers=who)
            assert (answer.status_code, answer.json()["detail"]) == (
                (404, "no_letter") if may_act else (403, "not_for_you")
            )


def test_outside_of_the_scope_there_is_no_such_case(desk: httpx.Client) -> None:
    assert desk.post(ADDRESS, json={"reason": "verify"}, headers=OPERATOR).status_code == 201
    other = {"x-person": "minh:operator:03985"}
    answers = [desk.get(f"{ADDRESS}{path}", headers=other) for path in GETS]
    answers += [desk.post(f"{ADDRESS}{path}", json=body, headers=other) for path, body in POSTS]
    assert {(answer.status_code, answer.json()["detail"]) for answer in answers} == {(404, "no_such_case")}
    assert desk.get(ADDRESS, headers={"x-person": f"minh:operator:{UNIT}"}).json()["state"] == "prepared"


def test_a_page_of_another_house_does_nothing(desk: httpx.Client) -> None:
    foreign = {"x-person": "lan:operator", "origin": "http://evil.example"}
    for path, body in POSTS:
        assert desk.post(f"{ADDRESS}{path}", json=body, headers=foreign).status_code == 403
    assert desk.get(ADDRESS, headers=OPERATOR).json()["state"] == "none"


def test_from_owed_to_sent(desk: httpx.Client, database: str, log: PostgresLog) -> None:
    owed = desk.get(ADDRESS, headers=OPERATOR).json()
    assert (owed["state"], owed["is_due"], owed["owed_since"]) == ("none", True, "2026-02-07T00:00:00+07:00")
    offer = owed["offer"]
    assert (offer["unit"], offer["new_date"], offer["today"]) == ("Phường Mộc Châu", "2026-02-24", "2026-02-10")
    assert "2026-02-17" in offer["free"]
    assert "2026-02-24" not in offer["free"]
    wish = {"text": "chờ ý kiến phòng chuyên môn", "new_date": "2026-02-26"}
    prepared = desk.post(ADDRESS, json=wish, headers=OPERATOR)
    assert prepared.status_code == 201
    letter = prepared.json()["letter"]
    assert (letter["number"], letter["state"], letter["new_date"]) == ("01/PXL", "prepared", "2026-02-26")
    assert letter["files"] == {"docx": f"{ADDRESS}.docx", "pdf": f"{ADDRESS}.pdf"}
    desk.post(f"{ADDRESS}/number", json={"number": "145/PXL-UBND"}, headers=OPERATOR)
    pdf, docx = (desk.get(letter["files"][kind], headers=OPERATOR) for kind in ("pdf", "docx"))
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.headers["content-disposition"] == f'attachment; filename="PXL_145-PXL-UBND_2026_{CODE}.pdf"'
    said = PdfReader(BytesIO(pdf.content)).pages[0].extract_text()
    written = "\n".join(paragraph.text for paragraph in Document(BytesIO(docx.content)).paragraphs)
    for text in (" ".join(said.split()), written):
        assert "Lý do: chờ ý kiến phòng chuyên môn." in text
        assert "vào ngày 26 tháng 02 năm 2026." in text
    with a_worker(log, database):
        sent = desk.post(f"{ADDRESS}/sent", json={}, headers=OPERATOR)
        assert (sent.status_code, sent.json()["took"]) == (200, True)
        other = desk.post(f"{ADDRESS}/sent", json={}, headers={"x-person": "minh:operator"})
    assert (other.status_code, other.json()["took"], other.json()["letter"]["sent_by"]) == (409, False, "lan")
    state = desk.get(ADDRESS, headers=OPERATOR).json()
    assert (state["state"], state["is_due"], state["offer"]) == ("sent", False, None)
    assert [(each["number"], each["by"]) for each in state["told"]] == [("145/PXL-UBND", "lan")]


REFUSED = [
    ({"text": "gọi 0912345678"}, 422, "personal_phone"),
    ({}, 422, "no_reason"),
    ({"reason": "verify", "new_date": "2026-02-17"}, 422, "not_a_working_day"),
    ({"reason": "verify", "new_date": "soon"}, 400, "not_understood"),
    ({"reason": "verify", "surname": "x"}, 400, "not_understood"),
]


def test_what_is_refused_says_why_in_words_of_both_languages(desk: httpx.Client) -> None:
    for body, status, detail in REFUSED:
        answer = desk.post(ADDRESS, json=body, headers=OPERATOR)
        assert (answer.status_code, answer.json()["detail"]) == (status, detail)
    assert desk.get("/ops/letter/nothing", headers=OPERATOR).json()["detail"] == "no_such_case"
    assert desk.get(f"/ops/letter/{FORM}", headers=OPERATOR).json()["detail"] == "no_such_case"
    assert desk.get(f"{ADDRESS}.pdf", headers=OPERATOR).json()["detail"] == "no_letter"


def test_every_refusal_has_words() -> None:
    for language in LANGUAGES:
        words = words_in(language).under("letter")
        assert [reason for reason in get_args(Refusal) if f"refused_{reason}" not in words] == []


def test_the_scripts_find_the_words_that_they_name() -> None:
    folder = Path(dashboard.__file__).parent / "assets" / "letters"
    code = "\n".join(script.read_text() for script in sorted(folder.glob("*.js")))
    named = set(re.findall(r"\bwords\.(\w+)", code))
    written = words_in("vi").under("letter").keys()
    assert named <= written
    built = {"docx", "pdf", "again", "title"}
    assert {key for key in written - named - built if not key.startswith(("refused_", "stands_"))} == set()


def test_a_machine_without_pango_says_so_and_still_writes_for_word(
    desk: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return imported(name, *rest, **more)

    desk.post(ADDRESS, json={"reason": "verify"}, headers=OPERATOR)
    monkeypatch.setattr(builtins, "__import__", without)
    answer = desk.get(f"{ADDRESS}.pdf", headers=OPERATOR)
    assert (answer.status_code, answer.json()["detail"]) == (503, "no_pdf")
    assert desk.get(f"{ADDRESS}.docx", headers=OPERATOR).status_code == 200
