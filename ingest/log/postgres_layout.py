"""The heads of the embedded log: made by whoever comes first, refused when their number is another."""

from typing import Any

from psycopg import Connection
from psycopg.errors import UndefinedTable

from ingest.errors import LogLayoutError
from ingest.log.postgres_queries import fetch_heads, query


def make_heads(connection: Connection[Any], partitions: int, schema: str) -> None:
    """Make the heads of a new log; raises `LogLayoutError` for other partitions or missing tables."""
    try:
        if not (heads := fetch_heads(connection)):
            with connection.transaction():
                connection.execute("lock table head in share row exclusive mode")
                if not fetch_heads(connection):
                    connection.execute(query("make_heads"), {"partitions": partitions})
            heads = fetch_heads(connection)
    except UndefinedTable as error:
        raise LogLayoutError(f"schema {schema} has no event log yet: run the migrations") from error
    if list(heads) != list(range(partitions)):
        raise LogLayoutError(
            f"the log in schema {schema} has {len(heads)} partitions, not {partitions}: the number can't be changed,"
            f" because the key decides the partition; ask for {len(heads)}"
        )
