"""The records of cases by which a list judges them: those that were known at a moment."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias, TypeVar

from psycopg import Connection
from psycopg.rows import tuple_row

from stream.apply.cases import part_of
from stream.apply.lives import LIVES
from stream.story.queries import query
from stream.story.rows import rows

CaseRow: TypeAlias = tuple[int, str, int, bytes]
"""Number, code, kind and packed timeline."""

_CHUNK = 500
_Each = TypeVar("_Each")


class Told(NamedTuple):
    """A case by what was known of it; the records stand in order."""

    number: int
    code: str
    kind: int
    records: Sequence[Any]


def chunks(connection: Connection[Any], name: str, given: dict[str, object]) -> Iterator[Sequence[CaseRow]]:
    """The cases that a named statement finds, some hundred at a time."""
    with connection.cursor(name="cases", row_factory=tuple_row) as cursor:
        cursor.execute(query(name), given)
        while found := cursor.fetchmany(_CHUNK):
            yield found


def known_records(connection: Connection[Any], cases: Sequence[CaseRow], known_at: datetime | None) -> Iterator[Told]:
    """These cases by the records that were known (None: by all); none where nothing was."""
    told = [Told(number, code, kind, LIVES[kind].unpack(packed)) for number, code, kind, packed in cases]
    places: set[tuple[int, int]] | None = None
    if known_at is not None:
        parts = [(part_of(each.number), record.pos) for each in told for record in each.records]
        given = {"parts": [part for part, _ in parts], "positions": [pos for _, pos in parts]}
        places = set(rows(connection, "known_positions", given | {"known_at": known_at}))
    for each in told:
        part = part_of(each.number)
        records = [record for record in each.records if places is None or (part, record.pos) in places]
        if records:
            yield each._replace(records=records)


class Counted:
    """Counts what passes through."""

    def __init__(self) -> None:
        self.n = 0

    def each(self, lines: Iterable[_Each]) -> Iterator[_Each]:
        """The same, counted."""
        for line in lines:
            self.n += 1
            yield line
