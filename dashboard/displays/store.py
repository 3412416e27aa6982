"""Displays in the database. Every function takes a connection in autocommit; times are aware."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dashboard.displays.code import new_code
from dashboard.displays.errors import NoSuchDisplayError
from dashboard.displays.facts import Change, DisplayFacts, Enrolment, Report, Showing, Standing
from dashboard.displays.keys import PublicKey
from dashboard.displays.queries import query

CODE_STANDS: Final = timedelta(minutes=10)
MOST_WAITING: Final = 50
"""How many devices may wait for approval; the oldest goes when another one comes."""


def find_enrolment(connection: Connection[Any], key: PublicKey, at: datetime) -> Enrolment | None:
    """The display with this key; None where none is known, or its code has run out."""
    cursor = connection.execute(query("find_display"), {"thumbprint": key.thumbprint()})
    found = _enrolment(cursor.fetchone())
    return None if found is None or (found.code_until is not None and found.code_until <= at) else found


def enrol(connection: Connection[Any], key: PublicKey, user_agent: str, at: datetime) -> Enrolment:
    """A new code for the device with this key; those whose code ran out are forgotten."""
    with connection.transaction():
        connection.execute(query("forget_pending"), {"at": at, "keep": MOST_WAITING - 1})
        written = connection.execute(
            query("write_enrolment"),
            {
                "thumbprint": key.thumbprint(), "public_key": Jsonb(msgspec.to_builtins(key)), "at": at,
                "user_agent": user_agent, "code": new_code(), "code_until": at + CODE_STANDS,
            },
        )  # fmt: skip
        found = _enrolment(written.fetchone())
    # It was approved or revoked in this moment: then that is what it is told.
    return found or _known(find_enrolment(connection, key, at))


def approve(connection: Connection[Any], code: str, showing: Showing, by: str, at: datetime) -> int:
    """Approve the display that shows `code`, and answer its number. Raises `NoSuchDisplayError`."""
    given = {**msgspec.structs.asdict(showing), "scenes": list(showing.scenes), "code": code, "by": by, "at": at}
    return _changed(connection, "write_approval", given)


def change(connection: Connection[Any], number: int, wanted: Change) -> None:
    """Change name or rotation of an approved display. Raises `NoSuchDisplayError`."""
    scenes = None if wanted.scenes is None else list(wanted.scenes)
    _changed(connection, "write_change", {**msgspec.structs.asdict(wanted), "scenes": scenes, "id": number})


def revoke(connection: Connection[Any], number: int, by: str, at: datetime) -> None:
    """From now on this display opens nothing. Raises `NoSuchDisplayError` where it opened nothing before."""
    _changed(connection, "write_revocation", {"id": number, "by": by, "at": at})


def key_of(connection: Connection[Any], number: int) -> PublicKey | None:
    """The key of an approved display; None where this number is none."""
    found = connection.execute(query("find_key"), {"id": number}).fetchone()
    return None if found is None else msgspec.convert(found[0], PublicKey)


def saw(connection: Connection[Any], number: int, at: datetime) -> None:
    """A display has shown itself."""
    connection.execute(query("write_seen"), {"id": number, "at": at})


def keep_report(connection: Connection[Any], number: int, report: Report, at: datetime) -> None:
    """Keep what a display told of itself, in the place of what it told before."""
    heals = report.heals
    connection.execute(
        query("write_report"),
        {
            "id": number, "at": at, "build": report.build, "scene": report.scene, "heap_bytes": report.heap_bytes,
            "nodes": report.nodes, "uptime_seconds": report.uptime_seconds, "reopens": heals.reopen,
            "refetches": heals.refetch, "reloads": heals.reload, "stalls": heals.stall, "restarts": report.restarts,
        },
    )  # fmt: skip


def read_approved(connection: Connection[Any]) -> dict[int, DisplayFacts]:
    """Every display that may show the wall, by its number."""
    rows = connection.execute(query("read_approved")).fetchall()
    facts = (DisplayFacts(id_, name, tuple(scenes), *rest) for id_, name, scenes, *rest in rows)
    return {each.id: each for each in facts}


def read_displays(connection: Connection[Any], at: datetime) -> Sequence[Standing]:
    """All displays: those that wait for approval, those of the house, those that were revoked."""
    with connection.cursor(row_factory=class_row(Standing)) as cursor:
        return cursor.execute(query("read_displays"), {"at": at}).fetchall()


def _changed(connection: Connection[Any], name: str, parameters: dict[str, Any]) -> int:
    found = connection.execute(query(name), parameters).fetchone()
    if found is None:
        raise NoSuchDisplayError
    number: int = found[0]
    return number


def _enrolment(row: Sequence[Any] | None) -> Enrolment | None:
    return None if row is None else Enrolment(*row)


def _known(found: Enrolment | None) -> Enrolment:
    if found is None:
        raise NoSuchDisplayError
    return found
