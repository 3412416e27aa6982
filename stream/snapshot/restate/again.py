"""Reading a restatement again, from what was sealed before and from the log alone."""

from typing import Any

from psycopg import Connection

from stream.snapshot.content.canonical import read
from stream.snapshot.content.document import Restates, Snapshot
from stream.snapshot.restate.book import Period, read_said
from stream.snapshot.restate.reading import read_restates


def restates_again(connection: Connection[Any], found: Snapshot) -> Restates | None:
    """What a snapshot that was read again changes in the version that its `restates` names, told anew.

    Where this database never sealed that version, what stands there is kept. Call it inside a
    `stream.store.reading.snapshot`.
    """
    told = found.restates
    if told is None:
        return None
    body = read_said(connection, Period(found.kind, found.period.name), told.version)
    return told if body is None else read_restates(connection, read(body), found, told.digest, told.cause)
