"""What the archive's first page shows: slots, schedulers, what is to come, and dry runs for who may ask for them."""

from datetime import datetime, timedelta
from typing import Any, Final

from psycopg import Connection
from psycopg.rows import dict_row

from dashboard.archive.asked import Narrowed
from dashboard.archive.plans import Plans
from dashboard.archive.queries import query
from stream.sources.calendar import read_calendar
from stream.store.reading import snapshot

ON_TIME: Final = timedelta(minutes=5)
"""So long after its slot a snapshot that is not made is overdue."""
SILENT_AFTER: Final = timedelta(minutes=1)
_FORGOTTEN_AFTER: Final = timedelta(days=7)


def read_listing(
    connection: Connection[Any], asked: Narrowed, plans: Plans, now: datetime, *, drafts: bool
) -> dict[str, Any]:
    """Everything on the page as of `now`, in one state of the database."""
    overdue = {"overdue": now - ON_TIME}
    wanted = {
        "kind": asked.kind, "year": asked.year, "states": None if asked.states is None else list(asked.states),
        "most": asked.most + 1,
    }  # fmt: skip
    with snapshot(connection), connection.cursor(row_factory=dict_row) as cursor:
        slots = cursor.execute(query("read_slots"), wanted | overdue).fetchall()
        kinds = cursor.execute(query("read_kinds")).fetchall()
        standing = cursor.execute(query("read_standing"), overdue).fetchone()
        schedulers = cursor.execute(query("read_schedulers"), {"since": now - _FORGOTTEN_AFTER}).fetchall()
        calendar = read_calendar(connection)
        asked_for = cursor.execute(query("read_drafts")).fetchall() if drafts else None
    return {
        "slots": slots[: asked.most],
        "more": len(slots) > asked.most,
        "kinds": kinds,
        "standing": standing,
        "schedulers": schedulers,
        "silent": all(each["seen_at"] < now - SILENT_AFTER for each in schedulers),
        "problem": plans.problem(),
        "coming": plans.coming(calendar, now),
        "drafts": asked_for,
    }
