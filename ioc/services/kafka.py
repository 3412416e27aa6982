"""A real Apache Kafka broker of our own: one node in KRaft mode, on loopback, its jars from Maven.

One node keeps one copy. What it has acknowledged is flushed to disk first (`log.flush.interval.messages=1`),
which Kafka by itself leaves to replication: so an accepted event survives `kill -9` and a power cut alike.
"""

import os
import re
import shutil
import socket
import subprocess
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

_RECIPE = Path(__file__).parents[2] / "docker" / "kafka"
_OLDEST_JAVA = 17

_HEAP = ("-Xms256m", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


class KafkaSetupError(RuntimeError):
    """The broker could not be made; the sentence says what is missing and what to do."""

    retriable = False


@dataclass(frozen=True)
class KafkaBroker:
    """One broker that keeps its data in `folder`.

    The jars are shared by all brokers of this user: `cache` holds one folder for each version of the recipe.
    """

    folder: Path
    port: int
    controller_port: int
    cache: Path = field(default_factory=lambda: Path.home() / ".cache" / "moc-chau-ioc")

    @property
    def bootstrap(self) -> str:
        """How a client connects."""
        return f"127.0.0.1:{self.port}"

    @property
    def jars(self) -> Path:
        """Where the jars are, named by the recipe that they were made from."""
        return self.cache / f"kafka-{sha256((_RECIPE / 'pom.xml').read_bytes()).hexdigest()[:12]}"

    @property
    def configuration(self) -> Path:
        """The broker's settings, written anew by each `prepare`."""
        return self.folder / "server.properties"

    def prepare(self) -> None:
        """Fetch the jars and format the storage where that has not been done; raises `KafkaSetupError`."""
        _check_java()
        self._fetch_jars()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lines = [f"{name}={value}" for name, value in self._settings().items()]
        self.configuration.write_text("\n".join(lines) + "\n")
        if not (self.folder / "data" / "meta.properties").exists():
            self._format()

    def command(self) -> list[str]:
        """The program to run in the foreground; SIGTERM stops it cleanly."""
        return self._java("kafka.Kafka", str(self.configuration), options=_HEAP)

    def ready(self) -> bool:
        """Whether the broker answers a request for its metadata, as a client would ask."""
        if not _listens(self.port):
            return False
        from kafka import KafkaAdminClient
        from kafka.errors import KafkaError

        try:
            client = KafkaAdminClient(bootstrap_servers=self.bootstrap, bootstrap_timeout_ms=1000)
        except KafkaError:
            return False
        try:
            return bool(client.describe_cluster()["brokers"])
        except KafkaError:
            return False
        finally:
            client.close()

    def _settings(self) -> dict[str, str]:
        return {
            "process.roles": "broker,controller",
            "node.id": "1",
            "controller.quorum.voters": f"1@127.0.0.1:{self.controller_port}",
            "listeners": f"PLAINTEXT://127.0.0.1:{self.port},CONTROLLER://127.0.0.1:{self.controller_port}",
            "advertised.listeners": f"PLAINTEXT://127.0.0.1:{self.port}",
            "controller.listener.names": "CONTROLLER",
            "inter.broker.listener.name": "PLAINTEXT",
            "log.dirs": str(self.folder / "data"),
            "log.flush.interval.messages": "1",
            "auto.create.topics.enable": "false",
            # After a kill the controller takes the broker back only when its old session has ended.
            "broker.heartbeat.interval.ms": "500",
            "broker.session.timeout.ms": "2500",
            "offsets.topic.num.partitions": "8",
            "offsets.topic.replication.factor": "1",
            "transaction.state.log.num.partitions": "1",
            "transaction.state.log.replication.factor": "1",
            "transaction.state.log.min.isr": "1",
            "share.coordinator.state.topic.num.partitions": "1",
            "share.coordinator.state.topic.replication.factor": "1",
            "share.coordinator.state.topic.min.isr": "1",
            "group.initial.rebalance.delay.ms": "0",
            "group.min.session.timeout.ms": "1000",
            "num.network.threads": "2",
            "num.io.threads": "4",
            "num.recovery.threads.per.data.dir": "2",
            "log.cleaner.dedupe.buffer.size": str(16 << 20),
        }

    def _fetch_jars(self) -> None:
        if self.jars.exists():
            return
        maven = shutil.which("mvn")
        if maven is None:
            raise KafkaSetupError("Kafka's jars are fetched by Maven: on Debian and Ubuntu, apt-get install maven")
        made = self.cache / f".{uuid4().hex}"  # moved to its name once whole: an interrupted download is never used
        try:
            _run(
                [maven, "--batch-mode", "--quiet", "--no-transfer-progress", "--file", str(_RECIPE / "pom.xml"),
                 "dependency:copy-dependencies", f"-DoutputDirectory={made}"],
                "fetching Kafka's jars failed",
            )  # fmt: skip
            if not self.jars.exists():
                made.rename(self.jars)
        finally:
            shutil.rmtree(made, ignore_errors=True)

    def _format(self) -> None:
        identity = self.folder / "cluster"
        if not identity.exists():
            identity.write_text(_cluster_id())
        _run(
            self._java("kafka.tools.StorageTool", "format", "--cluster-id", identity.read_text().strip(),
                       "--config", str(self.configuration), "--ignore-formatted"),
            "formatting Kafka's storage failed",
        )  # fmt: skip

    def _java(self, *arguments: str, options: Sequence[str] = ("-Xmx128m", "-XX:TieredStopAtLevel=1")) -> list[str]:
        return ["java", *options, "-Djava.awt.headless=true",
                f"-Dlog4j2.configurationFile={_RECIPE / 'log4j2.properties'}", "-cp", f"{self.jars}{os.sep}*",
                *arguments]  # fmt: skip


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _cluster_id() -> str:
    """A random UUID as Kafka writes it: base64 for addresses, and never like an option of a command."""
    written = urlsafe_b64encode(uuid4().bytes).decode().rstrip("=")
    return _cluster_id() if written.startswith("-") else written


def _check_java() -> None:
    advice = f"Kafka needs Java {_OLDEST_JAVA} or newer: on Debian and Ubuntu, apt-get install openjdk-17-jre-headless"
    if shutil.which("java") is None:
        raise KafkaSetupError(advice)
    answer = _run(["java", "-version"], advice)
    version = re.search(r'version "(\d+)', answer)
    if version is not None and int(version[1]) < _OLDEST_JAVA:
        raise KafkaSetupError(f"{advice} (this one is {version[1]})")


def _run(command: Sequence[str], failure: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise KafkaSetupError(f"{failure}: {(done.stderr.strip() or done.stdout.strip())[-2000:]}")
    return done.stdout + done.stderr
