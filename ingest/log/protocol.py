"""What every event log does; `postgres.py` and `kafka.py` pass the same contract suite."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol
from zlib import crc32


class Entry(NamedTuple):
    """What is appended: the subject of the event as its key, and its bytes."""

    key: str
    body: bytes


class Position(NamedTuple):
    """Where an entry lies: positions are dense and rise by one within a partition, from 0."""

    partition: int
    position: int


class Record(NamedTuple):
    """An entry as it is read, with the moment of its append in milliseconds since the epoch, by the log's clock."""

    partition: int
    position: int
    key: str
    body: bytes
    appended_ms: int


OnAssigned = Callable[[Sequence[int]], Mapping[int, int]]
"""Called with partitions that are now ours; answers the position to read each from."""
OnRevoked = Callable[[Sequence[int]], None]
"""Called with partitions that are ours no more, before anyone else may get them where that is possible."""


class LogReader(Protocol):
    """One member of a group that shares the partitions of a log."""

    def poll(self, limit: int, wait: float) -> Sequence[Record]:
        """Up to `limit` records of the assigned partitions, in order of position within each.

        Waits up to `wait` seconds for the first. Calls `on_assigned` and `on_revoked`, and nothing
        else does. Raises `LogUnavailableError`, after which it may be called again.
        """
        ...

    def is_in_touch(self) -> bool:
        """Whether the log itself answers, so that a poll that found nothing says something. May take a second."""
        ...

    def seek(self, positions: Mapping[int, int]) -> None:
        """Read on from these positions; partitions that are not assigned are passed over."""
        ...

    def commit(self, positions: Mapping[int, int]) -> None:
        """Leave a hint for people and tools how far the group has read; the truth is the reader's own store."""
        ...

    def close(self) -> None:
        """Leave the group; its partitions go to others at once."""
        ...


class EventLog(Protocol):
    """Append so that it is durable, read in order."""

    @property
    def partitions(self) -> int:
        """How many partitions there are; fixed for the life of the log."""
        ...

    def append(self, entries: Sequence[Entry]) -> Sequence[Position]:
        """Append all; every entry is durable when this returns. Raises `LogUnavailableError`."""
        ...

    def end_positions(self) -> Mapping[int, int]:
        """The position that the next entry of each partition will get."""
        ...

    def read(self, partition: int, position: int, limit: int) -> Sequence[Record]:
        """Up to `limit` records of one partition from `position` on, outside any group; empty at the end."""
        ...

    def join(self, group: str, on_assigned: OnAssigned, on_revoked: OnRevoked) -> LogReader:
        """Become a member of `group`."""
        ...

    def close(self) -> None:
        """Give up connections."""
        ...


def partition_of(key: str, partitions: int) -> int:
    """The partition of a key: the same in every log, in every process, for ever."""
    return crc32(key.encode()) % partitions
