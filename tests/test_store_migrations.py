"""Migrations run once, in order, and refuse to run over a history that was changed."""

from dataclasses import replace

import psycopg
import pytest

from stream.errors import MigrationError
from stream.store.migrate import migrate, migrations_of


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
