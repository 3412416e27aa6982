"""Membership of a group by session locks: when a member's connection ends, so do its locks, at once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from psycopg import Connection

from ingest.log.postgres_queries import channel_of, query


@dataclass(frozen=True, slots=True)
class Shares:
    """Who is in the group and what is held, as the database saw it at one moment."""

    held: dict[int, int]
    """How many partitions each member holds, by the number of its database process."""
    taken: frozenset[int]
    """The partitions that somebody holds."""


class Membership:
    """One connection's place in a group.

    A member holds the advisory lock (members of the group, its process number) and, for each of its
    partitions, (partitions of the group, partition). There are no heartbeats, and no clocks to compare.
    """

    def __init__(self, connection: Connection[Any], schema: str, group: str) -> None:
        self.connection = connection
        self._channel = channel_of(schema)
        self._group = group
        self._members = crc32(f"{schema} {group} members".encode())
        self._partitions = crc32(f"{schema} {group} partitions".encode())
        self.me = connection.info.backend_pid

    @property
    def news(self) -> str:
        """What a notification says when somebody joined, left or gave up partitions."""
        return f"group {self._group}"

    def enter(self) -> None:
        """Become a member."""
        self.connection.execute("select pg_advisory_lock(%s, %s)", [_signed(self._members), self.me])
        self.announce()

    def look(self) -> Shares:
        """Who holds what just now."""
        classes = {"members": self._members, "partitions": self._partitions}
        locks = self.connection.execute(query("locks"), classes).fetchall()
        counted = Counter(pid for lock_class, _, pid in locks if lock_class == self._partitions)
        members = {pid for lock_class, _, pid in locks if lock_class == self._members}
        taken = frozenset(part for lock_class, part, _ in locks if lock_class == self._partitions)
        return Shares({member: counted[member] for member in members}, taken)

    def take(self, partition: int) -> bool:
        """Take a partition, unless somebody else was faster."""
        asked = [_signed(self._partitions), partition]
        row = self.connection.execute("select pg_try_advisory_lock(%s, %s)", asked).fetchone()
        return row is not None and row[0]

    def release(self, partitions: Iterable[int]) -> None:
        """Let others have these partitions."""
        for partition in partitions:
            self.connection.execute("select pg_advisory_unlock(%s, %s)", [_signed(self._partitions), partition])
        self.announce()

    def leave(self) -> None:
        """Give up everything."""
        self.connection.execute("select pg_advisory_unlock_all()")
        self.announce()

    def announce(self) -> None:
        """Wake the members that wait for entries, so that they look at their shares."""
        self.connection.execute("select pg_notify(%s, %s)", [self._channel, self.news])


def _signed(number: int) -> int:
    """The 32 bits as PostgreSQL's integer has them."""
    return number - (1 << 32) if number >= 1 << 31 else number
