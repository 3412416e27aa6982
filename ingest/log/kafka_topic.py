"""The topic of the log: made when missing, refused when it has another number of partitions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kafka import KafkaAdminClient
from kafka.errors import TopicAlreadyExistsError

from ingest.errors import LogLayoutError
from ingest.log.kafka_client import open_client

LARGEST_ENTRY = 16 << 20
"""Bytes of the largest entry, with its key; the HTTP door takes bodies of 10 MB."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What the log wants its topic to be."""

    name: str
    partitions: int
    replication: int

    @property
    def settings(self) -> Mapping[str, str]:
        """Nothing is ever removed, moments are the broker's, and a write waits for all copies but one."""
        return {
            "retention.ms": "-1",
            "retention.bytes": "-1",
            "cleanup.policy": "delete",
            "message.timestamp.type": "LogAppendTime",
            "max.message.bytes": str(LARGEST_ENTRY + 4096),
            "min.insync.replicas": str(max(1, self.replication - 1)),
        }


def ensure_topic(topic: Topic, connection: Mapping[str, Any]) -> None:
    """Make the topic where it is missing; raises `LogLayoutError` where it has other partitions, or a `KafkaError`."""
    admin = open_client(KafkaAdminClient, **connection)
    try:
        if topic.name not in admin.list_topics():
            _create(admin, topic)
        found = len(admin.describe_topics([topic.name])[0]["partitions"])
    finally:
        admin.close()
    if found != topic.partitions:
        raise LogLayoutError(
            f"topic {topic.name} has {found} partitions, not {topic.partitions}: the number can't be changed,"
            f" because the key decides the partition; ask for {found}"
        )


def _create(admin: KafkaAdminClient, topic: Topic) -> None:
    wanted = {
        "num_partitions": topic.partitions,
        "replication_factor": topic.replication,
        "configs": topic.settings,
    }
    try:
        admin.create_topics({topic.name: wanted}, wait_for_metadata=True)
    except TopicAlreadyExistsError:
        admin.wait_for_topics([topic.name])  # another process was faster
