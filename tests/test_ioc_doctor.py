"""The doctor names what is broken and what to do about it."""

import json
from collections.abc import Iterable
from pathlib import Path

import psycopg
import pytest

from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from ioc.diagnosis import machine
from ioc.diagnosis.database import look_at_database
from ioc.diagnosis.finding import Finding
from ioc.diagnosis.log import look_at_log
from ioc.diagnosis.machine import look_at_tools
from ioc.diagnosis.services import look_at_services
from ioc.services.state import ServiceState, State, supervising, write_state
from ioc.settings import Settings
from tests.servers.home import ioc


def by_topic(findings: Iterable[Finding]) -> dict[str, Finding]:
    return {finding.topic: finding for finding in findings}


def test_in_an_empty_folder_it_fails_and_says_to_start(tmp_path: Path) -> None:
    done = ioc("doctor", "--format", "json", "--home", str(tmp_path))
    report = json.loads(done.stdout)
    broken = {each["topic"]: each["todo"] for each in report["findings"] if each["state"] == "broken"}
    assert done.returncode == 1
    assert not report["healthy"]
    assert broken == {
        "services": "ioc up",
        "database": "start `ioc up` or set IOC_DATABASE_URL",
        "redis": "start `ioc up` or set IOC_REDIS_URL",
    }


def test_a_service_that_is_down_is_named_with_its_log(tmp_path: Path) -> None:
    with supervising(tmp_path):
        write_state(tmp_path, State(services={"worker": ServiceState("", restarts=3)}))
        (found,) = look_at_services(Settings(tmp_path))
    assert (found.state, found.what) == ("broken", "is not ready, started again 3 times")
    assert found.todo == "read logs/worker.log in the home"


def test_a_service_that_says_it_is_ready_and_does_not_answer_is_broken(tmp_path: Path) -> None:
    with supervising(tmp_path):
        write_state(tmp_path, State(services={"door": ServiceState("http://127.0.0.1:9", ready=True, since="now")}))
        (found,) = look_at_services(Settings(tmp_path, door_port=9))
    assert (found.state, found.what) == ("broken", "http://127.0.0.1:9 /v1/health does not answer well")


def test_a_database_without_the_schemas_needs_migrating(tmp_path: Path, empty_database: str) -> None:
    found = by_topic(look_at_database(Settings(tmp_path, database=empty_database)))
    assert found["database"].state == "ok"
    assert found["migrations"].state == "broken"
    assert "stream/0001_apply.sql" in found["migrations"].what
    assert found["migrations"].todo == "ioc database migrate"


def test_a_migrated_database_is_well(tmp_path: Path, database: str) -> None:
    found = by_topic(look_at_database(Settings(tmp_path, database=database)))
    assert {finding.state for finding in found.values()} == {"ok"}
    assert found["database"].what.startswith("PostgreSQL 18")


def test_a_database_that_is_away_is_broken_and_its_password_is_not_shown(tmp_path: Path) -> None:
    (found,) = look_at_database(Settings(tmp_path, database="postgresql://ioc:s3cret@127.0.0.1:9/ioc"))
    assert found.state == "broken"
    assert "s3cret" not in found.what


def test_a_halted_partition_is_broken(tmp_path: Path, database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("insert into stream.part_offset (part, halted) values (3, 'too much poison')")
    found = by_topic(look_at_database(Settings(tmp_path, database=database)))
    assert found["partition 3"].what == "halted: too much poison"
    assert "accept 3" in found["partition 3"].todo


def test_what_came_in_and_was_not_applied_is_the_lag(tmp_path: Path, database: str) -> None:
    log = PostgresLog(database, partitions=8)
    part = log.append([Entry("a case", b"{}")] * 10)[0].partition
    log.close()
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("insert into stream.part_offset (part, next_pos, applied) values (%s, 4, 4)", [part])
    found = look_at_log(Settings(tmp_path, database=database))
    assert found.state == "ok"
    assert found.facts["lag"][part] == 6


def test_a_database_that_is_ahead_of_its_log_belongs_to_another_one(tmp_path: Path, database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("insert into stream.part_offset (part, next_pos, applied) values (1, 4, 4)")
    found = look_at_log(Settings(tmp_path, database=database))
    assert found.state == "broken"
    assert "belongs to another event log" in found.todo


def test_a_missing_program_is_absent_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(machine, "_DRAWS_LETTERS", ("pango-1.0", "pango-of-nowhere"))
    found = by_topic(look_at_tools())
    assert {finding.state for finding in found.values()} == {"absent"}
    assert found["mvn"].todo == "apt-get install maven"
    assert "libpango-1.0-0" in found["pango"].todo
