"""The life of a meeting (cuộc họp trực tuyến): its timeline folded into what holds, whatever the order of arrival.

Several sources tell of one meeting: a schedule, the conference server, a call record. Of each thing the newest record
that says it holds. A schedule knows better than others who holds the meeting. Nothing is invented, but for this: where
nobody told the start, the first joining stands for it, as a meeting in which sites are has begun.
"""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from stream.core.belonging import in_force
from stream.core.meeting_record import MeetingRecord, Said, Site, Told
from stream.core.moment import Moment
from stream.core.presence import Presence, first_joining
from stream.core.rules import Rules
from stream.core.span import Span

PLANNED, ON, ENDED, CANCELLED, NEVER_STARTED = 1, 2, 3, 4, 5
"""The status of a meeting; the numbers stand in the database for ever."""

_OF_STEP, _OF_RECORD, _OF_SCHEDULE = 1, 2, 3


class Attending(NamedTuple):
    """A site of a meeting. `is_told`: a record, or a leg that left, says that it took part, but not when."""

    site: str
    unit: int
    is_invited: bool
    is_told: bool
    stays: tuple[Span, ...]


class Meeting(msgspec.Struct, frozen=True, gc=False):
    """What holds of a meeting, by all that is known. `started` and `ended` are None where nobody told them."""

    unit: int
    status: int
    scheduled: Moment | None
    until: Moment | None
    started: Moment | None
    ended: Moment | None
    sites: tuple[Attending, ...]
    last_at: Moment
    field: int = 0
    channel: int = 0
    returned: Moment | None = None

    @property
    def received(self) -> Moment | None:
        """When it began."""
        return self.started

    @property
    def due(self) -> Moment | None:
        """When it should begin."""
        return self.scheduled

    @property
    def is_open(self) -> bool:
        """Planned or on."""
        return self.status in {PLANNED, ON}


def fold_meeting(records: Sequence[MeetingRecord], rules: Rules) -> Meeting:
    """The meeting that its records, in order, tell of. Units are those in force when it was to begin, or began."""
    telling = _Telling()
    for record in records:
        telling.take(record)
    started = telling.begun()
    ended = None if started is None or telling.ended is None else max(started, telling.ended)
    anchor = next(at for at in (telling.scheduled, started, records[-1].at) if at is not None)
    return Meeting(
        in_force(telling.unit, anchor, rules), telling.status(started, ended), telling.scheduled, telling.until,
        started, ended, telling.sites(anchor, rules), records[-1].at,
    )  # fmt: skip


def counts_alike(one: Meeting, other: Meeting) -> bool:
    """Whether two states of a meeting count for the same."""
    return (
        (one.unit, one.status, one.scheduled, one.started, one.ended)
        == (other.unit, other.status, other.scheduled, other.started, other.ended)
        and one.sites == other.sites
    )  # fmt: skip


class _Telling:
    """What has been told up to some record."""

    def __init__(self) -> None:
        self.unit = 0
        self.scheduled: Moment | None = None
        self.until: Moment | None = None
        self.started: Moment | None = None
        self.ended: Moment | None = None
        self.is_cancelled = False
        self.never_started = False
        self._host_by = 0
        self._units: dict[str, int] = {}
        self._invited: tuple[Site, ...] = ()
        self._attended: tuple[Site, ...] = ()
        self._presences: dict[str, Presence] = {}

    def take(self, record: MeetingRecord) -> None:
        by = _OF_STEP if record.told is None else _OF_RECORD if record.told.scheduled is None else _OF_SCHEDULE
        if by >= self._host_by:
            self.unit, self._host_by = record.unit, by
        if record.told is not None:
            self._take_told(record.told)
        elif record.said == Said.STARTED:
            self._start(record.at)
        elif record.said == Said.ENDED:
            self.ended = record.at
        elif record.site is not None:
            self._name(record.site)
            self._presences.setdefault(record.site.site, Presence()).take(record)

    def _take_told(self, told: Told) -> None:
        if told.scheduled is not None:
            self.scheduled, self.until = told.scheduled, told.until
        if told.scheduled is not None or told.cancelled:
            self.is_cancelled = told.cancelled
        if told.never_started:
            self.started, self.ended, self.never_started = None, None, True
        elif told.started is not None:
            self.started, self.never_started = told.started, False
        if told.ended is not None and not told.never_started:
            self.ended = told.ended
        for site in (*(told.invited or ()), *(told.attended or ())):
            self._name(site)
        self._invited = self._invited if told.invited is None else told.invited
        self._attended = self._attended if told.attended is None else told.attended

    def _start(self, at: Moment) -> None:
        """The first start holds; one after the end says that the meeting goes on."""
        self.never_started = False
        if self.started is None:
            self.started = at
        if self.ended is not None and self.ended <= at:
            self.ended = None

    def _name(self, site: Site) -> None:
        self._units[site.site] = site.unit or self._units.get(site.site, 0)

    def begun(self) -> Moment | None:
        """When it began: as told, else when the first site joined, unless that was after its end."""
        if self.started is not None or self.never_started:
            return self.started
        joined = first_joining(self._presences)
        return None if joined is None or (self.ended is not None and joined > self.ended) else joined

    def status(self, started: Moment | None, ended: Moment | None) -> int:
        if started is not None:
            return ON if ended is None else ENDED
        return CANCELLED if self.is_cancelled else NEVER_STARTED if self.never_started else PLANNED

    def sites(self, at: Moment, rules: Rules) -> tuple[Attending, ...]:
        """All sites that were named, by name."""
        invited, attended = _names(self._invited), _names(self._attended)
        return tuple(
            Attending(
                name, in_force(unit, at, rules), name in invited,
                name in attended or (here is not None and here.is_seen), () if here is None else here.close(),
            )
            for name, unit in sorted(self._units.items())
            for here in (self._presences.get(name),)
        )  # fmt: skip


def _names(sites: Sequence[Site]) -> frozenset[str]:
    return frozenset(site.site for site in sites)
