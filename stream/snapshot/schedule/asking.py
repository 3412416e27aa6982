"""What people ask for by hand: a snapshot now, or a dry run."""

from datetime import datetime
from typing import Any, Literal, NamedTuple, TypeAlias

from psycopg import Connection

from stream.core.moment import datetime_of, day_number, start_of
from stream.kpi.period import Period
from stream.report.wording import LOCAL
from stream.snapshot.schedule.book import Key, State
from stream.snapshot.schedule.errors import BlankSnapshotError, NotDueError
from stream.snapshot.schedule.periods import period_named
from stream.snapshot.schedule.schedule import AfterPeriod, Schedule
from stream.snapshot.schedule.slots import due_of
from stream.snapshot.store.queries import query
from stream.sources.calendar import read_calendar

Outcome: TypeAlias = Literal["made", "hurried"]


class Asked(NamedTuple):
    """The slot that was asked for: `made` for this, or one that waited already and is `hurried`."""

    kind: str
    period: str
    version: int
    due_at: datetime
    outcome: Outcome

    @property
    def key(self) -> Key:
        """Which snapshot it is."""
        return Key(self.kind, self.period, self.version)


class SlotNow(NamedTuple):
    """How a slot stands; `number` and the others after it are None until it is sealed."""

    state: State
    attempts: int
    error: str | None
    late: tuple[str, ...]
    number: int | None
    digest: str | None
    is_partial: bool | None
    sealed_at: datetime | None


def ask_run(connection: Connection[Any], schedule: Schedule, period: str, by: str, now: datetime) -> Asked:
    """Ask for the snapshot of a period: its first version, or the next where one is sealed; schedulers make it.

    It says what is known when it is asked for. A first version has the slot that it would have had all the same (and is
    late); another one the moment of asking. A slot that waits already is hurried instead, as known at its own moment;
    but one that was refused because nothing was known then is made as known now.
    Raises `PeriodError`, `NotDueError` where the slot of the period has not come.
    """
    wanted = period_named(schedule, period)
    due_at = slot_of(connection, schedule, wanted)
    if due_at > now:
        when = f"{due_at.astimezone(LOCAL):%Y-%m-%d %H:%M}"
        raise NotDueError(f"{schedule.id} of {period} is made on {when}: until then only a dry run can be made of it")
    with connection.transaction():
        place = {"kind": schedule.id, "period": wanted.name}
        newest = connection.execute(query("schedule_newest"), place).fetchone()
        if newest is not None and newest[2] != "sealed":
            is_blank = newest[3] is not None and newest[3].startswith(BlankSnapshotError.__name__)
            hurried = {"version": newest[0], "now": now, "is_anew": is_blank}
            connection.execute(query("schedule_hurry"), {**place, **hurried})
            return Asked(schedule.id, wanted.name, newest[0], newest[1], "hurried")
        version = 1 if newest is None else newest[0] + 1
        due_at = due_at if newest is None else now
        given = {
            "version": version,
            "due_at": due_at,
            "now": now,
            "by": by,
            "late": ["by_hand"] if version == 1 else [],
        }
        connection.execute(query("schedule_ask_slot"), {**place, **given})
    return Asked(schedule.id, wanted.name, version, due_at, "made")


def ask_draft(connection: Connection[Any], schedule: Schedule, period: str, by: str, now: datetime) -> int:
    """Ask for a dry run of a period, which may still go on: answers its number. Raises `PeriodError`."""
    wanted = period_named(schedule, period)
    given = {"kind": schedule.id, "period": wanted.name, "by": by, "now": now}
    [(number,)] = connection.execute(query("schedule_ask_draft"), given).fetchall()
    found: int = number
    return found


def read_slot(connection: Connection[Any], key: Key) -> SlotNow | None:
    """How a slot stands; None where there is none."""
    row = connection.execute(query("schedule_slot_now"), key._asdict()).fetchone()
    return None if row is None else SlotNow(row[0], row[1], row[2], tuple(row[3]), *row[4:])


def slot_of(connection: Connection[Any], schedule: Schedule, period: Period) -> datetime:
    """When the snapshot of a period is due by the calendar in force; on a day that is not worked, when it would be."""
    return due_of(schedule, read_calendar(connection), period) or clock_of(schedule, period)


def clock_of(schedule: Schedule, period: Period) -> datetime:
    """The schedule's time of day on the day of its slot, whether that is worked or not."""
    after = schedule.days.number if isinstance(schedule.days, AfterPeriod) else 0
    return datetime_of(start_of(day_number(period.last) + after) + schedule.at)
