"""How a figure went: day by day or month by month for a year, and what of it was changed by what came late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from psycopg import Connection

from dashboard.figure.asked import Asked
from dashboard.figure.days import OfDays, read_of_days
from stream.core.moment import Day, date_of, datetime_of, day_number, start_of
from stream.kpi.definition import Kpi
from stream.kpi.evaluate import figure_of
from stream.kpi.expression import Value
from stream.kpi.quality import Gauge
from stream.kpi.readings import asks_of
from stream.kpi.streams import streams_of
from stream.kpi.terms import Term
from stream.kpi.window import Windows
from stream.sources.troubled import Troubled, read_troubled
from stream.store.asking import Question
from stream.store.reading import read_sums, snapshot

DAYS: Final = 365
MONTHS: Final = 12
Grain: TypeAlias = Literal["day", "month"]


class Restated(NamedTuple):
    """A day that is over, as it was known then and as it is known now, and how many cases changed it."""

    day: date
    before: Value
    after: Value
    cases: int


@dataclass(frozen=True, slots=True)
class Past:
    """A value for each stretch, oldest first, each named by its last day; `first` is the first day of the first.

    `restated` are the days that what became known after `since` changed, the newest first, and how many cases did.
    `late` are the days on which a source of it did not report.
    """

    grain: Grain
    days: Sequence[date]
    values: Sequence[Value]
    since: datetime | None = None
    restated: Sequence[Restated] = ()
    cases: int = 0
    late: Sequence[date] = field(default=())


def grain_of(kpi: Kpi) -> Grain:
    """Day by day where a day says something by itself: sums of the ledger over no more than a month, or samples.

    Else by months, each as it stood when it ended: procedures are not counted by day, and a rule of the index that
    looks at a single day judges nothing.
    """
    if kpi.definition.window not in {"moment", "day", "month"}:
        return "month"
    kinds = {type(each) for each in kpi.inputs}
    return "day" if kinds in ({Term}, {Gauge}) else "month"


def read_past(connection: Connection[Any], asked: Asked, now: datetime) -> Past:
    """The last year up to the day before `now`, or before the moment asked for.

    Six statements at most.
    """
    kpi, at = asked.kpi, asked.moment(now)
    grain = grain_of(kpi)
    if asked.known_at is not None and not kpi.is_as_known:
        return Past(grain, (), ())
    with snapshot(connection):
        if grain == "month":
            return _by_windows(connection, asked, _months(at), grain)
        today = Windows.at(at).day
        days = range(today - DAYS, today)
        if all(isinstance(each, Gauge) for each in kpi.inputs):
            return _by_windows(connection, asked, [Windows(start_of(day + 1), day) for day in days], grain)
        since = datetime_of(start_of(today)) if not asked.is_past else asked.known_at or at
        found = read_of_days(connection, asked, days, since)
        late = _late_days(connection, kpi, days, now)
    return _with_days(asked, found, since, late)


def _with_days(asked: Asked, found: OfDays, since: datetime, late: Sequence[date]) -> Past:
    changed = [
        Restated(date_of(day), then, now, len(found.cases[day]))
        for day, then, now in zip(found.days, found.then, found.now, strict=True)
        if then != now
    ]
    values = found.now if asked.known_at is None else found.then
    days = [date_of(day) for day in found.days]
    cases = len({case for each in found.cases.values() for case in each})
    return Past("day", days, values, since, changed[::-1], cases, late)


def _by_windows(connection: Connection[Any], asked: Asked, windows: Sequence[Windows], grain: Grain) -> Past:
    """Each window by itself, as it stood when it ended; nothing where nothing was known."""
    asks = asks_of([asked.kpi])
    readings = read_sums(connection, [Question(each, asks) for each in windows], asked.known_at)
    values = [figure_of(asked.kpi, each, asked.unit).value if each.heard else None for each in readings]
    return Past(grain, [date_of(each.day) for each in windows], values)


def _months(at: datetime) -> list[Windows]:
    """The last months that are over, each up to its end."""
    first = date_of(Windows.at(at).day).replace(day=1)
    ends = []
    for _ in range(MONTHS):
        end = day_number(first)
        ends.append(Windows(start_of(end)))
        first = date_of(end - 1).replace(day=1)
    return ends[::-1]


def _late_days(connection: Connection[Any], kpi: Kpi, days: range, now: datetime) -> list[date]:
    """The days on which a source of it, or all sources, did not report as promised."""
    streams, found = streams_of(kpi), set[Day]()
    for each in read_troubled(connection, datetime_of(start_of(days.start))):
        if each.concerns(streams):
            found.update(_days_of(each, now))
    return [date_of(day) for day in sorted(found) if day in days]


def _days_of(trouble: Troubled, now: datetime) -> range:
    ended = max(trouble.ended_at or now, trouble.began_at)
    return range(Windows.at(trouble.began_at).day, Windows.at(ended).day + 1)


def past_json(past: Past) -> Mapping[str, Any]:
    """What the page draws of it."""
    newest = past.restated[:_LISTED]
    return {
        "grain": past.grain,
        "days": past.days,
        "values": past.values,
        "since": past.since,
        "restated": [each._asdict() for each in newest],
        "restated_days": len(past.restated),
        "changed": {each.day.isoformat(): each.before for each in past.restated},
        "restated_cases": past.cases,
        "late": past.late,
    }


_LISTED: Final = 12
"""Restated days that are listed; the rest are counted."""
