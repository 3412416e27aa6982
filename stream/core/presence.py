"""Who was there: connections (legs) of sites that come and go, told as the spans in which a site had at least one."""

from collections.abc import Mapping

from stream.core.meeting_record import MeetingRecord, Said
from stream.core.moment import Moment
from stream.core.span import Span


class Presence:
    """Gathers the steps of one site, in order of time."""

    def __init__(self) -> None:
        self.stays: list[Span] = []
        self.is_seen = False
        """A leg left of which nobody told that it had joined: the site was there, since when is not known."""
        self._legs: set[str] = set()
        self._since: Moment = 0

    def take(self, record: MeetingRecord) -> None:
        """A leg joins or leaves. One that says no name stands, where it leaves, for all of the site."""
        if record.said == Said.JOINED:
            if not self._legs:
                self._since = record.at
            self._legs.add(record.leg)
            return
        gone = set(self._legs) if not record.leg else self._legs & {record.leg}
        self.is_seen = self.is_seen or not gone
        self._legs -= gone
        if gone and not self._legs and record.at > self._since:
            self.stays.append(Span(self._since, record.at))

    def close(self) -> tuple[Span, ...]:
        """All stays, the last without end where the site is still there."""
        return (*self.stays, Span(self._since, None)) if self._legs else tuple(self.stays)


def gaps(stays: tuple[Span, ...], meeting: Span) -> list[Span]:
    """When a site was away, from its first taking part up to the end of the meeting; the stays are in order."""
    inside = [stay for stay in stays if (meeting.end is None or stay.start < meeting.end) and _reaches(stay, meeting)]
    starts = [stay.start for stay in inside[1:]]
    return [
        Span(stay.end, back)
        for stay, back in zip(inside, [*starts, meeting.end], strict=False)
        if stay.end is not None and (back is None or stay.end < back)
    ]


def _reaches(stay: Span, meeting: Span) -> bool:
    return stay.end is None or stay.end > meeting.start


def first_joining(presences: Mapping[str, Presence]) -> Moment | None:
    """When the first site joined; None where none did."""
    joined = [stays[0].start for each in presences.values() if (stays := each.close())]
    return min(joined, default=None)
