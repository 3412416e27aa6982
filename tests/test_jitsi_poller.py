"""A bridge is polled over real HTTP: what it says is durable, and so is that it went away and came back."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from structlog.testing import capture_logs

from ingest.contracts import registry
from ingest.contracts.conference import EndpointChanged, QualitySampled
from ingest.contracts.envelope import decode_envelope
from ingest.contracts.heartbeat import SourceHeartbeat
from ingest.log.postgres import PostgresLog
from ingest.polling import Bridge, NoAnswerError, Poller, PollError
from ingest.refusal import RefusedError
from ingest.registration import Source
from ingest.store.sources import PostgresSourceBook
from tests.servers.colibri import Colibri, colibri
from tests.servers.door import all_records
from tests.servers.home import ioc
from tests.servers.processes import free_port, wait_until

SOURCE = Source("jvb.moc-chau", "jitsi", {"JVB-1": "03979"}, streams=("conference",))
BEGAN = datetime(2026, 7, 22, 1, 0, tzinfo=UTC)


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.now = BEGAN

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def a_report(rtt: float = 50.0, **changes: object) -> bytes:
    return msgspec.json.encode({"rtt_aggregate": rtt, "participants": 4, "incoming_loss": 0.01} | changes)


@pytest.fixture
def log(ingest_database: str) -> Iterator[PostgresLog]:
    log = PostgresLog(ingest_database)
    yield log
    log.close()


@pytest.fixture
def served() -> Iterator[Colibri]:
    with colibri() as bridge:
        bridge.body = a_report()
        yield bridge


@pytest.fixture
def asked(served: Colibri) -> Iterator[Bridge]:
    with Bridge(served.address) as bridge:
        yield bridge


def told(log: PostgresLog) -> list[object]:
    """The data of all events, in the order they came, but for heartbeats."""
    records = sorted(all_records(log), key=lambda record: (record.appended_ms, record.partition, record.position))
    data = [registry.decode(decode_envelope(record.body)) for record in records]
    return [each for each in data if not isinstance(each, SourceHeartbeat)]


def beats(log: PostgresLog) -> list[SourceHeartbeat]:
    data = [registry.decode(decode_envelope(record.body)) for record in all_records(log)]
    return sorted((each for each in data if isinstance(each, SourceHeartbeat)), key=lambda each: each.at)


def changes(log: PostgresLog) -> list[tuple[str, float]]:
    """Up and down, with the seconds since the beginning."""
    found = [each for each in told(log) if isinstance(each, EndpointChanged)]
    return sorted(((each.state, (each.at - BEGAN).total_seconds()) for each in found), key=lambda each: each[1])


def test_a_poll_tells_that_the_bridge_is_up_and_how_its_line_is(
    log: PostgresLog, asked: Bridge, served: Colibri
) -> None:
    Poller(log, SOURCE, asked, clock=Clock()).poll()
    assert served.paths == ["/colibri/stats"]
    samples = [each for each in told(log) if isinstance(each, QualitySampled)]
    assert [(each.endpoint, each.samples[0].rtt, each.samples[0].loss) for each in samples] == [("JVB-1", 50.0, 1.0)]
    assert changes(log) == [("up", 0.0)]


def test_a_bridge_is_down_since_the_first_of_two_polls_without_an_answer_and_up_with_the_next(
    log: PostgresLog, asked: Bridge, served: Colibri
) -> None:
    clock = Clock()
    poller = Poller(log, SOURCE, asked, every=10, clock=clock)
    for status in (200, 503, 200, 503, 503, 503, 200):
        served.status = status
        poller.poll()
        clock.forward(10)
    assert changes(log) == [("up", 0.0), ("down", 30.0), ("up", 60.0)]


def test_a_bridge_that_never_answered_is_down(log: PostgresLog) -> None:
    clock = Clock()
    with Bridge(f"http://127.0.0.1:{free_port()}", patience=1) as bridge:
        poller = Poller(log, SOURCE, bridge, clock=clock)
        for _ in range(3):
            poller.poll()
            clock.forward(10)
    assert changes(log) == [("down", 0.0)]


def test_while_it_is_down_it_is_asked_less_often(log: PostgresLog, asked: Bridge, served: Colibri) -> None:
    poller = Poller(log, SOURCE, asked, every=10, clock=Clock())
    pauses = []
    served.status = 500
    for _ in range(7):
        poller.poll()
        pauses.append(poller.pause())
    served.status = 200
    poller.poll()
    assert pauses == [10, 10, 20, 40, 60, 60, 60]
    assert poller.pause() == 10


def test_a_heartbeat_a_minute_says_until_when_everything_was_told(log: PostgresLog, asked: Bridge) -> None:
    clock = Clock()
    poller = Poller(log, SOURCE, asked, clock=clock)
    for _ in range(13):
        poller.poll()
        clock.forward(10)
    assert [each.at for each in beats(log)] == [BEGAN + timedelta(minutes=n) for n in range(3)]
    assert all(each.complete_until == each.at for each in beats(log))


def test_between_a_first_miss_and_the_next_poll_a_heartbeat_leaves_it_open(
    log: PostgresLog, asked: Bridge, served: Colibri
) -> None:
    clock = Clock()
    poller = Poller(log, SOURCE, asked, clock=clock)
    poller.poll()
    clock.forward(60)
    missed_at, served.status = clock.now, 500
    poller.poll()
    clock.forward(60)
    poller.poll()
    assert [each.complete_until for each in beats(log)] == [BEGAN, missed_at, clock.now]


def test_what_the_log_cannot_take_now_is_told_later_in_its_order(
    ingest_database: str, asked: Bridge, served: Colibri
) -> None:
    clock = Clock()
    unreachable = PostgresLog(f"postgresql://127.0.0.1:{free_port()}/nothing", patience=0.3)
    poller = Poller(unreachable, SOURCE, asked, clock=clock)
    poller.poll()
    clock.forward(10)
    served.body = a_report(rtt=80)
    poller.poll()
    assert poller.waiting == 4  # up, sample, heartbeat, sample
    unreachable.close()
    log = PostgresLog(ingest_database)
    poller._log = log  # the database is back
    clock.forward(10)
    poller.poll()
    samples = [each for each in told(log) if isinstance(each, QualitySampled)]
    assert (poller.waiting, len(samples), changes(log), len(beats(log))) == (0, 3, [("up", 0.0)], 1)
    log.close()


def test_an_answer_that_is_no_statistics_is_an_answer_and_no_sample(
    log: PostgresLog, asked: Bridge, served: Colibri
) -> None:
    served.body = b"<html>login</html>"
    poller = Poller(log, SOURCE, asked, clock=Clock())
    for _ in range(3):
        poller.poll()
    assert changes(log) == [("up", 0.0)]
    assert len(told(log)) == 1


def test_the_password_is_sent_and_told_to_nobody(served: Colibri, caplog: pytest.LogCaptureFixture) -> None:
    served.status = 503
    with Bridge(served.address.replace("://", "://ioc:mat-khau@") + "/stats") as bridge:
        with pytest.raises(NoAnswerError) as raised:
            bridge.fetch()
        assert "mat-khau" not in f"{bridge.name} {raised.value!r} {caplog.text}"
    assert served.asked == ["Basic aW9jOm1hdC1raGF1"]
    assert served.paths == ["/stats"]


def test_answers_that_are_too_large_too_slow_or_elsewhere_are_no_answers(served: Colibri) -> None:
    with Bridge(served.address, patience=0.3) as bridge:
        served.body = b" " * ((1 << 20) + 1)
        with pytest.raises(NoAnswerError, match="over"):
            bridge.fetch()
        served.status = 302
        with pytest.raises(NoAnswerError, match="302"):
            bridge.fetch()
        served.status, served.drips = 200, threading.Event()
        with pytest.raises(NoAnswerError, match="not within"):
            bridge.fetch()


@pytest.mark.parametrize("begun", [b"HTTP/1.1 200 OK\r\nx-a: ", b"HTTP/1.1 200 OK\r\ncontent-length: 60\r\n\r\n"])
def test_an_answer_that_trickles_in_is_given_up_as_a_whole(served: Colibri, begun: bytes) -> None:
    served.trickles = begun + b"1" * 60
    with Bridge(served.address, patience=0.5) as bridge:
        began = time.monotonic()
        with pytest.raises(NoAnswerError, match="not within"):
            bridge.fetch()
    assert time.monotonic() - began < 2


def test_what_the_log_never_took_is_counted_when_the_poller_ends(asked: Bridge) -> None:
    log = PostgresLog(f"postgresql://127.0.0.1:{free_port()}/nothing", patience=0.2)
    poller = Poller(log, SOURCE, asked, clock=Clock())
    poller.poll()
    stop = threading.Event()
    stop.set()
    with capture_logs() as lines:
        poller.run(stop)
    log.close()
    assert poller.waiting == 3
    assert [line["events"] for line in lines if line["event"] == "polling.given_up"] == [3]


@pytest.mark.parametrize(
    "address", ["", "bridge:8080", "ftp://bridge/", "http://", "http://[::1", "file:///etc/passwd"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(PollError):
        Bridge(address)


def test_an_endpoint_that_is_not_the_sources_is_refused(log: PostgresLog, asked: Bridge) -> None:
    with pytest.raises(RefusedError):
        Poller(log, SOURCE, asked, endpoint="JVB-9")


def test_a_source_that_is_not_registered_is_told_how_to_be(ingest_database: str, tmp_path: Path) -> None:
    environment = {"IOC_HOME": str(tmp_path), "IOC_DATABASE_URL": ingest_database}
    called = ioc("ingest", "poll", "nobody", "--url", "http://127.0.0.1:1/", **environment)
    assert (called.returncode, called.stdout) == (1, "")
    assert "ioc source add nobody --kind jitsi" in called.stderr


def test_the_command_polls_until_it_is_told_to_stop(
    ingest_database: str, book: PostgresSourceBook, served: Colibri, tmp_path: Path, log: PostgresLog
) -> None:
    book.add_source(SOURCE)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("IOC_")}
    environment |= {
        "IOC_HOME": str(tmp_path / "home"),
        "IOC_DATABASE_URL": ingest_database,
        "IOC_POLL_URL": served.address.replace("://", "://ioc:mat-khau@"),
    }
    command = [sys.executable, "-m", "ioc", "ingest", "poll", SOURCE.id, "--every", "1"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as polling:
        try:
            wait_until(lambda: len(served.asked) >= 2, what="two polls")
        finally:
            polling.send_signal(signal.SIGTERM)
            out, err = polling.communicate(timeout=30)
    assert (polling.returncode, out) == (0, b""), err
    assert b"bridge.up" in err
    assert b"mat-khau" not in err
    assert changes(log)[0][0] == "up"
    assert beats(log)
