"""From a fact about a meeting or an endpoint to the compact record in its timeline. Pure."""

from collections.abc import Sequence
from datetime import datetime

from ingest.contracts.conference import EndpointChanged, MeetingProgressed, MeetingRecorded
from ingest.contracts.conference import Site as ToldSite
from stream.apply.reading import Fact, Poison, moment_at
from stream.apply.records import Numbers
from stream.core.endpoint import EndpointRecord
from stream.core.meeting_record import MeetingRecord, Said, Site, Told
from stream.core.moment import Moment

_STEPS = {"started": Said.STARTED, "ended": Said.ENDED, "joined": Said.JOINED, "left": Said.LEFT}


def meeting_record_of(fact: Fact, numbers: Numbers, pos: int) -> MeetingRecord:
    """The record of a fact about a meeting; raises `Poison`."""
    del numbers  # meetings have no field and no procedure
    match fact.data:
        case MeetingRecorded() as data:
            told = _told(data)
            return MeetingRecord(fact.eid, fact.at, int(Said.RECORDED), int(data.unit), pos, told=told)
        case MeetingProgressed() as data:
            said = _STEPS[data.step]
            if said in {Said.JOINED, Said.LEFT} and data.site is None:
                raise Poison("a step of a site has to name it", "data.site")
            site = None if data.site is None else _site(data.site)
            return MeetingRecord(
                fact.eid, moment_at(data.at, "data.at"), int(said), int(data.unit), pos, site, data.leg or ""
            )
        case _:
            raise Poison("is not about a meeting", "type")


def endpoint_record_of(fact: Fact, numbers: Numbers, pos: int) -> EndpointRecord:
    """The record of a fact about an endpoint; raises `Poison`."""
    del numbers
    data = fact.data
    if not isinstance(data, EndpointChanged):
        raise Poison("is not about an endpoint", "type")
    return EndpointRecord(fact.eid, moment_at(data.at, "data.at"), data.state == "up", int(data.unit), pos)


def _told(data: MeetingRecorded) -> Told:
    return Told(
        _optional(data.scheduled_at, "data.scheduled_at"),
        _optional(data.scheduled_until, "data.scheduled_until"),
        _optional(data.started_at, "data.started_at"),
        _optional(data.ended_at, "data.ended_at"),
        data.cancelled,
        data.never_started,
        _sites(data.invited),
        _sites(data.attended),
    )


def _sites(told: Sequence[ToldSite] | None) -> tuple[Site, ...] | None:
    return None if told is None else tuple(_site(each) for each in told)


def _site(told: ToldSite) -> Site:
    return Site(told.site, 0 if told.unit is None else int(told.unit))


def _optional(when: datetime | None, place: str) -> Moment | None:
    return None if when is None else moment_at(when, place)
