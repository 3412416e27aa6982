"""The parts of a running centre, built from the settings: the only place that knows which implementation is meant."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import psycopg

from ioc.settings import Settings

if TYPE_CHECKING:
    import redis

    from ingest.log.protocol import EventLog
    from ingest.store.sources import PostgresSourceBook
    from stream.sources.watching import Watcher
    from stream.store.migrate import Migration
    from stream.worker import Worker


def connect(settings: Settings, schema: str = "stream") -> "psycopg.Connection":
    """A connection of its own to the database: autocommit, names resolve in `schema`."""
    return psycopg.connect(
        settings.database_url,
        autocommit=True,
        options=f"-c search_path={schema},public",
        connect_timeout=10,
        application_name="ioc",
    )


def open_log(settings: Settings) -> "EventLog":
    """The event log: Kafka where a broker is named, else the tables in PostgreSQL."""
    if settings.kafka:
        from ingest.log.kafka import KafkaLog

        return KafkaLog(settings.kafka, partitions=settings.partitions)
    from ingest.log.postgres import PostgresLog

    return PostgresLog(settings.database_url, partitions=settings.partitions)


def open_source_book(settings: Settings) -> "PostgresSourceBook":
    """The register of sources and their tokens."""
    from ingest.store.sources import PostgresSourceBook

    return PostgresSourceBook(settings.database_url)


def open_redis(settings: Settings) -> "redis.Redis":
    """The channel to the walls; nothing lives only there."""
    import redis

    return redis.Redis.from_url(settings.redis_url, socket_connect_timeout=5, socket_timeout=5)


def migrations() -> Mapping[str, Sequence["Migration"]]:
    """The migrations of each schema of the product, in the order they run in."""
    from stream.store.migrate import migrations_of

    houses = {
        "ingest": "ingest.store", "stream": "stream.store", "snapshot": "stream.snapshot.store",
        "dashboard": "dashboard.store",
    }  # fmt: skip
    return {schema: migrations_of(package) for schema, package in houses.items()}


def migrate_all(settings: Settings) -> Sequence[str]:
    """Bring all schemas up to date; answers the names of what was run, `schema/file`. Raises `MigrationError`."""
    from stream.store.migrate import migrate

    with connect(settings) as connection:
        return [
            f"{schema}/{name}"
            for schema, needed in migrations().items()
            for name in migrate(connection, schema, needed)
        ]


@contextmanager
def open_worker(settings: Settings) -> Iterator[tuple["Worker", "Watcher"]]:
    """A worker with its log and its channel to the walls, and the watcher that runs beside it."""
    from stream.announce import RedisAnnouncer
    from stream.first_rules import first_rules
    from stream.sources.watching import Watcher
    from stream.worker import Worker

    log, opener = open_log(settings), partial(connect, settings)
    try:
        with open_redis(settings) as client, open_redis(settings) as watched:
            watcher = Watcher(opener, lambda: datetime.now(UTC), RedisAnnouncer(watched).stir)
            yield Worker(log, opener, first_rules(), RedisAnnouncer(client)), watcher
    finally:
        log.close()
