"""The event log: how much of it has been applied."""

import psycopg

from ingest.errors import IngestError
from ioc.diagnosis.finding import Finding
from ioc.sentence import sentence
from ioc.settings import Settings
from ioc.wiring import connect, open_log


def look_at_log(settings: Settings) -> Finding:
    """The end of each partition and how far the worker is behind it."""
    kind = f"Kafka at {settings.kafka}" if settings.kafka else "in PostgreSQL"
    try:
        log = open_log(settings)
        try:
            ends = dict(log.end_positions())
        finally:
            log.close()
        with connect(settings) as connection:
            rows = connection.execute("select part, next_pos from part_offset").fetchall()
    except (IngestError, psycopg.Error) as error:
        return Finding("event log", "broken", f"{kind}: {sentence(error)}", "look at the service that holds it")
    applied = {part: int(position) for part, position in rows}
    lag = {part: end - applied.get(part, 0) for part, end in ends.items()}
    facts = {"kind": "kafka" if settings.kafka else "postgres", "ends": ends, "lag": lag}
    what = f"{kind}: {sum(ends.values())} records in {len(ends)} partitions, {sum(lag.values())} not applied yet"
    if min(lag.values(), default=0) < 0:
        todo = "this database belongs to another event log: name the right one with IOC_DATABASE_URL or IOC_KAFKA"
        return Finding("event log", "broken", what, todo, facts)
    return Finding("event log", "ok", what, facts=facts)
