"""The timeline of a meeting: what schedules, call records and steps say of it, as compact records."""

from enum import IntEnum
from typing import Final, NamedTuple

import msgspec

from stream.core.moment import Moment

MOST_STEPS: Final = 5_000
"""A meeting of all communes of a province has some hundred legs; more steps than this are a fault of the source."""


class Said(IntEnum):
    """What a record says. Of records of the same second the lower comes first: a line that changes is no gap."""

    RECORDED = 0
    STARTED = 1
    JOINED = 2
    LEFT = 3
    ENDED = 4


class Site(NamedTuple):
    """A site (điểm cầu) and its unit, 0 where it is registered for none."""

    site: str
    unit: int


class Told(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a schedule or a call record says of the whole meeting; None is not said."""

    scheduled: Moment | None = None
    until: Moment | None = None
    started: Moment | None = None
    ended: Moment | None = None
    cancelled: bool = False
    never_started: bool = False
    invited: tuple[Site, ...] | None = None
    attended: tuple[Site, ...] | None = None


class MeetingRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one event said of a meeting: `told` of a record, `site` and `leg` of a site that joined or left.

    `pos` is its position in the case's partition of the log. `leg` is empty where the source tells none apart.
    """

    eid: int
    at: Moment
    said: int
    unit: int
    pos: int = 0
    site: Site | None = None
    leg: str = ""
    told: Told | None = None


def order(record: MeetingRecord) -> tuple[Moment, int, int]:
    """Where a record stands in its meeting's life, whatever the order of arrival: its own time, rank, id."""
    return record.at, record.said, record.eid


_decoder: Final = msgspec.msgpack.Decoder(list[MeetingRecord])


def unpack(packed: bytes) -> list[MeetingRecord]:
    """The timeline from the case's row."""
    return _decoder.decode(packed)
