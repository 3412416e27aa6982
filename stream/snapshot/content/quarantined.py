"""What lay in quarantine (vùng cách ly) by the moment of knowledge."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from psycopg import Connection

from stream.snapshot.content.document import Position, QuarantineFacts
from stream.snapshot.store.queries import query
from stream.store.columns import columns


def read_quarantine(
    connection: Connection[Any], cut: Iterable[Position], known_at: datetime
) -> tuple[QuarantineFacts, ...]:
    """Records by reason, and how many of them had not come again by the cut; one statement.

    One that was sent again counts as waiting until what became of it stands before the cut: a repeated record that was
    known already leaves no trace there.
    """
    given = columns("", ("parts", "positions"), [(each.part, each.next) for each in cut])
    rows = connection.execute(query("content_quarantine"), given | {"known_at": known_at}).fetchall()
    return tuple(QuarantineFacts(reason=reason, records=records, waiting=waiting) for reason, records, waiting in rows)
