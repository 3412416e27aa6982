"""Schedules as people write them: a mistake is told by file, table and key, and with what to write instead."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, TypeVar

import msgspec

from stream.alerts.lasting import Lasting, lasting
from stream.kpi.definition import Basis, Bilingual
from stream.kpi.period import CalendarName
from stream.snapshot.restate.threshold import Restating
from stream.snapshot.schedule.errors import ScheduleError
from stream.snapshot.schedule.schedule import AfterPeriod, Channel, EachDay, LateSources, PeriodKind, Receiver, Schedule

T = TypeVar("T")
_PLACE: Final = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<key>.*)`)?$", re.DOTALL)
_CLOCK: Final = re.compile(r"(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written: file, kind of table and its id."""

    file: str
    table: str | None = None
    name: str | None = None

    def error(self, key: str | None, what: str) -> ScheduleError:
        """The error that says so."""
        table = f"[{self.table}.{self.name}]" if self.table else None
        return ScheduleError(": ".join(each for each in (self.file, table, key, what) if each))


class WrittenReceiver(msgspec.Struct, frozen=True):
    """What every receiver has; the other keys are its channel's."""

    title: Bilingual
    channel: Channel


class WrittenSchedule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table `[schedule.<id>]`; see docs/snapshots.md for the keys."""

    title: Bilingual
    period: PeriodKind
    at: str
    basis: Basis
    restate: Restating
    late_sources: LateSources
    calendar: CalendarName | None = None
    days: Literal["working", "every"] | None = None
    days_after: Annotated[int, msgspec.Meta(ge=1, le=90)] | None = None
    roll: Literal["next_working_day", "none"] | None = None
    hold_for: str = "0m"
    on_time_within: str = "5m"
    receivers: Annotated[list[str], msgspec.Meta(min_length=1)] | None = None
    kpis: Annotated[list[str], msgspec.Meta(min_length=1)] | None = None
    units: bool = True
    off: bool = False


def converted(table: Mapping[str, Any], kind: type[T], place: Place) -> T:
    """The table as a struct. Raises `ScheduleError`."""
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        found = _PLACE.match(str(error))
        what, key = (found["what"], found["key"]) if found else (str(error), None)
        raise place.error(key, what) from None


def receiver_of(name: str, written: WrittenReceiver, settings: Mapping[str, Any]) -> Receiver:
    """The receiver of a table."""
    return Receiver(name, written.title, written.channel, dict(settings))


def schedule_of(written: WrittenSchedule, place: Place, everybody: tuple[str, ...]) -> Schedule:
    """The schedule of a table; it goes to `everybody` where it names no receivers. Raises `ScheduleError`."""
    hold_for = _lasting(written.hold_for, "hold_for", place)
    if written.late_sources == "hold" and hold_for.number == 0:
        raise place.error("hold_for", 'say for how long it is held at most, such as "4h"; late_sources says hold')
    return Schedule(
        id=place.name or "",
        title=written.title,
        period=written.period,
        calendar=_calendar(written, place),
        at=_clock(written.at, place),
        days=_days(written, place),
        receivers=everybody if written.receivers is None else tuple(dict.fromkeys(written.receivers)),
        late_sources=written.late_sources,
        hold_for=hold_for,
        on_time_within=_lasting(written.on_time_within, "on_time_within", place).plain,
        kpis=None if written.kpis is None else tuple(dict.fromkeys(written.kpis)),
        by_unit=written.units,
        restate=written.restate if written.restate.within_days else None,
        basis=written.basis,
    )


def _clock(text: str, place: Place) -> int:
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise place.error("at", f'{text!r} is no time of day: write "HH:MM", "00:00" to "23:59"')
    return int(found["hour"]) * 3600 + int(found["minute"]) * 60


def _lasting(text: str, key: str, place: Place) -> Lasting:
    try:
        return lasting(text)
    except ValueError as error:
        raise place.error(key, str(error)) from None


def _calendar(written: WrittenSchedule, place: Place) -> CalendarName | None:
    if written.period == "day":
        if written.calendar is not None:
            raise place.error("calendar", "a day is the same in both calendars: leave it out")
        return None
    if written.calendar is None:
        raise place.error("calendar", 'is missing: write "index" or "statutory"')
    return written.calendar


def _days(written: WrittenSchedule, place: Place) -> EachDay | AfterPeriod:
    if written.period == "day":
        for key in ("days_after", "roll"):
            if getattr(written, key) is not None:
                raise place.error(key, 'is for longer periods: write days = "working" or "every"')
        return EachDay(working=written.days != "every")
    if written.days is not None:
        raise place.error("days", "is for days: write days_after, the n-th day after the period's end")
    if written.days_after is None:
        raise place.error("days_after", "is missing: write 1 for the day after the period's last")
    return AfterPeriod(written.days_after, rolls=written.roll != "none")
