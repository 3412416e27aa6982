"""Video conferences (hội nghị truyền hình): meetings, who took part, endpoints, and how good the lines were.

A neutral model: no product is fixed (domain handbook 4.2). No name of a person is kept: a site (điểm cầu) takes part.
"""

from typing import Annotated, Literal, TypeAlias

import msgspec

from ingest.contracts.envelope import Aware, Name, UnitCode

MEETING_RECORDED = "vn.ioc.conference.meeting.recorded"
MEETING_PROGRESSED = "vn.ioc.conference.meeting.progressed"
ENDPOINT_CHANGED = "vn.ioc.conference.endpoint.changed"
QUALITY_SAMPLED = "vn.ioc.conference.quality.sampled"

Step: TypeAlias = Literal["started", "ended", "joined", "left"]
Percent = Annotated[float, msgspec.Meta(ge=0, le=100)]
Milliseconds = Annotated[float, msgspec.Meta(ge=0, le=60_000)]
Kbps = Annotated[float, msgspec.Meta(ge=0, le=10_000_000)]


class Site(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A site of a meeting; one that is registered for no unit of the area has none, and counts for none."""

    site: Name
    unit: UnitCode | None = None


class MeetingRecorded(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a schedule or a call record says of a meeting. What a record leaves out, others may say.

    Its case, and the event's subject, is `meeting/` + meeting.
    """

    meeting: Name
    unit: UnitCode
    """The unit that holds it (đơn vị chủ trì)."""
    scheduled_at: Aware | None = None
    scheduled_until: Aware | None = None
    started_at: Aware | None = None
    ended_at: Aware | None = None
    cancelled: bool = False
    never_started: bool = False
    invited: tuple[Site, ...] | None = None
    attended: tuple[Site, ...] | None = None


class MeetingProgressed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A step in a meeting. `leg` tells connections of one site apart; `joined` and `left` name site and leg."""

    meeting: Name
    unit: UnitCode
    step: Step
    at: Aware
    site: Site | None = None
    leg: Name | None = None


class EndpointChanged(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An endpoint (thiết bị đầu cuối) went up or down. Its case, and the subject, is `endpoint/` + endpoint."""

    endpoint: Name
    unit: UnitCode
    state: Literal["up", "down"]
    at: Aware


class Sample(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How good a line was at a moment. What was not measured is left out."""

    at: Aware
    loss: Percent | None = None
    jitter: Milliseconds | None = None
    rtt: Milliseconds | None = None
    bitrate: Kbps | None = None


class QualitySampled(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Samples of one endpoint; the event's subject is `endpoint/` + endpoint. A moment has one, the first told."""

    endpoint: Name
    unit: UnitCode
    samples: Annotated[tuple[Sample, ...], msgspec.Meta(min_length=1, max_length=1000)]
