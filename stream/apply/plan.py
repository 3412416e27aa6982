"""What one transaction will write, worked out in memory: everything but the writing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ingest.contracts.declared import SourceDeclared
from ingest.log.protocol import Record as LogRecord
from stream.apply.cases import Case
from stream.apply.reading import Measured
from stream.apply.rows import HEADER, TRAILER, PostedKey, case_row, posted_row
from stream.core.moment import Day, Moment

TICKER: Final = 12
"""So many of the latest events are announced."""


@dataclass(slots=True)
class Tally:
    """How far one partition gets by this plan, and what became of its records."""

    first: int
    next: int
    applied: int = 0
    duplicates: int = 0
    quarantined: int = 0
    halted: str | None = None


class Quarantined(NamedTuple):
    """A record that can't be applied, its bytes masked."""

    record: LogRecord
    reason: str
    place: str | None


class Adopted(NamedTuple):
    """From this position on the partition goes by the rule of this digest."""

    part: int
    pos: int
    known_ms: int
    digest: str


@dataclass(slots=True)
class SignOfLife:
    """The newest that a source was heard of."""

    event_at: Moment | None = None
    known_ms: int | None = None
    heartbeat_at: Moment | None = None
    complete_until: Moment | None = None

    def event(self, at: Moment, known_ms: int) -> None:
        """An event that counted. One of the future tells no later moment than its arrival: it would hide all lag."""
        at = min(at, known_ms // 1000)
        if self.event_at is None or at > self.event_at:
            self.event_at = at
        if self.known_ms is None or known_ms > self.known_ms:
            self.known_ms = known_ms


LATENESS: Final = (10, 60, 600, 3_600, 28_800, 86_400, 604_800)
"""Bounds, in seconds, of the histogram of how late events become known; behind the last is an eighth bin."""


@dataclass(slots=True)
class Heard:
    """What came of one source on one local day of the log, and what became of it: the sum of the three was received.

    `lateness` counts applied events by how long after their own time the log took them (`LATENESS`). `known_ms` is when
    the log took the newest record of all: whatever became of it, its source is alive.
    """

    applied: int = 0
    duplicates: int = 0
    quarantined: int = 0
    known_ms: int = 0
    lateness: list[int] = field(default_factory=lambda: [0] * (len(LATENESS) + 1))


class Sampled(NamedTuple):
    """Samples of the quality of an endpoint's line, to be kept where they were not told before."""

    part: int
    pos: int
    known_ms: int
    measured: Measured


class Declared(NamedTuple):
    """From this position on the source promises this."""

    part: int
    pos: int
    known_ms: int
    data: SourceDeclared


class Latest(NamedTuple):
    """An applied event as the ticker of the wall shows it."""

    case: str
    unit: int
    status: int
    at: Moment
    known_ms: int


@dataclass(slots=True)
class Plan:
    """The rows of one transaction, packed, in the order of the log."""

    tallies: dict[int, Tally] = field(default_factory=dict)
    events: list[bytes] = field(default_factory=lambda: [HEADER])
    ledger: list[bytes] = field(default_factory=lambda: [HEADER])
    begun: bytes = b""
    touched: bytes = b""
    posted: bytes = b""
    quarantined: list[Quarantined] = field(default_factory=list)
    adopted: list[Adopted] = field(default_factory=list)
    signs: dict[str, SignOfLife] = field(default_factory=dict)
    heard: dict[tuple[str, Day], Heard] = field(default_factory=dict)
    sampled: list[Sampled] = field(default_factory=list)
    declared: list[Declared] = field(default_factory=list)
    latest: Sequence[Latest] = ()
    units: set[int] = field(default_factory=set)

    def sign(self, source: str) -> SignOfLife:
        """The signs of life of a source in this batch."""
        sign = self.signs.get(source)
        if sign is None:
            sign = self.signs[source] = SignOfLife()
        return sign

    def close(self, cases: Mapping[str, Case], sums: Mapping[PostedKey, int]) -> None:
        """Pack what is known only at the end of the batch: the cases as they now stand, and the sums."""
        begun, touched = [HEADER], [HEADER]
        for case in cases.values():
            if case.state is not None:
                (touched if case.stored else begun).append(case_row(case, case.state))
                case.stored = True
        self.begun, self.touched = _copy(begun), _copy(touched)
        self.posted = _copy([HEADER, *(posted_row(key, n) for key, n in sums.items() if n)])
        self.units = {key[1] for key in sums}

    @property
    def positions(self) -> dict[int, int]:
        """The next position of each partition once this is written."""
        return {part: tally.next for part, tally in self.tallies.items()}

    @property
    def records(self) -> int:
        """How many records of the log it accounts for."""
        return sum(tally.next - tally.first for tally in self.tallies.values())


def _copy(rows: list[bytes]) -> bytes:
    return b"".join([*rows, TRAILER]) if len(rows) > 1 else b""
