"""Every migration and every named query runs on a real TimescaleDB, with the rows of plain PostgreSQL.

Half of the rows lie in the columnstore, and a correction came late into it. The lane is one session in
WebAssembly: it proves meaning, not speed, locking or durability.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import ClientCursor

from ioc.services.postgres import EmbeddedPostgres
from stream.store.migrate import Migration, migrations_of
from tests.timescale.sample import Sample
from tests.timescale.samples import EXCLUDED, SAMPLES
from tests.timescale.steps import HERE, Answer, Step, on_postgres, on_timescale

pytestmark = pytest.mark.timescale

ROOT = Path(__file__).parents[2]
SCHEMAS = {
    "ingest": "ingest.store",
    "stream": "stream.store",
    "stream_rebuild": "stream.store",
    "snapshot": "stream.snapshot.store",
    "dashboard": "dashboard.store",
}
QUERIES = {
    f"{path.parents[1].relative_to(ROOT)}/{path.stem}": path.read_text()
    for house in ("ingest", "stream", "dashboard")
    for path in sorted((ROOT / house).rglob("queries/**/*.sql"))
}
NO_ROWS = {"ingest/log/locks"}  # nobody else is in these databases
PARAMETERS = {name: set(re.findall(r"(?<!%)%\((\w+)\)[sbt]", text)) for name, text in QUERIES.items()}
COMPARED = sorted(name for name in QUERIES.keys() & SAMPLES.keys() if PARAMETERS[name] == set(SAMPLES[name].parameters))


@dataclass(frozen=True)
class Ran:
    """Steps by what they are for, with their answers."""

    answers: Mapping[str, Answer]

    def rows(self, name: str) -> list[tuple[str | None, ...]]:
        """The rows of a step, in an order of their own."""
        answer = self.answers[name]
        assert answer.error is None, f"{name}: {answer.error}"
        return sorted(answer.rows, key=repr)


def needed(schema: str, *, timescale: bool) -> list[Migration]:
    found = migrations_of(SCHEMAS[schema])
    return [migration for migration in found if migration.runs_where(timescale=timescale)]


def here(schema: str) -> str:
    return f"set search_path to {schema}, public"


def script(name: str, schema: str) -> tuple[str, Step]:
    return name, Step(f"{here(schema)};\n{(HERE / name).read_text()}")


def look(name: str, sql: str) -> tuple[str, Step]:
    return name, Step(sql, rows=True)


def steps(connection: psycopg.Connection, *, timescale: bool) -> Iterator[tuple[str, Step]]:
    """Everything that one lane does, in order; the rows of both shall be the same."""
    yield "settings", Step("set timezone to 'UTC'; set datestyle to 'ISO'")
    if timescale:
        yield "extension", Step("create extension timescaledb")
    for schema in SCHEMAS:
        yield f"schema {schema}", Step(f"create schema {schema}")
        for migration in needed(schema, timescale=timescale):
            text = f"begin; {here(schema)};\n{migration.text}\n;commit"
            yield f"{schema}/{migration.name}", Step(text)
    yield script("rows_ingest.sql", "ingest")
    yield script("rows_stream.sql", "stream")
    if timescale:
        yield script("columnstore.sql", "stream")
        refresh = "call refresh_continuous_aggregate('stream.event_daily', null, '2026-02-01 00:00Z')"
        yield "refresh", Step(refresh)
    yield script("rows_late.sql", "stream")
    yield "temporary tables", Step(f"{here('stream')}; {QUERIES['stream/store/write_temporary_tables']}")
    for name in COMPARED:
        yield from trial(connection, name, SAMPLES[name])
    yield look("event_daily", "select * from stream.event_daily")
    if timescale:
        yield from looks_at_timescale()


def trial(connection: psycopg.Connection, name: str, sample: Sample) -> Iterator[tuple[str, Step]]:
    """A query with its sample, in a transaction that is rolled back."""
    text = ClientCursor(connection).mogrify(QUERIES[name].encode(), sample.parameters or None)
    yield f"{name} before", Step(f"begin; set local search_path to {sample.schema}, public; {sample.before}")
    yield look(name, text)
    yield f"{name} after", Step(sample.after or "select 1", rows=True)
    yield f"{name} undone", Step("rollback")


def looks_at_timescale() -> Iterator[tuple[str, Step]]:
    """What only TimescaleDB can answer; the last ones replace the live schema as a rebuild does."""
    information = "timescaledb_information"
    where = "where hypertable_schema = 'stream'"
    yield look("hypertables", f"select hypertable_name from {information}.hypertables {where}")
    yield look("compressed", f"select distinct hypertable_name, is_compressed from {information}.chunks {where}")
    yield look("jobs", f"select proc_name, hypertable_name from {information}.jobs {where}")
    jobs = f"select job_id from {information}.jobs {where}"
    yield "run jobs", Step(f"do $$ declare job int; begin for job in {jobs} loop call run_job(job); end loop; end $$")
    yield look("event_daily after the jobs", "select * from stream.event_daily")
    yield "swap", Step("begin; drop schema stream cascade; alter schema stream_rebuild rename to stream; commit")
    insert = "insert into stream.event values (0, 1, '2026-01-05 00:00Z', 1, 1, '2026-01-05 00:00Z', 'x')"
    yield "insert after the swap", Step(insert)
    yield "refresh after the swap", Step("call refresh_continuous_aggregate('stream.event_daily', null, null)")
    yield look("event_daily after the swap", "select events from stream.event_daily")
    yield "drop", Step("drop schema stream cascade")


def run_all(connection: psycopg.Connection, *, timescale: bool) -> Ran:
    named = list(steps(connection, timescale=timescale))
    listed = [step for _, step in named]
    answers = on_timescale(listed) if timescale else on_postgres(connection, listed)
    return Ran(dict(zip((name for name, _ in named), answers, strict=True)))


@pytest.fixture(scope="module")
def connection(postgres: EmbeddedPostgres) -> Iterator[psycopg.Connection]:
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as administrator:
        administrator.execute("create database timescale_lane")
        with psycopg.connect(postgres.url("timescale_lane"), autocommit=True) as connection:
            yield connection
        administrator.execute("drop database timescale_lane with (force)")


@pytest.fixture(scope="module")
def plain(connection: psycopg.Connection) -> Ran:
    return run_all(connection, timescale=False)


@pytest.fixture(scope="module")
def timescale(connection: psycopg.Connection) -> Ran:
    if not (HERE / "node_modules").exists():
        sentence = "the Node packages of tests/timescale are missing: run `make setup-test` (it needs node and npm)"
        assert os.environ.get("CI") != "true", sentence
        pytest.skip(sentence)
    return run_all(connection, timescale=True)


def test_every_named_query_has_a_sample() -> None:
    assert QUERIES.keys() == SAMPLES.keys() | EXCLUDED.keys(), "see tests/timescale/samples.py"
    assert not SAMPLES.keys() & EXCLUDED.keys()
    for name, sample in SAMPLES.items():
        assert set(sample.parameters) == PARAMETERS[name], f"{name} takes other parameters now"


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_migration_runs(timescale: Ran, schema: str) -> None:
    for migration in needed(schema, timescale=True):
        assert timescale.answers[f"{schema}/{migration.name}"].error is None, migration.name


@pytest.mark.parametrize("name", ["rows_ingest.sql", "rows_stream.sql", "columnstore.sql", "refresh", "rows_late.sql"])
def test_the_sample_rows_get_in_also_late_ones(plain: Ran, timescale: Ran, name: str) -> None:
    assert plain.answers.get(name, Answer()).error is None
    assert timescale.answers[name].error is None


@pytest.mark.parametrize("name", COMPARED)
def test_a_query_answers_as_on_plain_postgres(plain: Ran, timescale: Ran, name: str) -> None:
    for part in (f"{name} before", name, f"{name} after", f"{name} undone"):
        assert timescale.rows(part) == plain.rows(part), part
    wanted = f"{name} after" if SAMPLES[name].after else name
    assert plain.rows(wanted) or name in NO_ROWS, "the sample proves nothing: let it answer a row"


def test_the_aggregate_and_its_stand_in_count_the_same(plain: Ran, timescale: Ran) -> None:
    assert len(plain.rows("event_daily")) > 100
    assert timescale.rows("event_daily") == plain.rows("event_daily")
    assert timescale.rows("event_daily after the jobs") == plain.rows("event_daily")


def test_events_ledger_and_samples_are_hypertables_with_policies(timescale: Ran) -> None:
    assert timescale.rows("hypertables") == [("event",), ("ledger",), ("quality_sample",)]
    assert timescale.rows("jobs") == [
        ("policy_compression", "event"),
        ("policy_compression", "ledger"),
        ("policy_compression", "quality_sample"),
        ("policy_refresh_continuous_aggregate", "event_daily"),
        ("policy_retention", "quality_sample"),
    ]
    assert timescale.answers["run jobs"].error is None


def test_old_chunks_are_in_the_columnstore_and_young_ones_are_not(timescale: Ran) -> None:
    tables = ("event", "ledger", "quality_sample")
    assert set(timescale.rows("compressed")) == {(table, is_compressed) for table in tables for is_compressed in "tf"}


def test_a_rebuilt_schema_can_take_the_place_of_the_live_one(timescale: Ran) -> None:
    for name in ("swap", "insert after the swap", "refresh after the swap", "drop"):
        assert timescale.answers[name].error is None, name
    assert timescale.rows("event_daily after the swap") == [("1",)]
