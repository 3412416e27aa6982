"""Both event logs, each on its real server: what a test of the contract runs on."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from uuid import uuid4

import pytest

from ingest.log.kafka import KafkaLog
from ingest.log.postgres import PostgresLog
from ingest.log.protocol import EventLog
from ioc.services.kafka import KafkaBroker
from tests.servers.processes import free_port

PARTITIONS = 4


@dataclass(frozen=True)
class LogPlace:
    """Where one log lies: it can be opened many times, as by many processes."""

    kind: str
    address: str
    topic: str
    opened: ExitStack = field(default_factory=ExitStack)

    def open(self, *, partitions: int = PARTITIONS, address: str | None = None, patience: float = 10) -> EventLog:
        """The log, closed when the test ends."""
        return self.opened.enter_context(closing(self._log(partitions, address or self.address, patience)))

    def nowhere(self) -> EventLog:
        """A log whose server does not run."""
        address = f"127.0.0.1:{free_port()}"
        return self.open(address=address if self.kind == "kafka" else f"postgresql://ioc@{address}/ioc", patience=1)

    def _log(self, partitions: int, address: str, patience: float) -> EventLog:
        if self.kind == "kafka":
            return KafkaLog(address, topic=self.topic, partitions=partitions, session=1.5, patience=patience)
        return PostgresLog(address, partitions=partitions, patience=patience)


@pytest.fixture(params=["postgres", pytest.param("kafka", marks=pytest.mark.kafka)])
def place(request: pytest.FixtureRequest) -> Iterator[LogPlace]:
    """An empty log: a fresh database, or a fresh topic."""
    found = _PLACES[request.param](request)
    with found.opened:
        yield found


@pytest.fixture
def event_log(place: LogPlace) -> EventLog:
    """The log, opened."""
    return place.open()


def _in_postgres(request: pytest.FixtureRequest) -> LogPlace:
    return LogPlace("postgres", request.getfixturevalue("database"), "")


def _in_kafka(request: pytest.FixtureRequest) -> LogPlace:
    broker: KafkaBroker = request.getfixturevalue("kafka")
    return LogPlace("kafka", broker.bootstrap, f"t{uuid4().hex[:12]}")


_PLACES: dict[str, Callable[[pytest.FixtureRequest], LogPlace]] = {"postgres": _in_postgres, "kafka": _in_kafka}
