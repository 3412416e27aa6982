"""The trends of single units, for the scene of one unit and for whoever asks for several."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from psycopg import Connection

from stream.kpi.catalogue import Catalogue
from stream.kpi.definition import Kpi
from stream.kpi.evaluate import figure_of
from stream.kpi.expression import Value
from stream.kpi.generations import own_time
from stream.kpi.readings import Readings, asks_of
from stream.kpi.window import Windows
from stream.live.comparing import compared_with, local_day
from stream.live.composing import told_as_known
from stream.live.past import had_begun
from stream.live.trends import TREND_DAYS, TrendPlan, read_gained
from stream.sources.calendar import read_calendar
from stream.store.asking import Question
from stream.store.reading import read_sums, snapshot


class UnitTrend(NamedTuple):
    """As a tile of the board has it: the value on the day to compare with, and one for each complete day before."""

    before: Value
    trend: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class UnitTrends:
    """By unit (five-digit code) and KPI. `before_day` is the local date to compare with, None where there is none."""

    before_day: date | None
    by_unit: Mapping[str, Mapping[str, UnitTrend]]


def read_unit_trends(
    connection: Connection[Any],
    catalogue: Catalogue,
    now: datetime,
    units: Iterable[str],
    *,
    known_at: datetime | None = None,
) -> UnitTrends:
    """The trends of these units as of `now`, an aware moment, by what was known at `known_at` (None: now).

    Five statements at most, and three more for `known_at`, however many units; what comes back are KPIs × units × days.
    A unit has no values for days on which its code meant another one, a figure of samples none as known at a moment.
    The connection finds the tables of the stream by its search path and is not inside a transaction.
    """
    kpis, codes = tuple(catalogue), tuple(units)
    told = told_as_known(kpis, known_at)
    plan = TrendPlan.of(told, Windows.at(now).day)
    with snapshot(connection):
        then = compared_with(now, read_calendar(connection, known_at))
        if known_at is not None and not had_begun(connection, known_at):
            return _nothing_known(kpis, codes, then)
        asked = [] if then is None else [Question(Windows.at(then), asks_of(told))]
        today = Question(Windows.at(now), ())  # by which units that were heard of only now are known
        present, at_first, *compared = read_sums(connection, [today, plan.at_first, *asked], known_at)
        gained = read_gained(connection, plan, at_first, [[int(code)] for code in codes], known_at)
    found: dict[str, Mapping[str, UnitTrend]] = {}
    for code, of_unit in zip(codes, gained, strict=True):
        since = {term: present.unit_known_since(term, int(code)) for term in plan.terms}
        trends = plan.trends(of_unit, since)
        before = {kpi.id: _before(kpi, compared, code, plan.days.stop) for kpi in told}
        found[code] = {
            kpi.id: UnitTrend(before.get(kpi.id), trends.get(kpi.id, (None,) * TREND_DAYS)) for kpi in kpis
        }  # fmt: skip
    return UnitTrends(None if then is None else local_day(then), found)


def _nothing_known(kpis: Iterable[Kpi], codes: Iterable[str], then: datetime | None) -> UnitTrends:
    nothing = {kpi.id: UnitTrend(None, (None,) * TREND_DAYS) for kpi in kpis}
    return UnitTrends(None if then is None else local_day(then), dict.fromkeys(codes, nothing))


def _before(kpi: Kpi, compared: Iterable[Readings], unit: str, today: int) -> Value:
    """None where there is nothing to compare with, or the unit's code meant another one then."""
    for readings in compared:
        own = own_time(today)
        if own is None or not own.bears(int(unit)) or own.since <= readings.windows.day:
            return figure_of(kpi, readings, unit).value
    return None
