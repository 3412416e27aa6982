"""Statements that run on both lanes in the same order, and their answers."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from psycopg import Connection
from psycopg.pq import ExecStatus

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Step:
    """SQL to run: a script, or one statement whose rows are wanted."""

    sql: str
    rows: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows as PostgreSQL writes them, or why there are none."""

    rows: Sequence[tuple[str | None, ...]] = ()
    error: str | None = None


def on_timescale(steps: Sequence[Step]) -> list[Answer]:
    """Run the steps on a new database with TimescaleDB, in one Node process."""
    given = json.dumps([{"sql": step.sql, "rows": step.rows} for step in steps])
    done = subprocess.run(
        ["node", "lane.mjs"], cwd=HERE, input=given, capture_output=True, text=True, check=False, timeout=240
    )
    if done.returncode != 0:
        raise RuntimeError(f"the lane broke: {done.stderr[-2000:]}")
    return [
        Answer(tuple(tuple(row) for row in answer.get("rows", ())), answer.get("error"))
        for answer in json.loads(done.stdout)
    ]


def on_postgres(connection: Connection, steps: Sequence[Step]) -> list[Answer]:
    """Run the steps on a plain database."""
    return [_run(connection, step) for step in steps]


def _run(connection: Connection, step: Step) -> Answer:
    result = connection.pgconn.exec_(step.sql.encode())
    if result.status not in {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK, ExecStatus.EMPTY_QUERY}:
        return Answer(error=result.get_error_message())
    if not step.rows:
        return Answer()
    places = range(result.nfields)
    values = ([result.get_value(row, place) for place in places] for row in range(result.ntuples))
    return Answer(tuple(tuple(None if value is None else bytes(value).decode() for value in row) for row in values))
