"""The memory of taken files in PostgreSQL."""

from dataclasses import asdict

from ingest.files.progress import Progress
from ingest.store.database import Database, query


class PostgresTakenFiles:
    """`TakenFiles` in the table `taken_file`. Raises `RegisterUnavailableError` where the database is away."""

    def __init__(self, url: str, *, schema: str = "ingest", patience: float = 5.0) -> None:
        self._database = Database(url, schema, patience)

    def read(self, digest: bytes, source: str) -> Progress:
        """How far; the beginning for a file that was never seen."""
        with self._database.transaction() as connection:
            found = connection.execute(query("taken_file_read"), {"digest": digest, "source": source}).fetchone()
        return Progress(*found) if found is not None else Progress()

    def write(self, digest: bytes, source: str, progress: Progress) -> None:
        """Remember it."""
        with self._database.transaction() as connection:
            connection.execute(query("taken_file_write"), {"digest": digest, "source": source, **asdict(progress)})

    def close(self) -> None:
        """Give up the connections."""
        self._database.close()
