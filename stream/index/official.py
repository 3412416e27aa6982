"""Official scores of the index: what others published, taken in from files and shown beside our own, never mixed.

They are kept append-only. Of several scores for the same place, period and item the one that was published last
holds; the others stay as its history.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from psycopg import Connection
from psycopg.rows import class_row

from stream.index.queries import query
from stream.store.columns import columns


class OfficialScore(NamedTuple):
    """Points that somebody published.

    `place` is a unit by its five digits or an area by its code, `item` is "total", a group or a component of the
    index, `first` and `last` are the local days of the period, both included.
    """

    place: str
    first: date
    last: date
    item: str
    points: float
    source: str
    published_on: date


class ListedScore(NamedTuple):
    """An official score with the file that brought it; `holds` while no later one took its place."""

    place: str
    first_day: date
    last_day: date
    item: str
    points: float
    source: str
    published_on: date
    taken_at: datetime
    name: str
    holds: bool


class Taken(NamedTuple):
    """How many scores of a file were new, and how many were known already."""

    new: int
    known: int


def take_official(connection: Connection[Any], digest: bytes, name: str, scores: Sequence[OfficialScore]) -> Taken:
    """Take in a file of scores, in one transaction. `digest` is the SHA-256 of its content.

    A file that was taken before changes nothing, whatever came after it.
    """
    with connection.transaction():
        if connection.execute(query("official_take_file"), {"digest": digest, "name": name}).fetchone() is None:
            return Taken(0, len(scores))
        names = ("places", "firsts", "lasts", "items", "points", "sources", "published")
        new = connection.execute(
            query("official_take_scores"), {"digest": digest, **columns("", names, scores)}
        ).fetchall()
    return Taken(len(new), len(scores) - len(new))


def read_official(
    connection: Connection[Any], first: date, last: date, known_at: datetime | None = None
) -> Mapping[tuple[str, str], OfficialScore]:
    """The official scores of exactly this period that hold, by place and item; with `known_at`, as they did then."""
    period = {"first": first, "last": last, "known_at": known_at}
    rows = connection.execute(query("official_current"), period).fetchall()
    return {(score.place, score.item): score for score in (OfficialScore(*row) for row in rows)}


def list_official(connection: Connection[Any]) -> Sequence[ListedScore]:
    """Every official score that was ever taken in, the newest period first, those that hold before their history."""
    with connection.cursor(row_factory=class_row(ListedScore)) as cursor:
        return cursor.execute(query("official_list")).fetchall()
