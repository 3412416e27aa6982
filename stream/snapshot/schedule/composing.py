"""Composing the snapshot of a slot: what is asked for, and the object that comes of it; a blank one is refused."""

from datetime import datetime, timedelta
from typing import Any, Final, Literal

import msgspec
from psycopg import Connection

from stream.core.moment import datetime_of, day_number, start_of
from stream.kpi.period import Period
from stream.snapshot.content.canonical import read
from stream.snapshot.content.document import LateReason, Snapshot
from stream.snapshot.content.reading import read_snapshot
from stream.snapshot.content.wanted import Wanted
from stream.snapshot.content.witness import read_witness
from stream.snapshot.restate.reading import read_restates
from stream.snapshot.schedule.asking import clock_of
from stream.snapshot.schedule.book import Before, Taken
from stream.snapshot.schedule.errors import BlankSnapshotError, LostVersionError
from stream.snapshot.schedule.periods import period_named
from stream.snapshot.schedule.schedule import Schedule
from stream.store.reading import snapshot as one_state

_SECOND: Final = timedelta(seconds=1)


def wanted_for(schedule: Schedule, taken: Taken, known_at: datetime, before: Before | None = None) -> Wanted:
    """What is asked for, as known at a moment.

    A day counts up to its slot, any other period up to its last second; another version up to where the one before it
    counted. Nothing counts that lies behind `known_at`.
    """
    period = period_named(schedule, taken.period)
    if before is not None:
        as_of = before.as_of
    elif taken.origin == "schedule" and schedule.period == "day":
        as_of = taken.due_at
    else:
        as_of = end_of(schedule, period)
    return Wanted(
        kind=schedule.id,
        title=schedule.title,
        period=period,
        grain=schedule.period,
        version=taken.version,
        due_at=taken.due_at,
        as_of=min(as_of, known_at),
        known_at=known_at,
        kpis=schedule.kpis,
        by_unit=schedule.by_unit,
    )


def draft_wanted(schedule: Schedule, period: Period, now: datetime) -> Wanted:
    """What a dry run asks for: the first version of a period as it is known now, were it over or not."""
    return Wanted(
        kind=schedule.id,
        title=schedule.title,
        period=period,
        grain=schedule.period,
        version=1,
        due_at=now,
        as_of=min(end_of(schedule, period), now),
        known_at=now,
        draft=True,
        kpis=schedule.kpis,
        by_unit=schedule.by_unit,
    )


def end_of(schedule: Schedule, period: Period) -> datetime:
    """The last second of a period that counts: of a day, that of its slot."""
    if schedule.period == "day":
        return clock_of(schedule, period)
    return datetime_of(start_of(day_number(period.last) + 1)) - _SECOND


def lacks_sources(reader: Connection[Any], wanted: Wanted, now: datetime) -> bool:
    """Whether sources are missing that figures wait for."""
    return bool(read_witness(reader, wanted, now, ()).missing)


def compose(
    reader: Connection[Any],
    wanted: Wanted,
    late: tuple[LateReason, ...],
    now: datetime,
    restated: tuple[Before | None, Literal["late_events", "by_hand"]] | None = None,
) -> Snapshot:
    """The snapshot; with what it changes where it takes the place of one before, for a cause.

    `reader` is in no transaction. Raises `BlankSnapshotError` where nothing is known, `BrokenFormError` where the form
    does not add up, `LostVersionError`, and as `read_snapshot` does.
    """
    found = read_snapshot(reader, wanted, read_witness(reader, wanted, now, late))
    refuse_blank(found)
    if restated is None:
        return found
    before, cause = restated
    if before is None:
        raise LostVersionError(f"version {wanted.version - 1} of {wanted.kind} {wanted.period.name} is not sealed")
    with one_state(reader):
        restates = read_restates(reader, read(before.body), found, before.digest, cause)
    return msgspec.structs.replace(found, restates=restates)


def refuse_blank(found: Snapshot) -> None:
    """Raise `BlankSnapshotError` for a snapshot in which nothing is known.

    Nobody was heard of, so that its form is empty, and no figure is anything but zero: some are counted of nothing, as
    how many points of the index are known. Samples of lines, of which nobody knows when they came, make up for nothing.
    """
    figures = found.figures or found.witness.figures
    if not any(each.value for each in figures) and all(form.heard is None for form in found.forms):
        raise BlankSnapshotError(
            f"nothing is known of {found.kind} {found.period.name} as of {found.known_at}: it is not sent blank;"
            f" `ioc snapshot run {found.kind} --period {found.period.name}` makes it as known when it is asked for"
        )
