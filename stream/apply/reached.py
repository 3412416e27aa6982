"""How far a worker is: what it tells now and then, so that a log in which nothing happens is no worker that is away."""

from collections.abc import Iterable
from datetime import UTC, datetime
from time import monotonic
from typing import Final, NamedTuple, Self

from ingest.log.protocol import Record

TELL_EVERY: Final = 2.0
"""Seconds."""


class Look(NamedTuple):
    """A look into the log: when it was, by the monotonic clock, and when the oldest record found was appended."""

    at: float
    oldest: datetime | None

    @classmethod
    def of(cls, at: float, records: Iterable[Record]) -> Self:
        """The look at `at` that found these records."""
        oldest = min((record.appended_ms for record in records), default=None)
        return cls(at, None if oldest is None else datetime.fromtimestamp(oldest / 1000, UTC))

    @property
    def seconds_ago(self) -> float:
        """How long ago it was."""
        return monotonic() - self.at


class Reached:
    """Looks whose records are applied. What a look found is written while the next one looks."""

    def __init__(self) -> None:
        self._pending: Look | None = None
        self._told_at = monotonic()

    def settled(self, newest: Look) -> Look | None:
        """All that was found before the newest look is applied; answers what there is to tell, if it is time to.

        A newest look that found nothing shows that all is applied. Told of all partitions together: what a look reads
        of each is up to the log.
        """
        done, self._pending = self._pending, newest
        if newest.oldest is None:
            done, self._pending = newest, None
        if done is None or monotonic() - self._told_at < TELL_EVERY:
            return None
        self._told_at = monotonic()
        return done

    def begin_anew(self) -> None:
        """Other partitions, or a failure: tell nothing until they have been looked at for a while."""
        self._pending = None
        self._told_at = monotonic()
