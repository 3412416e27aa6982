"""What is over of each figure of the area: the value it is compared with, its trend, and what was restated of that."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from psycopg import Connection

from stream.core.moment import datetime_of, start_of
from stream.kpi.definition import Kpi
from stream.kpi.evaluate import figure_of
from stream.kpi.expression import Value
from stream.kpi.readings import Found, Readings, asks_of
from stream.kpi.window import Windows
from stream.live.comparing import local_day
from stream.live.trends import TREND_DAYS, TrendPlan, Trends, less, read_gained
from stream.store.asking import Question
from stream.store.days import read_unknown_days
from stream.store.queries import query
from stream.store.reading import read_sums


class Asked(NamedTuple):
    """Which figures, as of when, as known when (None: now), and the moment to compare with (None: there is none)."""

    kpis: Sequence[Kpi]
    now: datetime
    known_at: datetime | None
    compared: datetime | None


class Past(NamedTuple):
    """What is over of each KPI, by its id: the value of before, the trend, on how many of its days it was restated."""

    read_at: datetime
    before_day: date | None
    before: Mapping[str, Value]
    trend: Trends
    restated: Mapping[str, int]


def read_with_past(connection: Connection[Any], asked: Asked) -> tuple[Readings, Past]:
    """The present and what is over; call it inside a `snapshot`."""
    if asked.known_at is not None and not had_begun(connection, asked.known_at):
        return _nothing_known(asked)
    plan = TrendPlan.of(asked.kpis, Windows.at(asked.now).day)
    present, at_first, *compared = read_sums(connection, _questions(asked, plan), asked.known_at)
    groups = [list(present.heard)]
    since = {term: present.known_since(term) for term in plan.terms}
    [gained] = read_gained(connection, plan, at_first, groups, asked.known_at)
    trends = plan.trends(gained, since)
    restated: Mapping[str, int] = {}
    morning = datetime_of(start_of(plan.days.stop))
    if asked.known_at is None and had_begun(connection, morning):
        [missing] = read_unknown_days(connection, plan.moving, groups, plan.days, morning)
        if not missing.is_nothing:
            restated = _differing(trends, plan.trends(less(gained, missing), since))
    return present, Past(asked.now, _before_day(asked), _before_values(asked, compared), trends, restated)


def _before_day(asked: Asked) -> date | None:
    """The local date that is compared with."""
    return None if asked.compared is None else local_day(asked.compared)


def _before_values(asked: Asked, compared: Sequence[Readings]) -> Mapping[str, Value]:
    """The values of the area to compare with, None where there is nothing to compare with."""
    if not compared:
        return {kpi.id: None for kpi in asked.kpis}
    return {kpi.id: figure_of(kpi, compared[0], None).value for kpi in asked.kpis}


def had_begun(connection: Connection[Any], when: datetime) -> bool:
    """Whether anything was known then: the history that a new centre begins with restates nothing of its first day.

    Spares reading all that became known since, where that is all there is.
    """
    [(begun,)] = connection.execute(query("read_begun")).fetchall()
    return begun is None or begun <= when


def _nothing_known(asked: Asked) -> tuple[Readings, Past]:
    nothing: dict[str, Value] = {kpi.id: None for kpi in asked.kpis}
    trends = {kpi.id: (None,) * TREND_DAYS for kpi in asked.kpis}
    present = Readings(Windows.at(asked.now), {}, Found(), None, {})
    return present, Past(asked.now, _before_day(asked), nothing, trends, {})


def _questions(asked: Asked, plan: TrendPlan) -> list[Question]:
    asks = asks_of(asked.kpis)
    moments = [asked.now] if asked.compared is None else [asked.now, asked.compared]
    now, *compared = (Question(Windows.at(moment), asks) for moment in moments)
    return [now, plan.at_first, *compared]


def _differing(now: Trends, then: Trends) -> Mapping[str, int]:
    return {kpi: sum(a != b for a, b in zip(trend, then[kpi], strict=True)) for kpi, trend in now.items()}
