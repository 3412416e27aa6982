"""A member of a consumer group that reads the log's topic."""

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress

import structlog
from kafka import ConsumerRebalanceListener, KafkaConsumer, OffsetAndMetadata, TopicPartition
from kafka.consumer.fetcher import ConsumerRecord
from kafka.errors import KafkaError, OffsetOutOfRangeError
from kafka.structs import MemberState

from ingest.errors import LogUnavailableError, PositionLostError
from ingest.log.protocol import OnAssigned, OnRevoked, Record

_log = structlog.get_logger(__name__)

_SLICE = 0.1  # seconds: the longest wait in the client before new partitions are told of
_ANSWERS_WITHIN = 1_000  # milliseconds
_REBALANCE = 5.0  # seconds that a poll may take longer while the group shares anew


class KafkaReader:
    """A `LogReader`, for one thread.

    The client calls its listener in a thread of its own while `poll` waits. So `on_revoked` runs there, before
    the group goes on without the partitions; `on_assigned`, which has a store to ask, runs in the
    caller's thread, and until it has answered the new partitions are paused.
    While the broker is away `poll` returns nothing: the client keeps trying by itself. While the group shares its
    partitions anew `poll` may take some seconds longer than asked: kafka-python 3.0 throws away what the group
    agreed on when nobody is polling at that moment, and then the whole group begins again.
    """

    def __init__(
        self, connect: Callable[[], KafkaConsumer], topic: str, on_assigned: OnAssigned, on_revoked: OnRevoked
    ) -> None:  # fmt: skip
        self._connect = connect
        self._topic = topic
        self._on_assigned = on_assigned
        self._on_revoked = on_revoked
        self._consumer: KafkaConsumer | None = None
        self._untold: set[int] = set()
        self._told: set[int] = set()
        self._failure: Exception | None = None

    def poll(self, limit: int, wait: float) -> Sequence[Record]:
        """Up to `limit` records of the assigned partitions; waits up to `wait` seconds for the first.

        Raises `LogUnavailableError`, after which it may be called again, and `PositionLostError` when a
        position is not in the log.
        """
        deadline = time.monotonic() + wait
        while True:
            # What may raise comes before the client is asked: records that it has handed out must be returned.
            self._tell()
            left = deadline - time.monotonic()
            rebalancing = self._is_rebalancing()
            records = self._poll_client(limit, _SLICE if rebalancing else min(max(left, 0.0), _SLICE))
            if records or (left <= 0 and not self._untold and not (rebalancing and left > -_REBALANCE)):
                return records

    def is_in_touch(self) -> bool:
        """Whether the leaders of all partitions of ours answer within a second: to `poll` their silence is no news."""
        if self._consumer is None or self._is_rebalancing():
            return False
        try:
            self._consumer.end_offsets([self._place(part) for part in sorted(self._told)], timeout_ms=_ANSWERS_WITHIN)
        except KafkaError:
            return False
        return True

    def seek(self, positions: Mapping[int, int]) -> None:
        """Read on from these positions; partitions that are not assigned are passed over."""
        for partition in positions.keys() & self._told:
            if self._consumer is not None:
                self._consumer.seek(self._place(partition), positions[partition])

    def commit(self, positions: Mapping[int, int]) -> None:
        """Leave a hint in Kafka for people and tools how far the group has read; may get lost."""
        hints = {self._place(part): OffsetAndMetadata(positions[part]) for part in positions.keys() & self._told}
        if hints and self._consumer is not None:
            with suppress(KafkaError):
                self._consumer.commit_async(hints, callback=lambda _offsets, _answer: None)

    def close(self) -> None:
        """Leave the group; its partitions go to others at once."""
        try:
            self._revoke(self._told | self._untold)
        finally:
            self._leave()

    def assigned(self, partitions: Collection[int]) -> None:
        """The client's listener: these are ours from now on, but nobody was told yet."""
        for partition in partitions:
            # A position of its own keeps the client from asking Kafka for the hint that was committed there.
            self._client.seek(self._place(partition), 0)
            self._client.pause(self._place(partition))
        self._untold.update(partitions)

    def revoked(self, partitions: Collection[int]) -> None:
        """The client's listener: these are ours no more."""
        try:
            self._revoke(partitions)
        except Exception as error:  # noqa: BLE001 - the client would hide it: it is raised from poll
            self._failure = error

    @property
    def _client(self) -> KafkaConsumer:
        if self._consumer is None:
            self._consumer = self._connect()
            self._consumer.subscribe([self._topic], listener=_Listener(self))
            # With the topic's metadata at hand the first share is the right one.
            self._consumer.bootstrap(timeout_ms=5000, refresh=True)
        return self._consumer

    def _is_rebalancing(self) -> bool:
        if self._consumer is None or self._consumer.group_metadata().state != MemberState.REBALANCING:
            return False
        # kafka-python 3.0 forgets a rebalance that new metadata began when the poll ended before it was complete,
        # and would wait for ever, with no partitions and no heartbeats. There is no public way to remind it.
        self._consumer._coordinator.request_rejoin()  # noqa: SLF001
        return True

    def _poll_client(self, limit: int, seconds: float) -> list[Record]:
        try:
            return to_records(self._client.poll(int(seconds * 1000), max_records=limit))
        except OffsetOutOfRangeError as error:
            raise PositionLostError(f"the log does not have a position to read from: {error}") from error
        except KafkaError as error:
            if not error.retriable:
                self._revoke(self._told | self._untold)
                self._leave()
            raise LogUnavailableError(f"Kafka can't be read: {error}") from error

    def _tell(self) -> None:
        """Tell of new partitions and begin to read them; when that fails, the next poll tells again."""
        if self._failure is not None:
            failure, self._failure = self._failure, None
            raise failure
        if not self._untold:
            return
        positions = self._on_assigned(sorted(self._untold))
        for partition in sorted(self._untold):
            self._client.seek(self._place(partition), positions[partition])
            self._client.resume(self._place(partition))
        self._told |= self._untold
        self._untold.clear()

    def _revoke(self, partitions: Collection[int]) -> None:
        """Tell that these are ours no more, once for each."""
        self._untold.difference_update(partitions)
        told = sorted(self._told.intersection(partitions))
        self._told.difference_update(told)
        if told:
            self._on_revoked(told)
            _log.info("partitions_given_up", topic=self._topic, partitions=told)

    def _leave(self) -> None:
        consumer, self._consumer = self._consumer, None
        if consumer is not None:
            with suppress(KafkaError):
                consumer.close(autocommit=False, timeout_ms=2000)

    def _place(self, partition: int) -> TopicPartition:
        return TopicPartition(self._topic, partition)


class _Listener(ConsumerRebalanceListener):  # type: ignore[misc]  # kafka-python has no types
    """Passes on what the client hears about the group."""

    def __init__(self, reader: KafkaReader) -> None:
        self._reader = reader

    def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        self._reader.assigned([place.partition for place in assigned])

    def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        self._reader.revoked([place.partition for place in revoked])


def to_records(batch: Mapping[TopicPartition, Sequence[ConsumerRecord]]) -> list[Record]:
    """The client's records as the log's, in order of position within each partition.

    Others may write to the topic: what has no key, no value or a key that is no text is handed on all the same, and
    whoever applies it says what is wrong with it.
    """
    return [
        Record(
            place.partition, record.offset, (record.key or b"").decode(errors="replace"), record.value or b"",
            record.timestamp,
        )
        for place, records in batch.items()
        for record in records
    ]  # fmt: skip
