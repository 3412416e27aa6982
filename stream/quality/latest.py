"""How every endpoint stands now: up or down since when, in which meeting, and how good its line was last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple, TypeAlias

from psycopg import Connection

from stream.core.endpoint import DOWN, UP
from stream.core.meeting import Attending, fold_meeting
from stream.core.meeting_record import unpack
from stream.core.moment import datetime_of
from stream.core.presence import gaps
from stream.core.rules import Rules
from stream.core.span import Span
from stream.quality.parameters import Levels, load_parameters
from stream.quality.queries import query

State: TypeAlias = Literal["up", "down", "unknown"]
Level: TypeAlias = Literal["good", "warn", "bad"]

_STATES: Final[Mapping[int, State]] = {UP: "up", DOWN: "down"}


class LastSample(NamedTuple):
    """What was measured last: loss in 1/100 %, jitter and rtt in 1/10 ms, bitrate in kbps, MOS estimated in 1/100."""

    at: datetime
    mos: int | None
    loss: int | None
    jitter: int | None
    rtt: int | None
    bitrate: int | None


@dataclass(frozen=True, slots=True)
class EndpointNow:
    """An endpoint as of a moment. `unit` is a five-digit code, None where it is registered for none.

    `meeting` is the one that is on and has it as a site; `away_since` says since when it is away from that. `level` is
    that of the last sample, None where that is not of the last minutes: what was good an hour ago says nothing of now.
    """

    code: str
    unit: str | None
    state: State
    since: datetime | None
    meeting: str | None
    away_since: datetime | None
    is_alarm: bool
    last: LastSample | None
    level: Level | None


class _InMeeting(NamedTuple):
    meeting: str
    away_since: datetime | None


def read_latest(connection: Connection, now: datetime, rules: Rules) -> tuple[EndpointNow, ...]:
    """All endpoints, by unit and code, as of `now`. `rules` say for how long a site may be away without an alarm."""
    parameters = load_parameters()
    patience = timedelta(minutes=rules.assumptions.meetings.away_minutes)
    fresh = timedelta(minutes=parameters.latest.fresh_minutes)
    meetings = _meetings(connection, now, rules)
    found = []
    for code, unit, status, since, *sampled in connection.execute(query("latest"), {"until": now + fresh}):
        last = None if sampled[0] is None else LastSample(*sampled)
        within = meetings.get(code, _InMeeting("", None))
        is_alarm = within.away_since is not None and now - within.away_since >= patience
        level = None if last is None or now - last.at > fresh else level_of(last, parameters.levels)
        found.append(
            EndpointNow(
                code, f"{unit:05d}" if unit else None, _STATES.get(status, "unknown"), since, within.meeting or None,
                within.away_since, is_alarm, last, level,
            )
        )  # fmt: skip
    return tuple(found)


def level_of(sample: LastSample, levels: Levels) -> Level:
    """How alarming a sample is; what was not measured alarms nobody."""
    over = levels.stored
    loss, jitter, rtt = sample.loss or 0, sample.jitter or 0, sample.rtt or 0
    if loss > over["bad_loss"]:
        return "bad"
    return "warn" if loss > over["warn_loss"] or jitter > over["warn_jitter"] or rtt > over["warn_rtt"] else "good"


def _meetings(connection: Connection, now: datetime, rules: Rules) -> Mapping[str, _InMeeting]:
    """The sites of the meetings that are on; one of two meetings is in that from which it is not away.

    A meeting whose end nobody told is on for no longer than the level of meetings counts it.
    """
    found: dict[str, _InMeeting] = {}
    longest = timedelta(hours=rules.assumptions.meetings.unended_hours)
    for name, packed in connection.execute(query("meetings")):
        meeting = fold_meeting(unpack(packed), rules)
        if meeting.started is None or (longest and now - datetime_of(meeting.started) >= longest):
            continue
        for site in meeting.sites:
            within = _within(name, site, Span(meeting.started, None))
            if within is not None and (within.away_since is None or site.site not in found):
                found[site.site] = within
    return found


def _within(name: str, site: Attending, held: Span) -> _InMeeting | None:
    if not site.stays:
        return None
    away = [gap.start for gap in gaps(site.stays, held) if gap.end is None]
    if not away and site.stays[-1].end is not None:
        return None  # it was there before the start only
    return _InMeeting(name, datetime_of(away[0]) if away else None)
