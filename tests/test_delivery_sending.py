"""Sending as the service does it: several receivers beside each other, senders that are killed, receivers that fail."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import psycopg
import pytest

from ioc.delivering.channel import Channel, DeliveryError, Parcel
from ioc.delivering.folder import Folder, FolderSettings
from ioc.delivering.sending import Sending
from ioc.delivering.settings import Place
from stream.snapshot.sending.outbox import Answer
from stream.snapshot.sending.rows import Asked
from tests.building.applying import opener
from tests.building.deliveries import NOW, days_sealed, states
from tests.servers.processes import wait_until
from tests.servers.receiver import a_province

CHAOS = os.environ.get("IOC_CHAOS") == "1"
DAYS, KILLS = (330, 60) if CHAOS else (6, 2)

KINDS = ("daily", "index-month", "statutory-month") if CHAOS else ("daily", "index-month")


class Said:
    """A channel that does what it is told, and keeps what it was given."""

    where = "here"
    give_up_after = timedelta(days=7)

    def __init__(self, *errors: Exception | None) -> None:
        self._errors = list(errors)
        self.sent: list[Parcel] = []

    def send(self, parcel: Parcel) -> Answer:
        error = self._errors.pop(0) if self._errors else None
        if error is not None:
            raise error
        self.sent.append(parcel)
        return Answer(b"{}")


class Sent:
    """The outbox of a database, and a clock that is set by hand."""

    def __init__(self, url: str, **channels: Channel) -> None:
        self.now = NOW
        self.sending = Sending(opener(url), lambda: self.now, lambda: channels)

    def go(self, after: timedelta = timedelta(0)) -> list[tuple[int, str]]:
        self.now += after
        return [(each.delivery.number, each.state) for each in self.sending.once()]


def test_all_that_waits_is_sent_in_order_and_once(database: str, stream: psycopg.Connection, tmp_path: Path) -> None:
    days_sealed(stream, 3, ["tinh"])
    sent = Sent(database, tinh=Folder(FolderSettings(path="out"), Place(tmp_path, {})))
    assert (sent.go(), sent.go()) == ([(1, "delivered"), (2, "delivered"), (3, "delivered")], [])
    assert len(list((tmp_path / "out").iterdir())) == 3
    receipts = stream.execute("select receipt, digest from snapshot.delivery order by period").fetchall()
    assert all(json.loads(receipt)["digest"] == digest for receipt, digest in receipts)


def test_a_receiver_that_fails_is_left_alone_for_a_while_and_told_why(
    database: str, stream: psycopg.Connection
) -> None:
    days_sealed(stream, 2, ["tinh", "so"])
    tinh, so = Said(DeliveryError("HTTP 503")), Said()
    sent = Sent(database, tinh=tinh, so=so)
    assert sent.go() == [(1, "waiting"), (1, "delivered"), (2, "delivered")]
    assert sent.go(timedelta(seconds=4)) == []
    assert sent.go(timedelta(seconds=6)) == [(1, "delivered"), (2, "delivered")]
    assert [each.delivery.number for each in tinh.sent] == [1, 2]


def test_a_receiver_that_asks_for_time_gets_it(database: str, stream: psycopg.Connection) -> None:
    days_sealed(stream, 1, ["tinh"])
    sent = Sent(database, tinh=Said(DeliveryError("HTTP 503", wait=timedelta(minutes=5))))
    assert sent.go() == [(1, "waiting")]
    assert sent.go(timedelta(minutes=5) - timedelta(seconds=1)) == []
    assert sent.go(timedelta(seconds=1)) == [(1, "delivered")]


def test_what_is_refused_for_good_is_given_up_and_the_next_one_goes(database: str, stream: psycopg.Connection) -> None:
    days_sealed(stream, 2, ["tinh"])
    sent = Sent(database, tinh=Said(DeliveryError("HTTP 409", is_final=True)))
    assert sent.go() == [(1, "given_up"), (2, "delivered")]
    assert states(stream) == [("tinh", "daily", "given_up", 1), ("tinh", "daily", "delivered", 1)]


def test_a_mistake_in_a_channel_stops_nothing_and_is_told(database: str, stream: psycopg.Connection) -> None:
    days_sealed(stream, 1, ["tinh", "so"])
    sent = Sent(database, tinh=Said(RuntimeError("oops")), so=Said())
    assert sent.go() == [(1, "waiting"), (1, "delivered")]
    [row] = stream.execute("select error from snapshot.delivery where receiver = 'tinh'").fetchall()
    assert row == ("RuntimeError: oops",)


def test_what_is_asked_for_alone_is_sent_alone(database: str, stream: psycopg.Connection) -> None:
    days_sealed(stream, 1, ["tinh", "so"])
    days_sealed(stream, 1, ["tinh"], kind="index-month")
    tinh, so = Said(), Said()
    Sent(database, tinh=tinh, so=so).sending.once(Asked(receiver="tinh", kind="index-month"))
    assert ([each.delivery.kind for each in tinh.sent], so.sent) == (["index-month"], [])


def test_a_receiver_that_hangs_holds_no_other_one_up(database: str, stream: psycopg.Connection) -> None:
    days_sealed(stream, 2, ["tinh", "so"])
    hung, let_go, stop = Event(), Event(), Event()

    class Hanging(Said):
        def send(self, parcel: Parcel) -> Answer:
            hung.set()
            let_go.wait(20)
            return super().send(parcel)

    tinh, so = Hanging(), Said()
    channels: dict[str, Channel] = {"tinh": tinh}
    sending = Thread(target=Sending(opener(database), lambda: NOW, lambda: channels).run, args=(stop,))
    sending.start()
    try:
        assert hung.wait(10)
        channels["so"] = so  # named while it runs
        wait_until(lambda: len(so.sent) == 2, seconds=10, what="the other receiver's snapshots")
        assert tinh.sent == []
    finally:
        let_go.set()
        wait_until(lambda: len(tinh.sent) == 2, seconds=10, what="those of the one that hung")
        stop.set()
        sending.join(10)
    assert {state for _, _, state, _ in states(stream)} == {"delivered"}


@pytest.mark.timeout(1800 if CHAOS else 300)
def test_senders_killed_at_any_moment_and_a_receiver_that_fails_half_the_time_deliver_each_once(
    database: str, stream: psycopg.Connection, tmp_path: Path
) -> None:
    chance = random.Random(20261122)
    faults = {"fail": 0.35, "drop": 0.1, "hang": 0.02 if CHAOS else 0.05, "seed": 3}
    with a_province(tmp_path / "province", faults).started() as province:
        receivers = {
            "tinh": {"channel": "https", **province.settings},
            "kho": {"channel": "folder", "path": "out"},
        }
        for kind in KINDS:
            days_sealed(stream, DAYS, list(receivers), kind, datetime.now(UTC))
        for _ in range(KILLS):
            with _sender(database, tmp_path, receivers), _sender(database, tmp_path, receivers) as process:
                time.sleep(0.9 + chance.random() * 0.6)  # some moment of its life: it takes 0.8 s to be born
                process.send_signal(signal.SIGKILL)
        with _sender(database, tmp_path, receivers):
            wait_until(lambda: _waiting(stream) == 0, seconds=1200 if CHAOS else 90, what="everything arriving")
        given = stream.execute(
            "select kind, period || '/' || version, receipt from snapshot.delivery where receiver = 'tinh'"
        ).fetchall()
        for kind in KINDS:
            told = {name: receipt for of, name, receipt in given if of == kind}
            assert len(told) == DAYS
            assert province.receipts(kind) == told  # each is there once, and we have its receipt to the byte
            assert all(json.loads(receipt)["findings"] == [] for receipt in told.values())  # in order, without a gap
    assert len(list((tmp_path / "out").iterdir())) == len(KINDS) * DAYS
    assert {state for _, _, state, _ in states(stream)} == {"delivered"}
    assert max(attempts for *_, attempts in states(stream)) > 1


@contextmanager
def _sender(database: str, home: Path, receivers: Mapping[str, Any]) -> Iterator[subprocess.Popen[bytes]]:
    """A sender that is killed at the end."""
    command = [sys.executable, "-m", "tests.snapshot_sender", database, str(home), json.dumps(receivers)]
    with (home / "senders.log").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _waiting(connection: psycopg.Connection) -> int:
    [(count,)] = connection.execute("select count(*) from snapshot.delivery where state = 'waiting'").fetchall()
    found: int = count
    return found
