"""Write a plan: one transaction, or nothing happened."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from psycopg import Connection, Cursor

from stream.apply.heard import write_declared, write_heard
from stream.apply.plan import Plan
from stream.apply.rows import TRAILER
from stream.apply.telemetry import write_samples
from stream.core.ledger import SINCE_EVER, STEPS
from stream.core.moment import Moment, datetime_of
from stream.errors import FencedError
from stream.store.queries import query

_ROLLUPS_ONE_AT_A_TIME: Final = 0x10C_0002
"""Advisory lock: two workers that upsert the same sums in parallel would deadlock."""

_COPY_EVENT: Final = b"copy event (part, pos, appended_at, case_id, eid, at, body) from stdin (format binary)"
_COPY_LEDGER: Final = b"copy ledger from stdin (format binary)"
_COPY_CASES: Final = b"copy cases from stdin (format binary)"
_COPY_TOUCHED: Final = b"copy touched from stdin (format binary)"
_COPY_POSTED: Final = b"copy posted from stdin (format binary)"
_ROLLUPS: Final = (
    "write_rollup_day",
    "write_rollup_month",
    "write_rollup_year",
    "write_rollup_procedure_month",
    "write_rollup_channel_day",
    "write_rollup_unit_day",
    "write_rollup_unit_month",
)
_MEASURES: Final = {"steps": sorted(map(int, STEPS)), "since_ever": sorted(map(int, SINCE_EVER))}


class Writer:
    """Writes plans on a connection of its own, in autocommit mode."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        connection.execute(query("write_temporary_tables"))

    def write(self, plan: Plan, epochs: Mapping[int, int]) -> None:
        """Write all of it in one transaction.

        Raises `FencedError` when a partition has another epoch or position than expected: nothing was
        written then. Raises `psycopg.Error` when the database fails: whether it was written is known only
        by reading the offsets again.
        """
        with self._connection.transaction(), self._connection.cursor() as cursor:
            _check_offsets(cursor, plan, epochs)
            _copy(cursor, _COPY_EVENT, b"".join([*plan.events, TRAILER]) if len(plan.events) > 1 else b"")
            _copy(cursor, _COPY_LEDGER, b"".join([*plan.ledger, TRAILER]) if len(plan.ledger) > 1 else b"")
            _copy(cursor, _COPY_CASES, plan.begun)
            if plan.touched:
                _copy(cursor, _COPY_TOUCHED, plan.touched)
                cursor.execute(query("write_upsert_touched"))
            _write_quarantine(cursor, plan)
            _write_adopted(cursor, plan)
            write_declared(cursor, plan)
            cursor.execute("select pg_advisory_xact_lock(%s)", [_ROLLUPS_ONE_AT_A_TIME])
            write_samples(cursor, plan)  # before all that it corrects
            _write_signs(cursor, plan)
            if plan.posted:
                _copy(cursor, _COPY_POSTED, plan.posted)
                for name in _ROLLUPS:
                    cursor.execute(query(name), _MEASURES)
            write_heard(cursor, plan)
            _write_offsets(cursor, plan)


def _check_offsets(cursor: Cursor, plan: Plan, epochs: Mapping[int, int]) -> None:
    rows = cursor.execute(query("write_lock_offsets"), {"parts": list(plan.tallies)}).fetchall()
    stored = {part: (epoch, next_pos) for part, epoch, next_pos in rows}
    for part, tally in plan.tallies.items():
        epoch, next_pos = stored.get(part, (None, None))
        if epoch != epochs.get(part):
            raise FencedError(f"partition {part} is at epoch {epoch}, not at {epochs.get(part)}")
        if next_pos not in {tally.first, 0}:
            raise FencedError(f"partition {part} is at position {next_pos}, not at {tally.first}")


def _copy(cursor: Cursor, statement: bytes, rows: bytes) -> None:
    if rows:
        with cursor.copy(statement) as copy:
            copy.write(rows)


def _write_quarantine(cursor: Cursor, plan: Plan) -> None:
    for record, reason, place in plan.quarantined:
        cursor.execute(
            query("write_quarantine"),
            {
                "part": record.partition,
                "pos": record.position,
                "appended_at": _from_milliseconds(record.appended_ms),
                "key": record.key,
                "reason": reason,
                "place": place,
                "body": record.body,
            },
        )


def _write_adopted(cursor: Cursor, plan: Plan) -> None:
    for part, pos, known_ms, digest in plan.adopted:
        cursor.execute(
            query("write_part_rule"),
            {"part": part, "pos": pos, "known_at": _from_milliseconds(known_ms), "digest": digest},
        )


def _write_signs(cursor: Cursor, plan: Plan) -> None:
    for source in sorted(plan.signs):
        sign = plan.signs[source]
        cursor.execute(
            query("write_sign_of_life"),
            {
                "source": source,
                "event_at": _datetime(sign.event_at),
                "known_at": None if sign.known_ms is None else _from_milliseconds(sign.known_ms),
                "heartbeat_at": _datetime(sign.heartbeat_at),
                "complete_until": _datetime(sign.complete_until),
            },
        )


def _write_offsets(cursor: Cursor, plan: Plan) -> None:
    for part, tally in sorted(plan.tallies.items()):
        cursor.execute(
            query("write_offset"),
            {
                "part": part,
                "first": tally.first,
                "next": tally.next,
                "applied": tally.applied,
                "duplicates": tally.duplicates,
                "quarantined": tally.quarantined,
                "halted": tally.halted,
            },
        )


def _datetime(moment: Moment | None) -> datetime | None:
    return None if moment is None else datetime_of(moment)


def _from_milliseconds(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
