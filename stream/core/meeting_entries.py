"""What a meeting counts for: held, on time, who came, and the minutes that were lost.

Minutes are whole ones of the wall clock: people sit in meetings outside working hours too.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from stream.core.assumptions import OfMeetings
from stream.core.ledger import MOST_AMOUNT, Entry, Measure, OfMeeting, OfSite
from stream.core.meeting import CANCELLED, Attending, Meeting
from stream.core.moment import Moment
from stream.core.presence import gaps
from stream.core.rules import Rules
from stream.core.span import Span, overlap

_MINUTE: Final = 60
_HOUR: Final = 3_600


class _Counted(NamedTuple):
    """What sites of a unit, or minutes, are counted under."""

    measure: Measure
    at: Moment
    unit: int
    traits: int = 0


def meeting_entries(meeting: Meeting, rules: Rules) -> frozenset[Entry]:
    """All that it counts for; sites of one unit that come, go or attend alike are one entry with their number."""
    counted: Counter[_Counted] = Counter()
    for key, amount in _Counting(meeting, rules.assumptions.meetings).amounts():
        counted[key] += amount
    return frozenset(
        Entry(int(key.measure), key.at, key.unit, 0, 0, 0, key.traits, 0, min(amount, MOST_AMOUNT))
        for key, amount in counted.items()
        if amount > 0
    )


class _Counting:
    """A meeting and what it is counted by."""

    def __init__(self, meeting: Meeting, assumed: OfMeetings) -> None:
        self._meeting = meeting
        self._scheduled = meeting.scheduled
        self._tolerated = assumed.late_minutes * _MINUTE
        self._patience = assumed.away_minutes * _MINUTE
        self._longest = assumed.unended_hours * _HOUR

    def amounts(self) -> Iterator[tuple[_Counted, int]]:
        meeting, unit = self._meeting, self._meeting.unit
        if self._scheduled is not None:
            yield _Counted(Measure.MEETING_PLANNED, self._scheduled, unit, int(self._traits())), 1
        if meeting.started is None:
            return
        held = Span(meeting.started, meeting.ended)
        yield _Counted(Measure.MEETING_HELD, held.start, unit), 1
        if self._scheduled is not None:
            yield _Counted(Measure.LATE_MINUTES, held.start, unit), _minutes(Span(self._scheduled, held.start))
        if held.end is not None:
            yield _Counted(Measure.MEETING_MINUTES, held.end, unit), _minutes(held)
        on = Span(held.start, self._over(held))
        yield from _level(Measure.MEETING_IN, Measure.MEETING_OUT, on, unit)
        for site in meeting.sites:
            if site.unit:
                yield from self._of_site(site, held, on)

    def _traits(self) -> OfMeeting:
        meeting, scheduled = self._meeting, self._scheduled
        if meeting.started is None or scheduled is None:
            return OfMeeting.CANCELLED if meeting.status == CANCELLED else OfMeeting(0)
        on_time = meeting.started <= scheduled + self._tolerated
        return OfMeeting.HELD | (OfMeeting.ON_TIME if on_time else OfMeeting(0))

    def _of_site(self, site: Attending, held: Span, on: Span) -> Iterator[tuple[_Counted, int]]:
        if site.is_invited:
            at = held.start if self._scheduled is None else self._scheduled
            yield _Counted(Measure.SITE_INVITED, at, site.unit, int(self._taking_part(site, held))), 1
        for gap in gaps(site.stays, held):
            if gap.end is not None:
                yield _Counted(Measure.AWAY_MINUTES, gap.end, site.unit), _minutes(gap)
            noticed = overlap(Span(gap.start + self._patience, gap.end), on)
            if noticed is not None:
                yield from _level(Measure.SITE_AWAY_IN, Measure.SITE_AWAY_OUT, noticed, site.unit)

    def _taking_part(self, site: Attending, held: Span) -> OfSite:
        """Late: joined later than is tolerated after the start; after the scheduled one where it began before that."""
        stays = [stay for stay in site.stays if overlap(stay, held) is not None]
        if not stays:
            return OfSite.ATTENDED if site.is_told else OfSite(0)
        expected = max(held.start, held.start if self._scheduled is None else self._scheduled) + self._tolerated
        return OfSite.ATTENDED | (OfSite.LATE if stays[0].start > expected else OfSite(0))

    def _over(self, held: Span) -> Moment | None:
        """When it counts as on no more: at its end, or where nobody told that, after a time that is assumed."""
        return held.start + self._longest if held.end is None and self._longest else held.end


def _level(rise: Measure, fall: Measure, span: Span, unit: int) -> Iterator[tuple[_Counted, int]]:
    if span.end is not None and span.end <= span.start:
        return
    yield _Counted(rise, span.start, unit), 1
    if span.end is not None:
        yield _Counted(fall, span.end, unit), 1


def _minutes(span: Span) -> int:
    return 0 if span.end is None else max(0, span.end - span.start) // _MINUTE
