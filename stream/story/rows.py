"""Rows of the named statements of this package."""

from collections.abc import Mapping
from typing import Any

from psycopg import Connection
from psycopg.rows import tuple_row

from stream.story.queries import query


def rows(connection: Connection[Any], name: str, parameters: Mapping[str, object]) -> list[Any]:
    """The rows of a statement, as tuples."""
    with connection.cursor(row_factory=tuple_row) as cursor:
        return cursor.execute(query(name), parameters).fetchall()
