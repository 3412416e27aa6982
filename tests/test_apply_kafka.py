"""The worker on a real Kafka topic, to which others may have written what they like."""

from contextlib import closing
from uuid import uuid4

import psycopg
import pytest
from kafka import KafkaProducer

from ingest.log.kafka import KafkaLog
from ioc.services.kafka import KafkaBroker
from stream.quarantine import Quarantine
from tests.building.applying import apply_all
from tests.building.events import an_application

pytestmark = pytest.mark.kafka


def test_what_others_write_to_the_topic_is_put_aside(
    kafka: KafkaBroker, database: str, stream: psycopg.Connection
) -> None:
    topic = f"t{uuid4().hex[:12]}"
    with closing(KafkaLog(kafka.bootstrap, topic=topic, partitions=2)) as log:
        log.append([an_application("A-1").received("2026-01-05 09:00").sync()])
        with closing(KafkaProducer(bootstrap_servers=kafka.bootstrap)) as stranger:
            stranger.send(topic, key=None, value=b"hello", partition=0)
            stranger.send(topic, key=b"\xff", value=None, partition=1)
            stranger.flush()
        log.append([an_application("A-2").received("2026-01-05 09:00").sync()])
        apply_all(log, database)
    assert stream.execute("select sum(applied), sum(quarantined) from part_offset").fetchone() == (2, 2)
    assert {listed.key for listed in Quarantine(stream).list()} == {"", "\ufffd"}
