"""`ioc snapshot deliver`: what waits is sent now, and what became of each is told."""

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ioc.diagnosis.deliveries import look_at_deliveries
from ioc.diagnosis.finding import Finding
from ioc.settings import Settings
from stream.snapshot.sending.outbox import Failure, Pace, mark_failed, take
from tests.building.deliveries import days_sealed
from tests.servers.home import ioc

_FILE = """
[receiver.kho]
title = { vi = "Kho", en = "Store" }
channel = "folder"
path = "out"

[receiver.tinh]
title = { vi = "Tỉnh", en = "Province" }
channel = "folder"
path = "/absent/mount"
"""


class Deliver:
    """The command in a home with two receivers, of which one is away."""

    def __init__(self, home: Path, database: str) -> None:
        self.home, self.database = home, database
        (home / "snapshots.toml").write_text(_FILE)

    def __call__(self, *options: str) -> subprocess.CompletedProcess[str]:
        return ioc("snapshot", "deliver", *options, "--home", str(self.home), IOC_DATABASE_URL=self.database)


@pytest.fixture
def deliver(tmp_path: Path, database: str) -> Deliver:
    return Deliver(tmp_path, database)


def shown(done: subprocess.CompletedProcess[str]) -> list[tuple[str, int, str]]:
    told: dict[str, Any] = json.loads(done.stdout)
    return [(each["receiver"], each["number"], each["state"]) for each in told["deliveries"]]


def now() -> datetime:
    return datetime.now(UTC)


def test_what_waits_is_sent_at_once_though_it_would_be_tried_later(
    deliver: Deliver, stream: psycopg.Connection
) -> None:
    days_sealed(stream, 2, ["kho"], now=now())
    first = take(stream, "kho", now(), Pace())
    assert first is not None
    mark_failed(stream, first, Failure("HTTP 503", timedelta(hours=1), is_final=False), now(), Pace())
    done = deliver()
    assert done.returncode == 0, done.stderr
    assert shown(done) == [("kho", 1, "delivered"), ("kho", 2, "delivered")]
    assert len(list((deliver.home / "out").iterdir())) == 2


def test_what_is_left_is_told_with_what_it_waits_for_and_fails_the_command(
    deliver: Deliver, stream: psycopg.Connection
) -> None:
    days_sealed(stream, 2, ["tinh", "kho"], now=now())
    done = deliver("--receiver", "tinh")
    assert (done.returncode, "2 of 2 are not delivered" in done.stderr) == (1, True)
    first, second = json.loads(done.stdout)["deliveries"]
    assert "FileNotFoundError" in first["error"]
    assert (second["attempts"], second["waits_for"]) == (0, "2026-03-02/1")
    assert not (deliver.home / "out").exists()


def test_what_was_given_up_is_sent_again_when_somebody_asks(deliver: Deliver, stream: psycopg.Connection) -> None:
    days_sealed(stream, 1, ["kho"], now=now())
    first = take(stream, "kho", now(), Pace())
    assert first is not None
    mark_failed(stream, first, Failure("HTTP 409", timedelta(0), is_final=True), now(), Pace())
    assert shown(deliver("--again", "--kind", "daily", "--period", "2026-03-02", "--version", "1")) == [
        ("kho", 1, "delivered")
    ]


def test_a_receiver_that_nobody_names_any_more_is_told(deliver: Deliver, stream: psycopg.Connection) -> None:
    days_sealed(stream, 1, ["cu"], now=now())
    done = deliver()
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert [(each["receiver"], each["waiting"]) for each in told["receivers_unknown"]] == [("cu", 1)]
    asked = deliver("--receiver", "cu")
    assert (asked.returncode, "'cu' is no receiver; there are kho, tinh" in asked.stderr) == (1, True)


def test_the_doctor_tells_what_does_not_arrive(deliver: Deliver, stream: psycopg.Connection) -> None:
    days_sealed(stream, 2, ["tinh"], now=now())
    days_sealed(stream, 1, ["cu"], "index-month", now=now())
    settings = Settings.load(deliver.home, {"IOC_DATABASE_URL": deliver.database})

    def found(after: timedelta) -> Finding:
        [each] = look_at_deliveries(settings, now() + after)
        return each

    soon = found(timedelta(minutes=5))
    assert (soon.state, soon.what) == ("broken", "something waits for cu, whom nobody names any more")
    stream.execute("delete from snapshot.delivery where receiver = 'cu'")
    assert found(timedelta(minutes=5)).what == "2 on their way"
    long = "2 wait for more than an hour, the first: daily 2026-03-02 v1 to tinh (never tried)"
    assert found(timedelta(hours=2)).what == long
    first = take(stream, "tinh", now(), Pace())
    assert first is not None
    mark_failed(stream, first, Failure("HTTP 409", timedelta(0), is_final=True), now(), Pace())
    lost = found(timedelta(minutes=5))
    assert (lost.what, lost.todo) == (
        "1 given up, the last: daily 2026-03-02 v1 to tinh (HTTP 409)",
        "ioc snapshot deliver --again",
    )
    assert "given up" not in found(timedelta(days=15)).what


def test_a_receiver_with_a_mistake_is_told_and_the_others_are_sent_to(
    deliver: Deliver, stream: psycopg.Connection
) -> None:
    wrong = _FILE.replace('path = "/absent/mount"', 'pth = "x"')
    (deliver.home / "snapshots.toml").write_text(wrong)
    days_sealed(stream, 1, ["kho", "tinh"], now=now())
    done = deliver()
    assert shown(done) == [("kho", 1, "delivered"), ("tinh", 1, "waiting")]
    assert "[receiver.tinh]" in json.loads(done.stdout)["receivers_wrong"]["tinh"]
