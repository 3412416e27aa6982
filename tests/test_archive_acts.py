"""What is taken from the archive and asked of it: files, receipts, checks, runs by hand; each is on record."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from fastapi import FastAPI

from dashboard.archive.routes import ArchivePages
from stream.kpi.catalogue import load_catalogue
from stream.snapshot.seal.keyring import read_keyring
from stream.snapshot.seal.reading import read_package
from tests.building.applying import opener
from tests.building.archived import DAILY, MONTHLY, RECEIPT, Archive, a_day, month
from tests.building.moments import local
from tests.building.seals import KEY, files_of
from tests.building.snapshots import a_snapshot
from tests.building.visitors import person
from tests.test_archive_pages import Asker

NOW = local("2026-11-23 09:00")
ADMINISTRATOR = person("administrator")
DAY = date(2026, 11, 20)
MONTH = f"/archive/{MONTHLY}/2026-11"


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


def recorded(connection: psycopg.Connection[Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return connection.execute("select who, what, facts from dashboard.audit order by id").fetchall()


def test_a_file_is_taken_away_under_its_name_and_on_record(server: FastAPI, archive: Archive) -> None:
    archive.seal(a_snapshot())
    bodies = files_of(a_snapshot())
    signature = archive.sealed[MONTHLY, "2026-11", 1].signature
    package = read_package(archive.connection, MONTHLY, "2026-11", 1)
    for name, ending, type_, body in (
        ("snapshot.json", "json", "application/json", bodies["snapshot.json"]),
        ("snapshot.pdf", "pdf", "application/pdf", bodies["snapshot.pdf"]),
        ("manifest.sig", "manifest.sig", "application/octet-stream", signature),
        ("package", "zip", "application/zip", package),
    ):
        answer = Asker(server).get(f"{MONTH}/1/file/{name}")
        kept_as = f"moc-chau-statutory-month-2026-11-v1.{ending}"
        assert answer.headers["content-disposition"] == f'attachment; filename="{kept_as}"'
        assert answer.headers["content-type"] == type_
        assert (answer.headers["x-content-type-options"], answer.headers["cache-control"]) == ("nosniff", "no-store")
        assert answer.content == body
        facts = {"kind": MONTHLY, "period": "2026-11", "version": 1, "file": name}
        assert recorded(archive.connection)[-1] == ("lan", "archive.taken", facts)


def test_nothing_is_taken_that_is_not_there(server: FastAPI, archive: Archive) -> None:
    archive.slot(DAILY, "2026-11-23", due_at=NOW)
    archive.seal(a_snapshot())
    asker = Asker(server)
    for address in (
        f"{MONTH}/1/file/secrets.txt", f"{MONTH}/2/file/package", "/archive/daily/2026-11-23/1/file/snapshot.pdf",
        f"{MONTH}/1/receipt/folder",
    ):  # fmt: skip
        assert asker.get(address).status_code == 404
    for address in (f"{MONTH}/0/file/package", "/archive/Daily/2026-11/1/file/package"):
        assert asker.get(address).status_code in {404, 422}
    assert recorded(archive.connection) == []


def test_a_restatement_which_names_cases_is_not_for_who_has_some_units_only(server: FastAPI, archive: Archive) -> None:
    month(archive)
    asker = Asker(server, person("leader", "03980"))
    assert asker.get(f"{MONTH}/1/file/package").status_code == 200
    assert asker.get(f"{MONTH}/2/file/package").status_code == 403
    assert Asker(server).get(f"{MONTH}/2/file/package").status_code == 200


def test_a_receipt_is_taken_as_it_came(server: FastAPI, archive: Archive) -> None:
    month(archive)
    answer = Asker(server).get(f"{MONTH}/3/receipt/folder")
    assert (answer.content, answer.headers["content-type"]) == (RECEIPT, "application/octet-stream")
    assert [what for _, what, _ in recorded(archive.connection)] == ["archive.receipt_taken"]


@pytest.mark.usefixtures("archive")
def test_the_public_keys_open_what_is_sealed(server: FastAPI) -> None:
    answer = Asker(server).get("/archive/keys.json")
    assert KEY.public.id in read_keyring([answer.content]).trusted
    assert b"PRIVATE" not in answer.content


def checked(server: FastAPI, version: int = 3) -> tuple[bool, list[str]]:
    told = Asker(server).told(f"{MONTH}/{version}/check")
    return told["proven"], [each["code"] for each in told["findings"] if each["severity"] == "error"]


def test_what_is_as_it_was_sealed_is_proven(server: FastAPI, archive: Archive) -> None:
    month(archive)
    told = Asker(server).told(f"{MONTH}/3/check")
    assert told["proven"]
    codes = {each["code"] for each in told["findings"]}
    assert {"signature.good", "file.good", "chain.good", "restates.good"} <= codes


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        ("update snapshot.file set body = body || '!' where version = 3 and name = 'snapshot.pdf'", "file.digest"),
        ("delete from snapshot.file where version = 3 and name = 'snapshot.xlsx'", "file.missing"),
        ("update snapshot.sealed set signature = decode(repeat('00', 64), 'hex') where version = 3", "signature.wrong"),
        ("update snapshot.sealed set manifest = manifest || ' ' where version = 2", "chain.link"),
        ("update snapshot.sealed set manifest = manifest || ' ' where version = 1", "chain.link"),
        ("delete from snapshot.key", "key.unknown"),
    ],
)
def test_what_was_spoilt_is_found(server: FastAPI, archive: Archive, spoil: str, code: str) -> None:
    month(archive)
    archive.connection.execute(spoil.encode())
    proven, errors = checked(server)
    assert not proven
    assert code in errors


def test_a_link_that_was_cut_out_is_found(server: FastAPI, archive: Archive) -> None:
    month(archive)
    for table in ("file", "delivery", "sealed"):
        archive.connection.execute(f"delete from snapshot.{table} where version = 1".encode())
    assert checked(server) == (False, ["chain.missing"])


def test_a_dry_run_is_asked_for_and_its_files_are_an_administrators(server: FastAPI, archive: Archive) -> None:
    asker = Asker(server, ADMINISTRATOR)
    number = asker.post("/archive/run", {"kind": MONTHLY, "period": "2026-12", "dry": True}).json()["draft"]
    row = archive.connection.execute("select kind, period, asked_by, done_at from snapshot.draft").fetchall()
    assert row == [(MONTHLY, "2026-12", "lan", None)]
    assert asker.get(f"/archive/drafts/{number}/snapshot.pdf").status_code == 404
    archive.connection.execute("update snapshot.draft set done_at = now(), pdf = '%PDF-1.7'")
    answer = asker.get(f"/archive/drafts/{number}/snapshot.pdf")
    assert answer.content == b"%PDF-1.7"
    assert "DRAFT-statutory-month-2026-12.pdf" in answer.headers["content-disposition"]
    assert Asker(server).get(f"/archive/drafts/{number}/snapshot.pdf").status_code == 403
    assert asker.told("/archive/state")["state"]["drafts"][0]["pdf_bytes"] == 8
    assert Asker(server).told("/archive/state")["state"]["drafts"] is None
    assert [what for _, what, _ in recorded(archive.connection)] == ["archive.draft_asked", "archive.draft_taken"]
    assert archive.connection.execute("select count(*) from snapshot.slot").fetchone() == (0,)


def test_a_run_makes_the_version_that_was_confirmed_and_no_other(server: FastAPI, archive: Archive) -> None:
    archive.seal(a_day(DAY))
    asker = Asker(server, ADMINISTRATOR)
    told = asker.told("/archive/run/daily/2026-11-20")
    assert (told["version"], told["waiting"], told["due"]) == (2, False, True)
    assert [each["id"] for each in told["receivers"]] == ["folder"]
    body = {"kind": DAILY, "period": "2026-11-20", "dry": False}
    for version in (None, 1, 3):
        answer = asker.post("/archive/run", {**body, "version": version})
        assert (answer.status_code, answer.json()["detail"]) == (409, "another_version")
    assert asker.post("/archive/run", {**body, "version": 2}).json() == {"version": 2}
    slots = archive.connection.execute(
        "select version, origin, asked_by, state, due_at from snapshot.slot where version > 1"
    ).fetchall()
    assert slots == [(2, "by_hand", "lan", "waiting", NOW)]
    assert asker.told("/archive/run/daily/2026-11-20") == {**told, "version": 2, "waiting": True}
    assert [what for _, what, _ in recorded(archive.connection)] == ["archive.run_asked"]


def test_what_cannot_be_made_is_refused_with_its_reason(server: FastAPI, archive: Archive) -> None:
    asker = Asker(server, ADMINISTRATOR)
    for kind, period, reason in (
        ("weekly", "2026-11-20", "kind_unknown"),
        (DAILY, "2026-11", "period_unknown"),
        (DAILY, "2026-11-31", "period_unknown"),
        (MONTHLY, "2026-12", "period_not_over"),
    ):
        answer = asker.post("/archive/run", {"kind": kind, "period": period, "dry": False, "version": 1})
        assert (answer.status_code, answer.json()["detail"]) == (422, reason)
    assert recorded(archive.connection) == []


def test_only_an_administrator_of_the_whole_area_has_anything_made_or_sent(server: FastAPI, archive: Archive) -> None:
    archive.seal(a_day(DAY))
    run = {"kind": DAILY, "period": "2026-11-20", "dry": True}
    again = {"receiver": "folder", "kind": DAILY, "period": "2026-11-20", "version": 1}
    for who in (person("leader"), person("operator"), person("administrator", "03980")):
        asker = Asker(server, who)
        assert asker.post("/archive/run", run).status_code == 403
        assert asker.post("/archive/deliver", again).status_code == 403
        assert asker.get("/archive/run/daily/2026-11-20").status_code == 403


def test_what_was_given_up_is_sent_again_and_nothing_else(server: FastAPI, archive: Archive) -> None:
    month(archive)
    asker = Asker(server, ADMINISTRATOR)
    body = {"receiver": "tinh-son-la", "kind": MONTHLY, "period": "2026-11", "version": 3}
    assert asker.post("/archive/deliver", body).status_code == 200
    row = archive.connection.execute(
        "select state, attempts, next_at, done_at from snapshot.delivery where receiver = 'tinh-son-la'"
    ).fetchone()
    assert row == ("waiting", 0, NOW, None)
    for wrong in (body, {**body, "receiver": "folder"}, {**body, "receiver": "nobody"}):
        assert asker.post("/archive/deliver", wrong).status_code == 409
    assert [what for _, what, _ in recorded(archive.connection)] == ["archive.sent_again"]


def test_a_package_from_the_archive_is_a_zip_of_five_files(server: FastAPI, archive: Archive) -> None:
    archive.seal(a_snapshot())
    body = Asker(server).get(f"{MONTH}/1/file/package").content
    assert zipfile.ZipFile(io.BytesIO(body)).namelist() == [
        "manifest.json", "manifest.sig", "snapshot.json", "snapshot.xlsx", "snapshot.pdf",
    ]  # fmt: skip
