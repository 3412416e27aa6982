"""The meetings (cuộc họp) of a local day, as they stood at a moment of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NamedTuple, TypeAlias

from psycopg import Connection

from stream.core.assumptions import OfMeetings
from stream.core.meeting import CANCELLED, NEVER_STARTED, Attending, Meeting, fold_meeting
from stream.core.meeting_record import MeetingRecord
from stream.core.moment import DAY_SECONDS, Moment, datetime_of, day_of, moment_of, start_of
from stream.core.presence import gaps
from stream.core.rules import Rules
from stream.core.span import Span, covers, overlap
from stream.meetings.queries import query
from stream.story.known import known_records

Stage: TypeAlias = Literal["planned", "due", "unheard", "on", "held", "cancelled", "never"]
"""planned: to come; due: should have begun, and has not; unheard: should be over, and nobody told that it began;
never: a call record says that it did not take place."""

_UNTOLD_LENGTH: Final = 3_600
"""How long a meeting whose planned end nobody told is waited for, in seconds. C: a working assumption."""
_LOOKED_AT: Final = 20
"""How many meetings to come are looked at: of so many one will not have been called off."""
_PREFIX: Final = "meeting/"


class There(NamedTuple):
    """A site that is in the meeting; `unit` is a five-digit code, None where it is registered for none."""

    site: str
    unit: str | None


class Away(NamedTuple):
    """A site that is away from its meeting, since when, and whether for so long that it is an alarm."""

    site: str
    unit: str | None
    since: datetime
    is_alarm: bool


@dataclass(frozen=True, slots=True)
class MeetingOfDay:
    """A meeting as of a moment. `unit` is who holds it, a five-digit code, None outside the area.

    `late` are the minutes by which it began late, or has not begun by now; `is_late` says whether by more than is
    tolerated. `invited` are the sites of units that were invited, `attended` those of them that took part by then,
    `present` the sites that are there now, invited or not, `away` those that were and are not.
    """

    name: str
    unit: str | None
    stage: Stage
    scheduled: datetime | None
    until: datetime | None
    started: datetime | None
    ended: datetime | None
    late: int
    is_late: bool
    invited: int
    attended: int
    present: tuple[There, ...]
    away: tuple[Away, ...]


def read_meetings(
    connection: Connection, at: datetime, rules: Rules, *, known_at: datetime | None = None
) -> tuple[MeetingOfDay, ...]:
    """The meetings of the local day of `at` as they stood then, in order of time; as far as was known at `known_at`.

    Of records as of a later time nothing is seen, but when a meeting began or ended by them is. Call it inside a
    `snapshot`.
    """
    moment = moment_of(at)
    midnight = start_of(day_of(moment))
    begun = midnight - rules.assumptions.meetings.unended_hours * 3_600
    given = {name: datetime_of(each) for name, each in _bounds(midnight, begun).items()}
    rows = connection.execute(query("meetings"), given).fetchall()
    day = Span(midnight, midnight + DAY_SECONDS)
    found = (
        _AsOf(told.code.removeprefix(_PREFIX), told.records, moment, rules).told()
        for told in known_records(connection, rows, known_at)
    )
    kept = [each for each in found if each is not None and _is_of(each, day)]
    return tuple(sorted(kept, key=lambda each: (_begins(each), each.name)))


def read_next(
    connection: Connection, at: datetime, rules: Rules, *, known_at: datetime | None = None
) -> MeetingOfDay | None:
    """The first meeting that is planned for a later day than that of `at`, as it stood then; None where there is none.

    Call it inside a `snapshot`.
    """
    moment = moment_of(at)
    midnight = start_of(day_of(moment) + 1)
    rows = connection.execute(query("next"), {"until": datetime_of(midnight), "most": _LOOKED_AT}).fetchall()
    found = (
        _AsOf(told.code.removeprefix(_PREFIX), told.records, moment, rules).told()
        for told in known_records(connection, rows, known_at)
    )
    planned = [
        each for each in found
        if each is not None and each.stage == "planned" and each.scheduled is not None
        and moment_of(each.scheduled) >= midnight
    ]  # fmt: skip
    return min(planned, key=lambda each: (_begins(each), each.name), default=None)


def _bounds(midnight: Moment, begun: Moment) -> dict[str, Moment]:
    return {"since": midnight, "until": midnight + DAY_SECONDS, "begun": begun}


def _is_of(meeting: MeetingOfDay, day: Span) -> bool:
    """Planned on the day, or on at some time of it."""
    if meeting.scheduled is not None and covers(day, moment_of(meeting.scheduled)):
        return True
    if meeting.started is None:
        return False
    end = None if meeting.ended is None else moment_of(meeting.ended)
    return meeting.stage in {"on", "held"} and overlap(Span(moment_of(meeting.started), end), day) is not None


def _begins(meeting: MeetingOfDay) -> datetime:
    begins = meeting.scheduled or meeting.started
    if begins is None:
        raise ValueError(f"nobody told when {meeting.name} begins")
    return begins


class _AsOf:
    """One meeting at one moment."""

    def __init__(self, name: str, records: Sequence[MeetingRecord], at: Moment, rules: Rules) -> None:
        self._name = name
        self._at = at
        self._rules = rules
        self._meeting = fold_meeting(records, rules)
        said = [record for record in records if record.at <= at]
        self._then = fold_meeting(said, rules) if said else None

    @property
    def _assumed(self) -> OfMeetings:
        return self._rules.assumptions.meetings

    def told(self) -> MeetingOfDay | None:
        """The meeting then; None where nothing of it is known, or nobody told when it is on."""
        meeting, at = self._meeting, self._at
        started = meeting.started if meeting.started is not None and meeting.started <= at else None
        if started is None and (self._then is None or meeting.scheduled is None):
            return None
        ended = meeting.ended if started is not None and meeting.ended is not None and meeting.ended <= at else None
        stage = self._stage(meeting, started, ended)
        late = self._late(meeting, started, stage)
        held = None if started is None else Span(started, meeting.ended)
        invited = [site for site in meeting.sites if site.is_invited and site.unit]
        is_on = stage == "on"
        return MeetingOfDay(
            name=self._name,
            unit=_unit(meeting.unit),
            stage=stage,
            scheduled=_datetime(meeting.scheduled),
            until=_datetime(meeting.until),
            started=_datetime(started),
            ended=_datetime(ended),
            late=late // 60,
            is_late=late > self._assumed.late_minutes * 60,
            invited=len(invited),
            attended=0 if held is None else sum(self._took_part(site, held) for site in invited),
            present=tuple(
                There(each.site, _unit(each.unit)) for each in meeting.sites if is_on and _is_there(each, at)
            ),
            away=tuple(self._away(meeting, held)) if held is not None and is_on else (),
        )

    def _stage(self, meeting: Meeting, started: Moment | None, ended: Moment | None) -> Stage:
        if started is not None:
            longest = self._assumed.unended_hours * 3_600
            is_over = ended is not None or (longest and self._at - started >= longest)
            return "held" if is_over else "on"
        if self._then is not None and self._then.status in {CANCELLED, NEVER_STARTED}:
            return "cancelled" if self._then.status == CANCELLED else "never"
        scheduled = self._at if meeting.scheduled is None else meeting.scheduled
        if self._at <= scheduled + self._assumed.late_minutes * 60:
            return "planned"
        return "due" if self._at < (meeting.until or scheduled + _UNTOLD_LENGTH) else "unheard"

    def _late(self, meeting: Meeting, started: Moment | None, stage: Stage) -> int:
        """Seconds by which it began late, or is late by now."""
        if meeting.scheduled is None or (started is None and stage != "due"):
            return 0
        return max(0, (self._at if started is None else started) - meeting.scheduled)

    def _took_part(self, site: Attending, held: Span) -> bool:
        """As `stream.core.meeting_entries` counts it, by then."""
        met = [both for stay in site.stays if (both := overlap(stay, held)) is not None]
        if not met:
            return site.is_told and held.end is not None and held.end <= self._at
        return met[0].start <= self._at

    def _away(self, meeting: Meeting, held: Span) -> Iterator[Away]:
        for site in meeting.sites:
            for gap in gaps(site.stays, held):
                if covers(gap, self._at):
                    is_alarm = self._at - gap.start >= self._assumed.away_minutes * 60
                    yield Away(site.site, _unit(site.unit), datetime_of(gap.start), is_alarm)


def _is_there(site: Attending, at: Moment) -> bool:
    return any(covers(stay, at) for stay in site.stays)


def _datetime(moment: Moment | None) -> datetime | None:
    return None if moment is None else datetime_of(moment)


def _unit(number: int) -> str | None:
    return f"{number:05d}" if number else None
