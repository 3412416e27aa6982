"""Reading how far and how fresh everything is: the cut, the latest events, the sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from psycopg import Connection

from stream.apply.cases import APPLICATION, EVALUATION, PETITION
from stream.core.calendar import WorkingCalendar
from stream.live.board import Cut, Happened, SourceSign, Tallies
from stream.sources.inheriting import Inherited, inherited
from stream.sources.standing import SourceStanding, standings_by
from stream.store.queries import query

LATEST: Final = 12
"""Cases in the ticker."""
_KINDS: Final = [APPLICATION, EVALUATION, PETITION]
"""Those whose status is one of an application's; those of documents, meetings and endpoints mean something else."""
_LOOK_BACK: Final = 60
_OVER_AFTER: Final = timedelta(minutes=1)
"""A moment is over where the log has events that came this much later: by less the clocks of machines may differ."""


@dataclass(frozen=True, slots=True)
class Signs:
    """How far and how fresh everything is; None for what was not kept of a moment that is over."""

    cut: Cut | None = None
    latest: tuple[Happened, ...] | None = None
    sources: tuple[SourceSign, ...] | None = None
    states: Inherited | None = None


def read_signs(connection: Connection[Any], calendar: WorkingCalendar, cut: Cut, now: datetime) -> Signs:
    """The signs at a moment, by the cut that was read first; of a moment that is over only how far it is known."""
    if cut.known_until is not None and cut.known_until - now > _OVER_AFTER:
        return Signs(cut)
    sources = standings_by(connection, calendar, now)
    states = inherited(sources, now, halted=len(cut.halted), behind=cut.behind)
    return Signs(cut, read_latest(connection), signs_of(sources), states)


def read_cut(connection: Connection[Any]) -> Cut:
    """How far the log has been applied; one statement."""
    rows = connection.execute(query("read_cut")).fetchall()
    received, applied, duplicates, quarantined = (sum(row[place] for row in rows) for place in range(2, 6))
    return Cut(
        positions={part: position for part, position, *_ in rows},
        known_until=_utc(max((row[7] for row in rows if row[7] is not None), default=None)),
        tallies=Tallies(received, applied, duplicates, quarantined),
        halted=tuple(row[0] for row in rows if row[6]),
        behind=max((row[8] for row in rows if row[8] is not None), default=None),
    )


def read_latest(
    connection: Connection[Any], *, most: int = LATEST, look_back: int = _LOOK_BACK
) -> tuple[Happened, ...]:
    """The applications, forms and petitions of which something became known last, newest first.

    Looks at the last `look_back` records of each partition.
    """
    rows = connection.execute(query("read_latest"), {"most": most, "look_back": look_back, "kinds": _KINDS})
    return tuple(
        Happened(code, f"{unit:05d}", status, at.astimezone(UTC), known_at.astimezone(UTC))
        for code, unit, status, at, known_at in rows
    )


def signs_of(sources: Iterable[SourceStanding]) -> tuple[SourceSign, ...]:
    """The sources as the board shows them, those that were revoked left out."""
    return tuple(
        SourceSign(
            each.source, each.last_event_at, each.last_known_at, each.heartbeat_at, "late" if each.fails else "live",
            each.state, each.heard_at, each.cadence if each.promise else None, each.streams,
        )
        for each in sources
        if each.active
    )  # fmt: skip


def _utc(when: datetime | None) -> datetime | None:
    return None if when is None else when.astimezone(UTC)
