"""One scheduler's work: takes a slot, decides, and makes it; seal and deliveries are written in one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple, TypeAlias

import psycopg
import structlog
from psycopg import Connection

from stream.snapshot.content.cut import settled_until
from stream.snapshot.content.document import Snapshot
from stream.snapshot.schedule.absences import Absences
from stream.snapshot.schedule.book import (
    ALL,
    LONGEST_WAIT,
    Decision,
    Key,
    Taken,
    Versions,
    lock,
    read_before,
    take,
    write_decision,
    write_failure,
    write_sealed,
)
from stream.snapshot.schedule.composing import compose, lacks_sources, wanted_for
from stream.snapshot.schedule.deciding import Look, decide, wait_after
from stream.snapshot.schedule.lateness import lateness
from stream.snapshot.schedule.schedule import Schedule, Schedules
from stream.snapshot.seal.keys import SigningKey
from stream.snapshot.seal.sealing import Sealed, seal
from stream.snapshot.sending.rows import Parcelled, write_deliveries
from stream.sources.calendar import read_calendar

Outcome: TypeAlias = Literal["sealed", "waits", "failed", "taken"]

_log = structlog.get_logger(__name__)


class Worked(NamedTuple):
    """What became of a slot: `taken` where another scheduler was quicker."""

    key: Key
    outcome: Outcome


@dataclass(frozen=True)
class Means:
    """What slots are made with. `signing_key` is asked for each seal: keys are rotated."""

    clock: Callable[[], datetime]
    render: Callable[[Snapshot], Mapping[str, bytes]]
    signing_key: Callable[[], SigningKey]
    absences: Absences
    doing: Callable[[str], None]


class Working:
    """Two connections: `book` holds the slot's row and writes, `reader` sees one state of the ledger meanwhile.

    Whoever is killed lets go of the row with nothing written: another one makes it, as known at the same moment.
    """

    def __init__(self, means: Means, book: Connection[Any], reader: Connection[Any], versions: Versions = ALL) -> None:
        self._means = means
        self._book = book
        self._reader = reader
        self._versions = versions

    def once(self, schedules: Schedules) -> Worked | None:
        """Look at the next slot that is due; None where there is none.

        What fails is kept with its slot. Raises `psycopg.OperationalError` where the database is away.
        """
        with self._book.transaction():
            taken = take(self._book, list(schedules.schedules), self._means.clock(), self._versions)
            if taken is None:
                return None
            schedule = schedules[taken.kind]
            try:
                decision = self._decide(schedule, taken)
            except Exception as error:  # noqa: BLE001 - whatever it is, the slots behind it are looked at
                self._failed(taken, error)
                return Worked(taken.key, "failed")
            write_decision(self._book, taken.key, decision)
        if not decision.is_go:
            _log.debug("snapshot.waits", **taken.key._asdict(), late=decision.late)
            return Worked(taken.key, "waits")
        self._means.doing(f"{taken.kind} {taken.period} v{taken.version}")
        try:
            return Worked(taken.key, self._made(schedule, taken.key))
        except Exception as error:  # noqa: BLE001 - whatever it is, the slots behind it are looked at
            self._failed(taken, error)
            return Worked(taken.key, "failed")
        finally:
            self._means.doing("")

    def _made(self, schedule: Schedule, key: Key) -> Outcome:
        sealed = self._make(schedule, key)
        if sealed is None:
            return "taken"
        manifest = sealed.manifest
        _log.info(
            "snapshot.sealed", **key._asdict(), number=manifest.number, late=manifest.late or None,
            partial=manifest.is_partial,
        )  # fmt: skip
        return "sealed"

    def _decide(self, schedule: Schedule, taken: Taken) -> Decision:
        now = self._means.clock()
        look = Look(
            now=now,
            calendar=read_calendar(self._reader),
            settled_until=settled_until(self._reader),
            lacks_sources=lambda known_at: lacks_sources(self._reader, wanted_for(schedule, taken, known_at), now),
        )
        return decide(schedule, taken, look)

    def _make(self, schedule: Schedule, key: Key) -> Sealed | None:
        """Compute, render, seal, and let it be sent: all of it, or nothing."""
        means, book = self._means, self._book
        signing_key = means.signing_key()
        with book.transaction():
            taken = lock(book, key)
            if taken is None or taken.known_at is None:
                return None
            now = means.clock()
            late = lateness(schedule, taken, means.absences.between(taken.due_at, now), now)
            restated = before = None
            if taken.version > 1:
                before = read_before(book, key._replace(version=key.version - 1))
                restated = (before, _cause(taken))
            wanted = wanted_for(schedule, taken, taken.known_at, before)
            snapshot = compose(self._reader, wanted, late.reasons, now, restated)
            sealed = seal(book, snapshot, means.render(snapshot), signing_key, means.clock())
            write_sealed(book, key, late.ids, means.clock())
            write_deliveries(book, schedule.receivers, Parcelled(*key, sealed.digest), means.clock())
        return sealed

    def _failed(self, taken: Taken, error: Exception) -> None:
        """Keep what went wrong: what may pass is tried again soon, what nobody mends by waiting each hour."""
        if isinstance(error, psycopg.OperationalError) and (self._book.broken or self._reader.broken):
            raise error  # the slot's turn was put off before it was made
        may_pass = isinstance(error, psycopg.Error) or getattr(error, "retriable", False)
        wait = wait_after(taken.attempts + 1) if may_pass else LONGEST_WAIT
        text = f"{type(error).__name__}: {error}"
        write_failure(self._book, taken.key, text, self._means.clock() + wait)
        log = _log.warning if may_pass else _log.error
        log("snapshot.failed", **taken.key._asdict(), attempt=taken.attempts + 1, again_in=str(wait), reason=text)


def _cause(taken: Taken) -> Literal["late_events", "by_hand"]:
    return "late_events" if taken.origin == "late_events" else "by_hand"
