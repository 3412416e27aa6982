"""What a snapshot is asked for: which period, as of when, as known when; and what that means for each of its parts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, TypeAlias

from stream.kpi.definition import Bilingual
from stream.kpi.period import Period
from stream.kpi.window import Windows
from stream.report.asked import Asked
from stream.report.scope import scope_of
from stream.snapshot.content.document import Snapshot
from stream.snapshot.content.moments import cut_to_millisecond

Grain: TypeAlias = Literal["day", "month", "quarter", "half_year", "nine_months", "year"]
_PART: Final = re.compile(r"[0-9]{4}(?:-(Q|H|9M|[0-9]{2}).*)?")
_GRAINS: Final[dict[str | None, Grain]] = {None: "year", "Q": "quarter", "H": "half_year", "9M": "nine_months"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """`kind` is the id of a schedule; `kpis` None: all that are in force on the last day of the period.

    A period of the grain `day` goes from the first of the month to the day. All moments are aware; `known_at` is cut
    to the millisecond, as the log's moments are. `by_unit`: each unit in force at the period's end too, not the area
    alone.
    """

    kind: str
    title: Bilingual
    period: Period
    grain: Grain
    version: int
    due_at: datetime
    as_of: datetime
    known_at: datetime
    draft: bool = False
    kpis: Sequence[str] | None = None
    by_unit: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "known_at", cut_to_millisecond(self.known_at))

    @property
    def is_day(self) -> bool:
        """Whether it is about one day, on which KPIs count over their own windows, as a wall shows them."""
        return self.grain == "day"


def wanted_of(snapshot: Snapshot) -> Wanted:
    """What a snapshot was asked for, by what it says: asked for again, it says the same."""
    period = snapshot.period
    days = date.fromisoformat(period.first), date.fromisoformat(period.last)
    return Wanted(
        kind=snapshot.kind,
        title=snapshot.title,
        period=Period(period.calendar, *days, period.name),
        grain="day" if period.calendar is None else _grain_of(period.name),
        version=snapshot.version,
        due_at=datetime.fromisoformat(snapshot.due_at),
        as_of=datetime.fromisoformat(snapshot.as_of),
        known_at=datetime.fromisoformat(snapshot.known_at),
        draft=snapshot.draft,
        kpis=tuple(kpi.id for kpi in snapshot.kpis),
        by_unit=bool(snapshot.units),
    )


def windows_of(wanted: Wanted) -> Windows:
    """Over which time the KPIs count: each over its own window for a day, all of them over the period else."""
    return Windows.at(wanted.as_of) if wanted.is_day else stretch_of(wanted)


def stretch_of(wanted: Wanted) -> Windows:
    """From the first day of the period up to `as_of`: what the index counts."""
    return Windows.over(wanted.period.first, wanted.period.last, wanted.as_of)


def asked_of(wanted: Wanted, unit: str | None) -> Asked:
    """What form II.06a of a unit (a five-digit code), or of the area (None), is asked for.

    Raises `stream.report.errors.ReportError` for a code without a meaning in the period.
    """
    return Asked.of(wanted.period, scope_of(unit, wanted.period), wanted.as_of, wanted.known_at)


def _grain_of(name: str) -> Grain:
    found = _PART.fullmatch(name)
    return _GRAINS.get(None if found is None else found[1], "month")
