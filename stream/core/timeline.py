"""The timeline of a case: everything that was ever said about it, as compact records.

A record is about 50 bytes; the whole timeline lies in the case's row, so that deduplication, a late
record and the state as of any moment read no other table.
"""

from collections.abc import Sequence
from enum import IntFlag
from typing import Final

import msgspec

from stream.core.moment import Moment

LETTER: Final = 0
"""In the place of a status: the record says nothing of the application but that a letter of apology was sent."""


class Told(IntFlag):
    """What a record says besides status and dates. The first five are those of `OfReceipt`, bit by bit."""

    DIGITISED = 1
    REUSED = 2
    WITH_DUTY = 4
    PAID_ONLINE = 8
    POPULATION = 16
    ELECTRONIC = 64  # a result in electronic form
    STORED = 128  # a result in the citizen's e-store
    UNIT_CORRECTED = 256  # its unit corrects what was said before, and is no transfer
    GOOD = 1024  # an evaluation form
    COMPLAINT = 2048
    RATED = 4096  # an answered petition
    SATISFIED = 8192


MOST_RECORDS: Final = 500
"""More records than this about one case are not a life but a fault of the source."""


class Pause(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A supplement request (yêu cầu bổ sung) as a source tells it: the clock stands from request to receipt.

    `payment` tells a wait for a financial obligation from one for papers.
    """

    requested: Moment
    received: Moment | None
    due_before: Moment | None
    due_after: Moment | None
    payment: bool = False


class Record(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one event said of an application.

    `whole` tells a whole-state record, whose dates replace all that was said before, from a transition,
    which says only status, unit and perhaps a due date. `pos` is its position in the case's partition of the log:
    when it became known, and where its event lies. `procedure` and `field` are numbers of the store, 0 where a
    transition does not say. `told` are bits of `Told`.
    """

    eid: int
    at: Moment
    status: int
    unit: int
    field: int
    channel: int
    whole: bool
    received: Moment | None = None
    due: Moment | None = None
    ended: Moment | None = None
    returned: Moment | None = None
    refused: Moment | None = None
    pauses: tuple[Pause, ...] = ()
    pos: int = 0
    procedure: int = 0
    told: int = 0


def order(record: Record) -> tuple[Moment, Moment, int, int]:
    """Where a record stands in its case's life, whatever the order of arrival.

    Its own time first. A sync record has no time of its own, so two of them can share one: then the one
    that promises a later date is the newer, then the one whose status comes later in a life, then the id.
    """
    return record.at, record.due or 0, record.status, record.eid


_encoder: Final = msgspec.msgpack.Encoder()
_decoder: Final = msgspec.msgpack.Decoder(list[Record])


def pack(timeline: Sequence[Record]) -> bytes:
    """The timeline as it lies in the case's row."""
    return _encoder.encode(timeline)


def unpack(packed: bytes) -> list[Record]:
    """The timeline from the case's row."""
    return _decoder.decode(packed)
