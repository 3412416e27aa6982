"""How the versions of one period stand now: slots, seals, files and deliveries; no rendering is read for it."""

from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row

from dashboard.archive.queries import query
from stream.store.reading import snapshot


def read_standing(connection: Connection[Any], kind: str, period: str) -> list[dict[str, Any]]:
    """Each version, the first one first, with its `files` and `deliveries`; none where nothing was ever wanted."""
    of_period = {"kind": kind, "period": period}
    with snapshot(connection), connection.cursor(row_factory=dict_row) as cursor:
        versions = cursor.execute(query("read_versions"), of_period).fetchall()
        files = cursor.execute(query("read_files"), of_period).fetchall()
        deliveries = cursor.execute(query("read_deliveries"), of_period).fetchall()
    return [
        {
            **version,
            "files": [_of(each) for each in files if each["version"] == version["version"]],
            "deliveries": [_of(each) for each in deliveries if each["version"] == version["version"]],
        }
        for version in versions
    ]


def digests_of(versions: list[dict[str, Any]]) -> dict[int, str]:
    """By version, the digest of its canonical JSON; only of what is sealed."""
    return {
        version["version"]: each["digest"]
        for version in versions
        for each in version["files"]
        if each["name"] == "snapshot.json"
    }


def _of(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "version"}
