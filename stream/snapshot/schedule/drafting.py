"""Dry runs that people asked for: computed and rendered as a snapshot is, sealed by nobody, forgotten after a day."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from psycopg import Connection

from stream.kpi.period import PeriodError
from stream.snapshot.content.document import Snapshot
from stream.snapshot.schedule.composing import compose, draft_wanted
from stream.snapshot.schedule.errors import UnknownScheduleError
from stream.snapshot.schedule.periods import period_named
from stream.snapshot.schedule.schedule import Schedule, Schedules
from stream.snapshot.store.queries import query

KEPT: Final = timedelta(days=1)

Render = Callable[[Snapshot], Mapping[str, bytes]]
_log = structlog.get_logger(__name__)


def draft_of(reader: Connection[Any], schedule: Schedule, period: str, now: datetime) -> Snapshot:
    """A dry run of a period as it is known now. Raises `PeriodError`, and as `compose` does."""
    return compose(reader, draft_wanted(schedule, period_named(schedule, period), now), (), now)


def once(book: Connection[Any], reader: Connection[Any], schedules: Schedules, render: Render, now: datetime) -> bool:
    """Make the dry run that was asked for first; answers whether there was one. Forgets old ones."""
    with book.transaction():
        # First: one that ends the process whenever it is made is not tried for ever.
        book.execute(query("schedule_forget_drafts"), {"before": now - KEPT})
        row = book.execute(query("schedule_take_draft")).fetchone()
        if row is None:
            return False
        number, kind, period = row
        told: dict[str, object] = dict.fromkeys(("error", "json", "xlsx", "pdf"))
        try:
            files = render(draft_of(reader, schedules[kind], period, now))
            told |= {name.rpartition(".")[2]: body for name, body in files.items()}
        except (PeriodError, UnknownScheduleError) as error:
            told["error"] = str(error)
        except Exception as error:  # noqa: BLE001 - whatever it is, who asked is told
            _log.exception("snapshot.draft_failed", kind=kind, period=period)
            told["error"] = f"{type(error).__name__}: {error}"
        book.execute(query("schedule_write_draft"), {**told, "id": number, "now": now})
    return True
