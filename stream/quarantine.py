"""The quarantine: what could not be applied, looked at, sent again, or accepted."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from psycopg import Connection
from psycopg.rows import class_row

from ingest.contracts.envelope import decode_envelope
from ingest.contracts.privacy import without_personal_data
from ingest.log.protocol import Entry, EventLog, Position
from stream.apply.heard import NO_SOURCES
from stream.errors import StreamError
from stream.store.queries import query


class NotInQuarantineError(StreamError):
    """There is no such record in quarantine, or no such halted partition."""


class Listed(NamedTuple):
    """A record in quarantine: its place in the log, why it lies here and where in it the fault is."""

    part: int
    pos: int
    appended_at: datetime
    key: str
    reason: str
    place: str | None
    replayed_as: str | None


class Shown(NamedTuple):
    """The same with its bytes, in which personal data is masked."""

    listed: Listed
    body: bytes


class Quarantine:
    """Reads and writes on a connection on which names resolve in the stream's schema."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(self, limit: int = 100) -> Sequence[Listed]:
        """The newest records in quarantine."""
        with self._connection.cursor(row_factory=class_row(Listed)) as cursor:
            return cursor.execute(query("quarantine_list"), {"limit": limit}).fetchall()

    def waiting(self) -> int:
        """How many records nobody has sent again."""
        found = self._connection.execute(query("quarantine_waiting")).fetchone()
        return 0 if found is None else int(found[0])

    def show(self, part: int, pos: int) -> Shown:
        """One record; raises `NotInQuarantineError`."""
        found = self._connection.execute(query("quarantine_show"), {"part": part, "pos": pos}).fetchone()
        if found is None:
            raise NotInQuarantineError(f"position {pos} of partition {part} is not in quarantine")
        *listed, body = found
        return Shown(Listed(*listed), body)

    def replay(self, log: EventLog, part: int, pos: int, corrected: bytes | None = None) -> Position:
        """Append the record to the log again, as it lies here or corrected; it goes the way of every event.

        The record in quarantine stays and keeps counting as quarantined: the replayed one is received anew.
        """
        shown = self.show(part, pos)
        body = shown.body if corrected is None else without_personal_data(corrected)
        position = log.append([Entry(_subject(body) or shown.listed.key, body)])[0]
        replayed_as = f"{position.partition}:{position.position}"
        given = {"part": part, "pos": pos, "replayed_as": replayed_as}
        self._connection.execute(query("quarantine_replayed"), given)
        return position

    def accept(self, part: int, until: int) -> int:
        """Let a halted partition go on; poison before position `until` does not halt it again.

        Answers the position at which it goes on. Raises `NotInQuarantineError` where it is not halted.
        """
        found = self._connection.execute(query("quarantine_accept"), {"part": part, "until": until}).fetchone()
        if found is None:
            raise NotInQuarantineError(f"partition {part} is not halted")
        position: int = found[0]
        return position


def is_our_own(body: bytes) -> bool:
    """Whether the bytes are an event of the centre itself: an act of a person here, rules, what a source promises.

    Such a one says who did something. A correction that could be one would let whoever corrects speak for others.
    """
    try:
        return decode_envelope(body).source in NO_SOURCES
    except msgspec.MsgspecError:
        return False


def _subject(body: bytes) -> str | None:
    """The key of the event, where the bytes are an envelope."""
    try:
        return decode_envelope(body).subject
    except msgspec.MsgspecError:
        return None
