"""Forward-only migrations: plain SQL files, checksummed, one transaction each, under an advisory lock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

from psycopg import Connection, sql

from stream.errors import MigrationError

_ONE_AT_A_TIME = 0x10C_0001  # the advisory lock that keeps two programs from migrating at once


@dataclass(frozen=True, slots=True)
class Migration:
    """One file of a package's `migrations` folder.

    Files named `*.timescale.sql` run only where TimescaleDB is, and `*.plain.sql` only where it is not. A plain
    database that is moved to TimescaleDB later gets the first kind then: it takes the place of the second.
    """

    name: str
    text: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the text."""
        return sha256(self.text.encode()).hexdigest()

    def runs_where(self, *, timescale: bool) -> bool:
        """Whether it is meant for a database with, or without, TimescaleDB."""
        if self.name.endswith(".timescale.sql"):
            return timescale
        return not (timescale and self.name.endswith(".plain.sql"))


def migrations_of(package: str) -> Sequence[Migration]:
    """The migrations in the folder `migrations` of a package, in order of their names."""
    folder = files(package) / "migrations"
    found = (Migration(entry.name, entry.read_text()) for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return sorted(found, key=lambda migration: migration.name)


def migrate(connection: Connection, schema: str, migrations: Sequence[Migration]) -> Sequence[str]:
    """Bring `schema` up to date and answer the names of what was run.

    Takes a connection in autocommit mode. Raises `MigrationError` where an applied migration was changed
    since, or the schema has migrations that this program does not know.
    """
    connection.execute("select pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
    try:
        return list(_run_missing(connection, schema, migrations))
    finally:
        connection.execute("select pg_advisory_unlock(%s)", [_ONE_AT_A_TIME])


def _run_missing(connection: Connection, schema: str, migrations: Sequence[Migration]) -> Iterator[str]:
    name = sql.Identifier(schema)
    connection.execute(sql.SQL("create schema if not exists {}").format(name))
    connection.execute(sql.SQL("set search_path to {}, public").format(name))
    connection.execute("set lock_timeout to '10s'")
    connection.execute(
        "create table if not exists migration"
        " (name text primary key, checksum text not null, applied_at timestamptz not null default now())"
    )
    applied: dict[str, str] = dict(connection.execute("select name, checksum from migration").fetchall())
    if unknown := sorted(applied.keys() - {migration.name for migration in migrations}):
        raise MigrationError(f"schema {schema} has migrations that this program does not know: {', '.join(unknown)}")
    timescale = has_timescale(connection)
    for migration in migrations:
        if migration.name in applied:
            if applied[migration.name] != migration.checksum:
                raise MigrationError(f"migration {migration.name} was changed after it had been applied to {schema}")
        elif migration.runs_where(timescale=timescale):
            with connection.transaction():
                connection.execute(migration.text.encode())
                connection.execute("insert into migration values (%s, %s)", [migration.name, migration.checksum])
            yield migration.name


def has_timescale(connection: Connection) -> bool:
    """Whether the extension is made in this database, or can be."""
    found = connection.execute("select 1 from pg_available_extensions where name = 'timescaledb'").fetchone()
    if found is not None:
        connection.execute("create extension if not exists timescaledb")
    return found is not None
