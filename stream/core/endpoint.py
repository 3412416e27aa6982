"""The life of an endpoint (thiết bị đầu cuối): known from its first event on, up or down since when, and whose."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import ClassVar, Final

import msgspec

from stream.core.belonging import unit_line
from stream.core.ledger import Entry, Measure
from stream.core.moment import Moment
from stream.core.rules import Rules
from stream.core.span import Span, cut

UP, DOWN = 1, 2
"""The status of an endpoint; the numbers stand in the database for ever."""
MOST_CHANGES: Final = 20_000
"""Ten changes a working day for eight years. What changes more often is broken, and its source has to say so less."""


class EndpointRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one event said of an endpoint; `pos` is its position in the case's partition of the log."""

    eid: int
    at: Moment
    is_up: bool
    unit: int
    pos: int = 0
    told: ClassVar[int] = 0


class Endpoint(msgspec.Struct, frozen=True, gc=False):
    """What holds of an endpoint, by all that is known.

    `received` is when its present state began; `homes` are its units in order of time, the first since its first event.
    """

    unit: int
    status: int
    received: Moment
    last_at: Moment
    homes: tuple[tuple[Moment, int], ...]
    downs: tuple[Span, ...]
    is_open: bool = True
    field: int = 0
    channel: int = 0
    due: Moment | None = None
    ended: Moment | None = None
    returned: Moment | None = None


def order(record: EndpointRecord) -> tuple[Moment, bool, int]:
    """Where a record stands in its endpoint's life: its own time; down and up in one second is a line that is back."""
    return record.at, record.is_up, record.eid


_decoder: Final = msgspec.msgpack.Decoder(list[EndpointRecord])


def unpack(packed: bytes) -> list[EndpointRecord]:
    """The timeline from the case's row."""
    return _decoder.decode(packed)


def fold_endpoint(records: Sequence[EndpointRecord], rules: Rules) -> Endpoint:
    """The endpoint that its records, in order, tell of; one that says the state it has already changes nothing."""
    first, last = records[0], records[-1]
    homes = unit_line(records, first.at, rules)
    changes = [first, *(after for before, after in pairwise(records) if after.is_up != before.is_up)]
    ends = [change.at for change in changes[1:]]
    downs = tuple(
        Span(change.at, end) for change, end in zip(changes, [*ends, None], strict=True)
        if not change.is_up and (end is None or change.at < end)
    )  # fmt: skip
    return Endpoint(
        homes[-1][1], UP if last.is_up else DOWN, changes[-1].at, last.at, tuple(homes), downs
    )  # fmt: skip


def counts_alike(one: Endpoint, other: Endpoint) -> bool:
    """Whether two states of an endpoint count for the same."""
    return one.homes == other.homes and one.downs == other.downs


def endpoint_entries(endpoint: Endpoint, rules: Rules) -> frozenset[Entry]:
    """Known, and away while it is down, in whatever unit it belongs to at the time."""
    del rules
    return frozenset(_entries(endpoint))


def _entries(endpoint: Endpoint) -> Iterator[Entry]:
    ends = [since for since, _ in endpoint.homes[1:]]
    for (since, unit), end in zip(endpoint.homes, [*ends, None], strict=True):
        home = Span(since, end)
        if since == end:
            continue  # it came to this unit with a merger, and a record of the same second says so too
        yield from _level(Measure.ENDPOINT_IN, Measure.ENDPOINT_OUT, home, unit)
        for down in cut(endpoint.downs, home):
            yield from _level(Measure.ENDPOINT_AWAY_IN, Measure.ENDPOINT_AWAY_OUT, down, unit)


def _level(rise: Measure, fall: Measure, span: Span, unit: int) -> Iterator[Entry]:
    yield Entry(int(rise), span.start, unit, 0, 0)
    if span.end is not None:
        yield Entry(int(fall), span.end, unit, 0, 0)
