"""Rebuild: apply the whole log again into a schema beside the live one, and compare the two.

A ledger that can be made again, row by row, from the log alone needs no trust in the program that wrote it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace as with_changes
from functools import partial
from typing import Final, NamedTuple, TypeAlias

from psycopg import Connection, sql

from ingest.log.protocol import EventLog, Record
from stream.apply.session import Session
from stream.core.rules import Rules
from stream.errors import StreamError
from stream.store.migrate import migrate, migrations_of
from stream.store.queries import query
from stream.worker import BATCH

BESIDE: Final = "stream_rebuild"
_BY_POSITION: Final = frozenset({"event", "ledger", "quarantine", "source_promise"})

OpenSchema: TypeAlias = Callable[[str], Connection]
"""Opens a connection in autocommit mode on which names resolve in the named schema."""
Cut: TypeAlias = Mapping[int, int]
"""How far each partition has been applied: the vector of next positions."""
Progress: TypeAlias = Callable[[int], None]
"""Is told how many more records were applied."""


class RebuildError(StreamError):
    """The log does not hold what was applied, or the live schema moved on while it was to be replaced."""


class Compared(NamedTuple):
    """One table, live and rebuilt: rows, and whether all are equal. `equal` is None where it can't be said."""

    table: str
    live_rows: int
    rebuilt_rows: int
    equal: bool | None


def rebuild(log: EventLog, open_schema: OpenSchema, rules: Rules, progress: Progress) -> Cut:
    """Apply the log up to where the live schema stands into the schema beside it; answers that cut."""
    with open_schema("stream") as live, open_schema(BESIDE) as beside:
        cut = _positions(live, "rebuild_positions")
        firsts = _positions(live, "rebuild_first_positions")
        beside.execute(sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(BESIDE)))
        migrate(beside, BESIDE, migrations_of("stream.store"))
        beside.execute(query("rebuild_copy_numbers"))
    session = Session(lambda: open_schema(BESIDE), rules, lambda plan: progress(plan.records))
    try:
        _apply(log, session, firsts, cut)
    finally:
        session.close()
    return cut


def compare(open_schema: OpenSchema, cut: Cut) -> Sequence[Compared]:
    """Compare the live schema with the rebuilt one up to the cut, table by table.

    Tables without a position in the log (cases, roll-ups, tallies) can be compared only where the live
    schema has not moved on meanwhile: `equal` is None otherwise, and where a table has no digest.
    """
    given = {"parts": list(cut), "ends": list(cut.values())}
    with open_schema("stream") as live, open_schema(BESIDE) as beside:
        with live.transaction():
            live.execute("set transaction isolation level repeatable read, read only")
            still = _positions(live, "rebuild_positions") == cut
            ours = {name: (rows, digest) for name, rows, digest in live.execute(query("rebuild_digest"), given)}
        theirs = {name: (rows, digest) for name, rows, digest in beside.execute(query("rebuild_digest"), given)}
    comparable = ours.keys() if still else _BY_POSITION
    return [
        Compared(
            name, mine[0], theirs[name][0], mine == theirs[name] if name in comparable and mine[1] is not None else None
        )
        for name, mine in sorted(ours.items())
    ]


def discard(open_schema: OpenSchema) -> None:
    """Remove the rebuilt schema."""
    with open_schema(BESIDE) as beside:
        beside.execute(sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(BESIDE)))


def replace(open_schema: OpenSchema) -> None:
    """Put the rebuilt schema in the place of the live one, in one transaction; workers are fenced and go on.

    It locks `part_offset` before all else: who begins with that table as well never waits crosswise.

    Raises `RebuildError` where the live schema has moved on: rebuild again then, with workers stopped.
    """
    with open_schema(BESIDE) as connection, connection.transaction():
        connection.execute("lock table stream.part_offset in access exclusive mode")
        rebuilt = _positions(connection, "rebuild_positions")
        live = _positions(connection, "rebuild_live_positions")
        if rebuilt != live:
            raise RebuildError("the live figures have moved on since: stop the workers and rebuild again")
        connection.execute(query("rebuild_adopt_epochs"))
        for kept in ("incidents", "replays", "alerts", "warnings", "warning_models"):
            connection.execute(query(f"rebuild_keep_{kept}"))
        connection.execute("drop schema stream cascade")
        connection.execute(sql.SQL("alter schema {} rename to stream").format(sql.Identifier(BESIDE)))


def _apply(log: EventLog, session: Session, firsts: Cut, cut: Cut) -> None:
    claims = session.claim(sorted(cut))
    # Poison that is in quarantine already does not halt a rebuild.
    session.restart([with_changes(claim, tolerate_until=cut[claim.part]) for claim in claims.values()])
    for records in _read_ahead(log, firsts, cut):
        plan = session.plan(records)
        session.settle()
        session.submit(plan, {part: claims[part].epoch for part in plan.tallies})
    session.settle()


def _read_ahead(log: EventLog, firsts: Cut, cut: Cut) -> Iterator[Sequence[Record]]:
    """All records up to the cut, partition by partition; the next ones are read while the last are applied."""
    with ThreadPoolExecutor(1, "reader") as thread:
        for part, end in cut.items():
            read = partial(_read, log, part, end)
            coming = thread.submit(read, firsts[part])
            while records := coming.result():
                coming = thread.submit(read, records[-1].position + 1)
                yield records


def _read(log: EventLog, part: int, end: int, position: int) -> Sequence[Record]:
    if position >= end:
        return []
    records = log.read(part, position, min(BATCH, end - position))
    if not records:
        raise RebuildError(f"the log has nothing at position {position} of partition {part} any more")
    return records


def _positions(connection: Connection, name: str) -> dict[int, int]:
    return dict(connection.execute(query(name)).fetchall())
