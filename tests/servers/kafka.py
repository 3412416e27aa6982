"""A real Kafka broker for the whole test run."""

import os
import signal
from collections.abc import Iterator

import pytest

from ioc.services.kafka import KafkaBroker, KafkaSetupError
from tests.servers.processes import free_port, running


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KafkaBroker]:
    """One Apache Kafka broker; without Java or Maven its tests are skipped, but never in CI."""
    folder = tmp_path_factory.mktemp("kafka")
    broker = KafkaBroker(folder / "broker", free_port(), free_port())
    try:
        broker.prepare()
    except KafkaSetupError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))
    with running(broker.command(), broker.ready, folder / "log", signal.SIGTERM):
        yield broker
