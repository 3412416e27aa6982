"""What the network's gateway tells by events of its own: the schedule, endpoints, and how good the lines are."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from ingest.contracts.conference import EndpointChanged, MeetingRecorded, Site
from ingest.simulator.calendar import LOCAL
from ingest.simulator.conference.meeting import Meeting
from ingest.simulator.conference.network import Endpoint, Network
from ingest.simulator.conference.outages import outages
from ingest.simulator.conference.quality import samples
from ingest.simulator.conference.schedule import LEAD, meetings
from ingest.simulator.parcel import Parcel, in_order, told
from ingest.simulator.state import State

_LONGEST = LEAD + timedelta(days=2)  # from the day on which a meeting is looked at to the last that is told of it


def traffic(network: Network, source: str, state: State) -> Iterator[Parcel]:
    """Everything that is told after what `state` says was sent, in order, for ever."""
    first = max(state.begin, (state.sent_until - _LONGEST).astimezone(LOCAL).date())

    def of_day(day: date) -> Iterator[Parcel]:
        if day == state.begin:
            yield from _installed(network, source, day)
            ahead = (day + timedelta(days=number) for number in range(LEAD.days))
            coming = [meeting for each in ahead for meeting in meetings(network, each)]
        else:
            coming = []
        coming += meetings(network, day + LEAD)
        opening = _midnight(state.begin) + timedelta(seconds=30)
        for meeting in coming:
            yield from _schedule(meeting, source, opening)
        yield from _outages(network, source, day)
        if state.detailed_from is not None and day >= state.detailed_from.astimezone(LOCAL).date():
            yield from _quality(network, source, day)

    return in_order(of_day, first, state.sent_until)


def _installed(network: Network, source: str, day: date) -> Iterator[Parcel]:
    """On the first day all endpoints are there."""
    at = _midnight(day) + timedelta(seconds=10)
    for site in network.sites:
        yield told(source, at, _changed(site, at, up=True))


def _schedule(meeting: Meeting, source: str, opening: datetime) -> Iterator[Parcel]:
    at = max(meeting.announced_at, opening)
    yield told(source, at, _recorded(meeting, cancelled=False), "-planned")
    if meeting.cancelled_at is not None:
        yield told(source, max(meeting.cancelled_at, at), _recorded(meeting, cancelled=True), "-cancelled")


def _recorded(meeting: Meeting, *, cancelled: bool) -> MeetingRecorded:
    return MeetingRecorded(
        meeting=meeting.name,
        unit=_host(meeting),
        scheduled_at=meeting.scheduled_at,
        scheduled_until=meeting.scheduled_until,
        invited=tuple(Site(site=site.code, unit=site.unit) for site in meeting.invited),
        cancelled=cancelled,
    )


def _host(meeting: Meeting) -> str:
    """The seat of the district level holds them all, the province's too: its own site is nobody's here."""
    return next(site.unit for site in meeting.invited if site.unit is not None)


def _outages(network: Network, source: str, day: date) -> Iterator[Parcel]:
    for site in network.sites:
        for outage in outages(network, site, day):
            for at, up in ((outage.begin, False), (outage.end, True)):
                yield told(source, at + timedelta(seconds=3), _changed(site, at, up=up), happened=at)


def _changed(site: Endpoint, at: datetime, *, up: bool) -> EndpointChanged:
    return EndpointChanged(endpoint=site.code, unit=str(site.unit), state="up" if up else "down", at=at)


def _quality(network: Network, source: str, day: date) -> Iterator[Parcel]:
    for meeting in meetings(network, day):
        for at, sampled in samples(network, meeting):
            yield told(source, at + timedelta(seconds=2), sampled, "-q", sampled.samples[0].at)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LOCAL)
