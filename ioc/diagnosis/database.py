"""The database: does it answer, what is it, are its schemas up to date, and does everything that came in add up."""

from collections.abc import Iterator

import psycopg
from psycopg import sql

from ioc.diagnosis.finding import Finding
from ioc.sentence import sentence
from ioc.settings import Settings
from ioc.wiring import connect, migrations


def look_at_database(settings: Settings) -> Iterator[Finding]:
    """Findings about the server, its migrations and the counts of the stream."""
    if settings.database is None:
        yield Finding("database", "broken", "nobody says where it is", "start `ioc up` or set IOC_DATABASE_URL")
        return
    try:
        with connect(settings) as connection:
            yield _server(connection)
            waiting = _missing_migrations(connection)
            yield _migrations(waiting)
            if not waiting:
                yield from _counts(connection)
    except psycopg.Error as error:
        yield Finding("database", "broken", sentence(error), "start it, or correct IOC_DATABASE_URL")


def _server(connection: psycopg.Connection) -> Finding:
    version = _text(connection, "select current_setting('server_version')")
    timescale = _timescale(connection)
    beside = f"TimescaleDB {timescale}" if timescale else "without TimescaleDB"
    facts = {"postgresql": version, "timescaledb": timescale}
    major = connection.info.server_version // 10_000
    if not 15 <= major <= 18:
        return Finding("database", "broken", f"PostgreSQL {version}", "use PostgreSQL 15 to 18", facts)
    return Finding("database", "ok", f"PostgreSQL {version}, {beside}", facts=facts)


def _timescale(connection: psycopg.Connection) -> str:
    return _text(connection, "select max(extversion) from pg_extension where extname = 'timescaledb'")


def _missing_migrations(connection: psycopg.Connection) -> list[str]:
    timescale = bool(_timescale(connection))
    missing = []
    for schema, known in migrations().items():
        applied: set[str] = set()
        if _text(connection, "select to_regclass(%s)::text", f"{schema}.migration"):
            query = sql.SQL("select name from {}").format(sql.Identifier(schema, "migration"))
            applied = {name for (name,) in connection.execute(query)}
        wanted = [migration.name for migration in known if migration.runs_where(timescale=timescale)]
        missing += [f"{schema}/{name}" for name in wanted if name not in applied]
    return missing


def _migrations(missing: list[str]) -> Finding:
    if missing:
        what = f"not applied yet: {', '.join(missing)}"
        return Finding("migrations", "broken", what, "ioc database migrate", {"missing": missing})
    return Finding("migrations", "ok", "up to date", facts={"missing": []})


def _counts(connection: psycopg.Connection) -> Iterator[Finding]:
    totals = "select sum(next_pos - first_pos), sum(applied), sum(duplicates), sum(quarantined) from part_offset"
    received, applied, duplicates, quarantined = (int(n or 0) for n in connection.execute(totals).fetchone() or [0] * 4)
    facts = {"received": received, "applied": applied, "duplicates": duplicates, "quarantined": quarantined}
    sign = "=" if received == applied + duplicates + quarantined else "≠"
    what = f"received {received} {sign} applied {applied} + duplicates {duplicates} + quarantined {quarantined}"
    if sign == "=":
        yield Finding("figures", "ok", what, facts=facts)
    else:
        yield Finding("figures", "broken", what, "the figures can't be trusted: ioc stream rebuild --replace", facts)
    waiting = int(_text(connection, "select count(*) from quarantine where replayed_as is null"))
    todo = "ioc stream quarantine list" if waiting else ""
    yield from _halted(connection)
    yield Finding("quarantine", "ok", f"{waiting} records wait to be looked at", todo, {"waiting": waiting})


def _halted(connection: psycopg.Connection) -> Iterator[Finding]:
    for part, reason in connection.execute("select part, halted from part_offset where halted is not null").fetchall():
        todo = f"mend what sends it, look with `ioc stream quarantine list`, then `ioc stream quarantine accept {part}`"
        yield Finding(f"partition {part}", "broken", f"halted: {reason}", todo, {"part": part, "reason": reason})


def _text(connection: psycopg.Connection, query: str, *parameters: str) -> str:
    row = connection.execute(query.encode(), parameters).fetchone()
    return "" if row is None or row[0] is None else str(row[0])
