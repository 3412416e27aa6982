"""The embedded Kafka broker: what it needs, and that nothing accepted is lost when it is killed."""

import os
import signal
import stat
from pathlib import Path

import pytest
from kafka import KafkaAdminClient
from kafka.admin import ConfigResource

from ingest.log.kafka import KafkaLog
from ingest.log.protocol import Entry
from ioc.services.kafka import KafkaBroker, KafkaSetupError
from tests.servers.processes import free_port, running


def program(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(stat.S_IRWXU)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole search path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def fresh(tmp_path: Path) -> KafkaBroker:
    """A broker that has nothing yet, not even jars."""
    return KafkaBroker(tmp_path / "kafka", 9, 10, cache=tmp_path / "cache")


@pytest.mark.usefixtures("programs")
def test_without_java_it_says_what_to_install(fresh: KafkaBroker) -> None:
    with pytest.raises(KafkaSetupError, match="apt-get install openjdk-17"):
        fresh.prepare()


def test_an_old_java_is_refused(programs: Path, fresh: KafkaBroker) -> None:
    program(programs, "java", """echo 'openjdk version "11.0.2" 2019-01-15' >&2""")
    with pytest.raises(KafkaSetupError, match="this one is 11"):
        fresh.prepare()


def test_without_maven_it_says_what_to_install(programs: Path, fresh: KafkaBroker) -> None:
    program(programs, "java", """echo 'openjdk version "21.0.1" 2023-10-17' >&2""")
    with pytest.raises(KafkaSetupError, match="apt-get install maven"):
        fresh.prepare()


def test_a_download_that_fails_leaves_no_half_made_jars(programs: Path, fresh: KafkaBroker) -> None:
    program(programs, "java", """echo 'openjdk version "17.0.15" 2025-04-15' >&2""")
    program(programs, "mvn", "echo 'no route to the registry' >&2; exit 1")
    with pytest.raises(KafkaSetupError, match="no route to the registry"):
        fresh.prepare()
    assert not fresh.jars.exists()
    assert list(fresh.cache.glob("*")) == []


@pytest.mark.kafka
def test_it_listens_on_loopback_only(kafka: KafkaBroker) -> None:
    settings = dict(line.split("=", 1) for line in kafka.configuration.read_text().splitlines())
    for listener in [*settings["listeners"].split(","), *settings["advertised.listeners"].split(",")]:
        assert "://127.0.0.1:" in listener
    assert kafka.ready()
    assert os.fspath(kafka.folder) in settings["log.dirs"]


@pytest.mark.kafka
def test_a_new_topic_forgets_nothing_and_keeps_the_brokers_time(kafka: KafkaBroker) -> None:
    log = KafkaLog(kafka.bootstrap, topic="forever", partitions=2)
    assert log.end_positions() == {0: 0, 1: 0}
    log.close()
    admin = KafkaAdminClient(bootstrap_servers=kafka.bootstrap)
    found = admin.describe_configs([ConfigResource("TOPIC", "forever")])
    admin.close()
    settings = {name: setting["value"] for name, setting in found["topic"]["forever"].items()}
    assert settings["retention.ms"] == "-1"
    assert settings["message.timestamp.type"] == "LogAppendTime"


@pytest.mark.kafka
def test_nothing_is_lost_and_everything_goes_on_when_the_broker_is_killed(kafka: KafkaBroker, tmp_path: Path) -> None:
    broker = KafkaBroker(tmp_path / "own", free_port(), free_port(), cache=kafka.cache)
    broker.prepare()
    log = KafkaLog(broker.bootstrap, patience=60)
    reader = log.join("figures", lambda parts: dict.fromkeys(parts, 0), lambda _: None)
    found: list[bytes] = []

    def read(count: int) -> None:
        while len(found) < count:
            found.extend(record.body for record in reader.poll(1000, 1))

    before = [f"before {number}".encode() for number in range(500)]
    with running(broker.command(), broker.ready, tmp_path / "log", signal.SIGKILL):
        log.append([Entry(f"k{number}", body) for number, body in enumerate(before)])
        read(500)
        assert reader.is_in_touch()
    assert not reader.is_in_touch()
    broker.prepare()
    with running(broker.command(), lambda: True, tmp_path / "log"):
        log.append([Entry("k", b"after")])
        read(501)
        assert reader.is_in_touch()
        kept = [record.body for part in range(8) for record in log.read(part, 0, 1000)]
        reader.close()
        log.close()
    assert sorted(found) == sorted(kept) == sorted([*before, b"after"])
