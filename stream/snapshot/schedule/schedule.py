"""A schedule (lịch báo cáo): which snapshot is made when, to whom it goes, and what holds where sources are late."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from stream.alerts.lasting import Lasting
from stream.kpi.definition import Basis, Bilingual
from stream.kpi.period import CalendarName
from stream.snapshot.restate.threshold import Restating
from stream.snapshot.schedule.errors import UnknownScheduleError

PeriodKind: TypeAlias = Literal["day", "month", "quarter", "half_year", "nine_months", "year"]
Channel: TypeAlias = Literal["https", "sftp", "folder", "email"]
LateSources: TypeAlias = Literal["hold", "partial"]


@dataclass(frozen=True, slots=True)
class EachDay:
    """A slot on each working day, or on every day of the week."""

    working: bool


@dataclass(frozen=True, slots=True)
class AfterPeriod:
    """A slot on the n-th day after the period's last (1: the next); `rolls`: on to a working day where it is none."""

    number: int
    rolls: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a kind of snapshot is due. `at` is the time of day in seconds after local midnight.

    `calendar` is None for days. `late_sources`: `hold` waits for them up to `hold_for` of working time, `partial` sends
    at once, marked PARTIAL with their list. What is taken within `on_time_within` seconds of its slot is on time.
    `kpis` None means all; `by_unit` whether each unit's figures are told too. `receivers` are ids.
    """

    id: str
    title: Bilingual
    period: PeriodKind
    calendar: CalendarName | None
    at: int
    days: EachDay | AfterPeriod
    receivers: tuple[str, ...]
    late_sources: LateSources
    hold_for: Lasting
    on_time_within: int
    kpis: tuple[str, ...] | None
    by_unit: bool
    restate: Restating | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Receiver:
    """To whom snapshots go and by which channel; what `settings` mean is known by the channel."""

    id: str
    title: Bilingual
    channel: Channel
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Schedules:
    """All schedules and all receivers in force, by id, in the order in which they are written."""

    schedules: Mapping[str, Schedule]
    receivers: Mapping[str, Receiver]

    def __iter__(self) -> Iterator[Schedule]:
        return iter(self.schedules.values())

    def __len__(self) -> int:
        return len(self.schedules)

    def __getitem__(self, kind: str) -> Schedule:
        """The schedule of that id; raises `UnknownScheduleError`."""
        if kind not in self.schedules:
            raise UnknownScheduleError(f"no schedule is called {kind!r}; there are {', '.join(self.schedules)}")
        return self.schedules[kind]


NO_SCHEDULES = Schedules(MappingProxyType({}), MappingProxyType({}))
