"""The named queries of the embedded log, from the folder `queries`, and what its connections need."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from zlib import crc32

from psycopg import Connection, sql
from psycopg.rows import RowMaker

from ingest.log.protocol import Record

_MOST_AT_ONCE = 64 << 20  # bytes of bodies read by one query, roughly: entries may be large


@cache
def query(name: str) -> bytes:
    """The text of `queries/<name>.sql`."""
    return (files("ingest.log") / "queries" / f"{name}.sql").read_bytes()


def prepare_session(connection: Connection[Any], schema: str) -> None:
    """Find the log's tables in `schema`; let a commit mean that it is on disk, whatever the server's default."""
    connection.execute(query("session"), {"path": sql.Identifier(schema).as_string()})


def channel_of(schema: str) -> str:
    """Where `NOTIFY` says that something happened in the log of `schema`."""
    return f"log_{crc32(schema.encode()):08x}"


def fetch_heads(connection: Connection[Any]) -> dict[int, int]:
    """The position that the next entry of each partition will get."""
    return dict(connection.execute(query("heads")).fetchall())


def fetch_entries(
    connection: Connection[Any], positions: Mapping[int, int], limits: Mapping[int, int]
) -> list[Record]:  # fmt: skip
    """Up to `limits` entries of each partition from its position on, in order; fewer where they are large."""
    if not limits:
        return []
    wanted = {
        "parts": list(limits),
        "positions": [positions[part] for part in limits],
        "limits": list(limits.values()),
        "size": _MOST_AT_ONCE // len(limits),
    }
    with connection.cursor(binary=True, row_factory=_record_rows) as cursor:
        return cursor.execute(query("read"), wanted).fetchall()


def _record_rows(_cursor: object) -> RowMaker[Record]:
    return Record._make
