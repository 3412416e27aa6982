"""The event log of production: a topic of Apache Kafka."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor
from kafka.errors import KafkaError

from ingest.errors import IngestError, LogUnavailableError, PartialAppendError
from ingest.log.kafka_client import open_client
from ingest.log.kafka_reader import KafkaReader, to_records
from ingest.log.kafka_topic import LARGEST_ENTRY, Topic, ensure_topic
from ingest.log.protocol import Entry, OnAssigned, OnRevoked, Position, Record, partition_of


class KafkaLog:
    """An `EventLog` in one topic; durable as soon as all in-sync copies have it.

    Any thread may append and read; each reader belongs to one thread. Connects at first use. `replication`
    is how many copies a new topic gets, `session` after how many seconds of silence a reader counts as dead,
    `patience` how many seconds a call waits for a broker that does not answer.
    """

    def __init__(
        self, bootstrap: str, *, topic: str = "ioc.events", partitions: int = 8, replication: int = 1,
        session: float = 10.0, patience: float = 10.0,
    ) -> None:  # fmt: skip
        self._topic = Topic(topic, partitions, replication)
        self._session_ms = int(session * 1000)
        self._patience = patience
        self._connection = {
            "bootstrap_servers": bootstrap.split(","),
            "client_id": "ioc",
            "bootstrap_timeout_ms": int(patience * 1000),
            "request_timeout_ms": max(1000, int(patience * 500)),
            "reconnect_backoff_max_ms": 1000,
        }
        self._opening = Lock()
        self._topic_is_there = False
        self._producer: KafkaProducer | None = None
        self._reading = Lock()
        self._consumer: KafkaConsumer | None = None

    @property
    def partitions(self) -> int:
        """How many partitions there are; fixed for the life of the log."""
        return self._topic.partitions

    def append(self, entries: Sequence[Entry]) -> Sequence[Position]:
        """Append all; each is acknowledged by all in-sync copies when this returns.

        Raises `LogUnavailableError` when nothing was accepted, `PartialAppendError` when some may have been,
        and a plain `IngestError` for an entry that is larger than the log takes.
        """
        for entry in entries:
            if len(entry.body) + len(entry.key) * 4 > LARGEST_ENTRY:
                raise IngestError(f"entry {entry.key} has {len(entry.body)} bytes, more than the log takes")
        with _unavailable():
            producer = self._open_producer()
        try:
            return self._send(producer, entries)
        except KafkaError as error:
            self._discard(producer)
            raise PartialAppendError(f"Kafka did not confirm every entry, send all again: {error}") from error

    def end_positions(self) -> Mapping[int, int]:
        """The position that the next entry of each partition will get."""
        with self._lone_consumer() as consumer:
            ends = consumer.end_offsets([TopicPartition(self._topic.name, part) for part in range(self.partitions)])
        return {place.partition: end for place, end in ends.items()}

    def read(self, partition: int, position: int, limit: int) -> Sequence[Record]:
        """Up to `limit` records of one partition from `position` on, outside any group; empty at the end."""
        place = TopicPartition(self._topic.name, partition)
        with self._lone_consumer() as consumer:
            end = min(position + limit, consumer.end_offsets([place])[place])
            if position >= end:
                return []
            consumer.assign([place])
            consumer.seek(place, position)
            found: list[Record] = []
            while position + len(found) < end:
                batch = consumer.poll(int(self._patience * 1000), max_records=end - position - len(found))
                if not batch:
                    raise LogUnavailableError(f"Kafka did not deliver what partition {partition} holds")
                found.extend(to_records(batch))
            return found

    def join(self, group: str, on_assigned: OnAssigned, on_revoked: OnRevoked) -> KafkaReader:
        """Become a member of `group`; connects at the first poll."""

        def connect() -> KafkaConsumer:
            self._ensure_topic()
            return open_client(
                KafkaConsumer,
                group_id=group,
                partition_assignment_strategy=[CooperativeStickyAssignor],
                session_timeout_ms=self._session_ms,
                heartbeat_interval_ms=min(1000, self._session_ms // 3),
                **self._consumer_settings(),
            )

        return KafkaReader(connect, self._topic.name, on_assigned, on_revoked)

    def close(self) -> None:
        """Give up connections."""
        with self._opening, suppress(KafkaError):
            producer, self._producer = self._producer, None
            if producer is not None:
                producer.close(timeout=self._patience)
        with self._reading:
            self._close_consumer()

    def _send(self, producer: KafkaProducer, entries: Sequence[Entry]) -> list[Position]:
        sent = []
        for key, body in entries:
            part = partition_of(key, self.partitions)
            sent.append(producer.send(self._topic.name, key=key.encode(), value=body, partition=part))
        answers = [future.get(timeout=self._patience + 1) for future in sent]
        return [Position(answer.partition, answer.offset) for answer in answers]

    def _open_producer(self) -> KafkaProducer:
        self._ensure_topic()
        with self._opening:
            if self._producer is None:
                self._producer = open_client(
                    KafkaProducer,
                    acks="all",
                    enable_idempotence=True,
                    compression_type="lz4",
                    linger_ms=0,  # what comes while a request is under way makes up the next one
                    batch_size=256 << 10,
                    max_request_size=LARGEST_ENTRY + 1024,
                    delivery_timeout_ms=int(self._patience * 1000),
                    max_block_ms=int(self._patience * 1000),
                    **self._connection,
                )
            return self._producer

    def _discard(self, producer: KafkaProducer) -> None:
        """Begin anew after a failure: a producer that lost track of its sequence never recovers for certain."""
        with self._opening:
            if self._producer is producer:
                self._producer = None
        with suppress(KafkaError):
            producer.close(timeout=self._patience + 1)  # by then what others had sent is answered or given up

    def _ensure_topic(self) -> None:
        with self._opening:
            if not self._topic_is_there:
                ensure_topic(self._topic, self._connection)
                self._topic_is_there = True

    @contextmanager
    def _lone_consumer(self) -> Iterator[KafkaConsumer]:
        """The consumer outside any group, for one call at a time; a new one after a failure."""
        with self._reading, _unavailable():
            try:
                self._ensure_topic()
                if self._consumer is None:
                    self._consumer = open_client(KafkaConsumer, group_id=None, **self._consumer_settings())
                yield self._consumer
            except BaseException:
                self._close_consumer()
                raise

    def _close_consumer(self) -> None:
        consumer, self._consumer = self._consumer, None
        if consumer is not None:
            with suppress(KafkaError):
                consumer.close(autocommit=False, timeout_ms=1000)

    def _consumer_settings(self) -> Mapping[str, Any]:
        return {
            "enable_auto_commit": False,
            # Every position comes from the reader's store. One that the log does not have is an error to
            # shout about: starting over silently would be wrong either way.
            "auto_offset_reset": "none",
            "max_partition_fetch_bytes": 4 << 20,
            # A partition whose entries were just handed out joins the next fetch, not the one under way: this
            # is how long an event may lie there.
            "fetch_max_wait_ms": 50,
            **self._connection,
        }


@contextmanager
def _unavailable() -> Iterator[None]:
    try:
        yield
    except KafkaError as error:
        raise LogUnavailableError(f"Kafka can't be reached: {error}") from error
