"""The sites (điểm cầu) of the conference system at a moment: up or down, in which meeting, how good the line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

from psycopg import Connection

from stream.apply.cases import ENDPOINT
from stream.core.endpoint import DOWN, UP, fold_endpoint
from stream.core.moment import datetime_of, moment_of
from stream.core.rules import Rules
from stream.meetings.meetings import MeetingOfDay
from stream.meetings.queries import query
from stream.quality.latest import LastSample, Level, State, level_of
from stream.quality.parameters import load_parameters
from stream.story.known import known_records

_STATES: Final[Mapping[int, State]] = {UP: "up", DOWN: "down"}
_Row: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class SiteNow:
    """A site as of a moment. `unit` is a five-digit code, None where it is registered for none.

    `meeting` is the one that is on and has it; `away_since` says since when it is away from that, `is_alarm` whether
    for too long. `level` is that of the last sample, None where that is not of the last minutes or can't be told.
    """

    code: str
    unit: str | None
    state: State
    since: datetime | None
    meeting: str | None = None
    away_since: datetime | None = None
    is_alarm: bool = False
    last: LastSample | None = None
    level: Level | None = None


def read_sites(
    connection: Connection,
    at: datetime,
    rules: Rules,
    meetings: Iterable[MeetingOfDay],
    *,
    known_at: datetime | None = None,
) -> tuple[SiteNow, ...]:
    """Every site that is known, by unit and code; `meetings` are those of the same moment.

    As known at a moment there is no sample: these are kept without when they became known. Call it in a `snapshot`.
    """
    rows = connection.execute(query("sites"), {"at": at, "known_at": known_at}).fetchall()
    folded = _folded(connection, rows, at, known_at, rules)
    known = [site for row in rows if (site := _site(row, folded, at)) is not None]
    return tuple(_with_meetings(known, meetings))


def _folded(
    connection: Connection, rows: Sequence[_Row], at: datetime, known_at: datetime | None, rules: Rules
) -> Mapping[str, SiteNow]:
    """How those stood of whom something newer is known; none where nothing was known then."""
    moment, found = moment_of(at), {}
    cases = [(row[0], row[1], ENDPOINT, row[5]) for row in rows if row[5] is not None]
    for told in known_records(connection, cases, known_at):
        said = [record for record in told.records if record.at <= moment]
        if said:
            then = fold_endpoint(said, rules)
            state, since = _STATES[then.status], datetime_of(then.received)
            found[told.code] = SiteNow(told.code, _unit(then.unit), state, since)
    return found


def _site(row: _Row, folded: Mapping[str, SiteNow], at: datetime) -> SiteNow | None:
    _, code, unit, status, since, timeline, *sampled = row
    if timeline is None:
        found = SiteNow(code, _unit(unit), _STATES.get(status, "unknown"), since)
    elif code in folded:
        found = folded[code]
    elif sampled[0] is None:
        return None
    else:
        found = SiteNow(code, _unit(unit), "unknown", None)
    if sampled[0] is None:
        return found
    last, parameters = LastSample(*sampled), load_parameters()
    is_fresh = at - last.at <= timedelta(minutes=parameters.latest.fresh_minutes)
    return replace(found, last=last, level=level_of(last, parameters.levels) if is_fresh else None)


def _with_meetings(sites: Sequence[SiteNow], meetings: Iterable[MeetingOfDay]) -> Iterator[SiteNow]:
    """Each in its meeting; one of two meetings is in that from which it is not away.

    Who joins without being a known endpoint is a site too: up, since it is there.
    """
    taking_part: dict[str, SiteNow] = {}
    for meeting in meetings:
        for away in meeting.away:
            found = SiteNow(away.site, away.unit, "unknown", None, meeting.name, away.since, away.is_alarm)
            taking_part.setdefault(away.site, found)
    for meeting in meetings:
        for there in meeting.present:
            taking_part[there.site] = SiteNow(there.site, there.unit, "up", None, meeting.name)
    for site in sites:
        part = taking_part.pop(site.code, None)
        if part is None:
            yield site
        else:
            yield replace(site, meeting=part.meeting, away_since=part.away_since, is_alarm=part.is_alarm)
    yield from (taking_part[name] for name in sorted(taking_part))


def _unit(number: int) -> str | None:
    return f"{number:05d}" if number else None
