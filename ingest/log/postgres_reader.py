"""A member of a group that reads the embedded log, over one connection of its own."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

import psycopg
import structlog
from psycopg import sql
from psycopg.conninfo import make_conninfo

from ingest.errors import LogUnavailableError, PositionLostError
from ingest.log.membership import Membership
from ingest.log.postgres_layout import make_heads
from ingest.log.postgres_queries import channel_of, fetch_entries, fetch_heads, prepare_session
from ingest.log.protocol import OnAssigned, OnRevoked, Record
from ingest.log.sharing import fair_share, split_limit

_log = structlog.get_logger(__name__)

_LOOK_EVERY = 1.0  # seconds between looks at who died; who comes and goes properly is announced


class PostgresReader:
    """A `LogReader`, for one thread.

    Its partitions are locks of its database session: when the connection ends, for whatever reason, they
    are free at once, and it is told so at its next poll. The address must lead to the database itself,
    not to a transaction pooler.
    """

    def __init__(
        self, url: str, schema: str, group: str, partitions: int, on_assigned: OnAssigned, on_revoked: OnRevoked
    ) -> None:  # fmt: skip
        self._url = url
        self._schema = schema
        self._group = group
        self._partitions = partitions
        self._on_assigned = on_assigned
        self._on_revoked = on_revoked
        self._membership: Membership | None = None
        self._locked: set[int] = set()
        self._positions: dict[int, int] = {}  # of the locked partitions that on_assigned was told of
        self._look_at = 0.0

    def poll(self, limit: int, wait: float) -> Sequence[Record]:
        """Up to `limit` records of the assigned partitions; waits up to `wait` seconds for the first.

        Raises `LogUnavailableError` when the connection is lost, after `on_revoked` for all partitions; the
        next poll connects anew. Raises `PositionLostError` when a position lies beyond the end of the log.
        """
        deadline = time.monotonic() + wait
        while True:
            membership = self._joined()
            self._listen(membership, 0.0)
            self._share(membership)
            records = self._read(membership, limit)
            if records or time.monotonic() >= deadline:
                return records
            while not self._listen(membership, min(deadline, self._look_at) - time.monotonic()):
                if time.monotonic() >= min(deadline, self._look_at):
                    break

    def is_in_touch(self) -> bool:
        """Always: a poll that can't ask the database raises."""
        return True

    def seek(self, positions: Mapping[int, int]) -> None:
        """Read on from these positions; partitions that are not assigned are passed over."""
        self._positions.update({part: position for part, position in positions.items() if part in self._positions})

    def commit(self, positions: Mapping[int, int]) -> None:
        """Nothing: the reader's own store lies in a database too, where people and tools can see it."""

    def close(self) -> None:
        """Give back the partitions, and leave."""
        membership, self._membership = self._membership, None
        if membership is None:
            return
        try:
            self._revoke(sorted(self._locked))
        finally:
            with suppress(psycopg.OperationalError), membership.connection:
                membership.leave()

    def _joined(self) -> Membership:
        if self._membership is None:
            with self._line():
                self._membership = self._join()
            self._look_at = 0.0
        return self._membership

    def _join(self) -> Membership:
        address = make_conninfo(self._url, keepalives_idle=10, keepalives_interval=5, keepalives_count=3)
        connection = psycopg.connect(address, autocommit=True, connect_timeout=5)
        try:
            prepare_session(connection, self._schema)
            make_heads(connection, self._partitions, self._schema)
            connection.execute(sql.SQL("listen {}").format(sql.Identifier(channel_of(self._schema))))
            membership = Membership(connection, self._schema, self._group)
            membership.enter()
        except BaseException:
            connection.close()
            raise
        return membership

    def _share(self, membership: Membership) -> None:
        """Give up what is above the fair share, take what is free below it, tell what is new."""
        if time.monotonic() >= self._look_at:
            with self._line():
                shares = membership.look()
            share = fair_share({membership.me: 0} | shares.held, membership.me, self._partitions)
            self._give_up(membership, sorted(self._locked)[share:])
            self._take(membership, set(range(self._partitions)) - shares.taken, share)
            self._look_at = time.monotonic() + _LOOK_EVERY
        if untold := sorted(self._locked - self._positions.keys()):
            # If this raises they stay locked, and the next poll tells of them again.
            self._positions.update(self._on_assigned(untold))

    def _give_up(self, membership: Membership, partitions: Sequence[int]) -> None:
        if partitions:
            try:
                self._revoke(partitions)
            finally:
                with self._line():
                    membership.release(partitions)
            _log.info("partitions_given_up", group=self._group, partitions=partitions)

    def _take(self, membership: Membership, free: set[int], share: int) -> None:
        with self._line():
            for partition in sorted(free):
                if len(self._locked) < share and membership.take(partition):
                    self._locked.add(partition)

    def _revoke(self, partitions: Sequence[int]) -> None:
        """Tell that these are ours no more, once for each."""
        self._locked.difference_update(partitions)
        told = [partition for partition in partitions if self._positions.pop(partition, None) is not None]
        if told:
            self._on_revoked(told)

    def _read(self, membership: Membership, limit: int) -> list[Record]:
        if not self._positions:
            return []
        with self._line():
            heads = fetch_heads(membership.connection)
            waiting = {part: heads[part] - position for part, position in self._positions.items()}
            for part, count in waiting.items():
                if count < 0:
                    raise PositionLostError(
                        f"partition {part} is read from {self._positions[part]}, but ends at {heads[part]}:"
                        " the log is not the one that was read before"
                    )
            records = fetch_entries(membership.connection, self._positions, split_limit(waiting, limit))
        self._positions.update({record.partition: record.position + 1 for record in records})
        return records

    def _listen(self, membership: Membership, seconds: float) -> bool:
        """Wait for notifications; answers whether one of them concerns this reader."""
        woken = False
        with self._line():
            for notification in membership.connection.notifies(timeout=max(0.0, seconds), stop_after=1):
                if notification.payload == membership.news:
                    self._look_at = 0.0
                    woken = True
                elif self._positions.keys() & {int(part) for part in notification.payload.split() if part.isdigit()}:
                    woken = True
        return woken

    @contextmanager
    def _line(self) -> Iterator[None]:
        """What goes over the connection: when it breaks, all partitions are lost."""
        try:
            yield
        except psycopg.OperationalError as error:
            if self._membership is not None:
                self._membership.connection.close()
                self._membership = None
            self._revoke(sorted(self._locked))
            raise LogUnavailableError(f"the event log's database broke off: {error}") from error
