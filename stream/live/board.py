"""What the board is: figures of the area and of each unit, the latest events, and how fresh all of it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, TypeAlias

from stream.core.freshness import SourceState
from stream.kpi.definition import Standing
from stream.kpi.expression import Value
from stream.kpi.figure import Figure, State

BOARD_KPIS: Final = (
    "received_today", "received_month", "being_handled", "overdue_now", "due_soon", "settled_month", "settled_early",
    "settled_on_date", "settled_late", "on_time_rate", "early_rate", "online_rate",
)  # fmt: skip
"""What a wall shows. The board is read at each change, many times a second: the rest of the catalogue is asked for."""


Unknown: TypeAlias = Literal["not_as_known"]
"""Why a figure has no value though there may be data: samples of lines are kept without when they became known, so that
a figure of them can't be told as known at a moment."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One KPI of the area. `before` is its value at the same time of day on the board's `before_day`.

    `trend` has one value for each of the TREND_DAYS complete local days before today, oldest first: what
    came on the day, a level at the day's end, a rate of the day alone. On `restated` of these days it is another than
    was known when today began; None where a moment is asked for that is over. `unknown` says why there is no value.
    """

    figure: Figure
    standing: Standing
    before: Value
    trend: tuple[Value, ...]
    restated: int | None = 0
    unknown: Unknown | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """A case of which something became known lately: its status now, when it happened and when it became known."""

    case: str
    unit: str
    status: int
    at: datetime
    known_at: datetime


@dataclass(frozen=True, slots=True)
class SourceSign:
    """The last that a source was heard of, how it stands by its promise, and whether figures are late for it."""

    source: str
    last_event_at: datetime | None
    last_known_at: datetime | None
    heartbeat_at: datetime | None
    state: State
    standing: SourceState
    heard_at: datetime | None = None
    cadence: int | None = None
    streams: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tallies:
    """What became of all records of the log: received = applied + duplicates + quarantined."""

    received: int
    applied: int
    duplicates: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class Cut:
    """How far the log had been applied, by partition: read again at this cut, the ledger gives the same rows.

    `known_until` is when the newest applied event came into the log; `halted` are partitions that were stopped;
    `behind` for how many seconds what came into the log may have waited, None where no worker ever told.
    """

    positions: Mapping[int, int]
    known_until: datetime | None
    tallies: Tallies
    halted: tuple[int, ...]
    behind: float | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """The board at a moment. `by_unit` has the figures of the units that were asked for, by code and KPI.

    The tiles count every unit that is known of. Those that were not asked for are named in `elsewhere`, so that
    nobody wonders why the units do not add up to the area. `past_read_at` is the moment as of which trends and the
    values of `before_day` were read (None: there is no day to compare with). `state` is the worst of all: each figure
    has its own, by the sources that it waits for.

    A board of a moment that is over (`is_past`) has no state, no latest cases and no sources: how these stood then was
    not kept, and what they are now is not told in its place. As known at a moment, `known_at`, it has no cut either.
    """

    now: datetime
    past_read_at: datetime
    state: State | None
    tiles: tuple[Tile, ...]
    by_unit: Mapping[str, Mapping[str, Figure]]
    elsewhere: tuple[str, ...]
    latest: tuple[Happened, ...] | None
    sources: tuple[SourceSign, ...] | None
    cut: Cut | None
    before_day: date | None = None
    known_at: datetime | None = None
    is_past: bool = False
