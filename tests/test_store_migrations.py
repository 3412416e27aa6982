"""Migrations run once, in order, and refuse to run over a history that was changed."""

from dataclasses import replace

import psycopg
import pytest

from stream.errors import MigrationError
from stream.store.migrate import Migration, migrate, migrations_of


def test_a_second_run_does_nothing(empty_database: str) -> None:
    with psycopg.connect(empty_database, autocommit=True) as connection:
        first = migrate(connection, "stream", migrations_of("stream.store"))
        second = migrate(connection, "stream", migrations_of("stream.store"))
    assert "0001_apply.sql" in first
    assert second == []


def test_a_changed_migration_is_refused(empty_database: str) -> None:
    original = migrations_of("stream.store")
    with psycopg.connect(empty_database, autocommit=True) as connection:
        migrate(connection, "stream", original)
        changed = [replace(original[0], text=original[0].text + "\n-- changed"), *original[1:]]
        with pytest.raises(MigrationError, match="was changed after"):
            migrate(connection, "stream", changed)


def test_a_database_from_the_future_is_refused(empty_database: str) -> None:
    with psycopg.connect(empty_database, autocommit=True) as connection:
        migrate(connection, "stream", migrations_of("stream.store"))
        with pytest.raises(MigrationError, match="does not know: 0001"):
            migrate(connection, "stream", [])


@pytest.mark.parametrize(
    ("name", "with_timescale", "without"),
    [("1_a.sql", True, True), ("1_a.timescale.sql", True, False), ("1_a.plain.sql", False, True)],
)
def test_dialects_run_where_they_are_understood(name: str, *, with_timescale: bool, without: bool) -> None:
    migration = Migration(name, "select 1")
    assert migration.runs_where(timescale=True) is with_timescale
    assert migration.runs_where(timescale=False) is without


def test_plain_postgres_gets_the_stand_ins_and_no_timescale(database: str) -> None:
    with psycopg.connect(database) as connection:
        names = [name for (name,) in connection.execute("select name from stream.migration order by name")]
        assert "0003_event_daily.plain.sql" in names
        assert not [name for name in names if name.endswith(".timescale.sql")]
        assert connection.execute("select * from stream.event_daily").fetchall() == []
