"""What is needed to draw trends: each level as it stood when the first day began, and what came day by day."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple, Self

from psycopg import Connection

from stream.core.moment import Day, start_of
from stream.kpi.definition import Kpi
from stream.kpi.expression import Value
from stream.kpi.readings import Ask, Readings, asks_of
from stream.kpi.terms import Term
from stream.kpi.trend import day_sums, trend_of
from stream.kpi.window import Windows
from stream.store.asking import Question
from stream.store.days import Gained, Group, read_days, read_unknown_days

TREND_DAYS: Final = 30

Trends = Mapping[str, tuple[Value, ...]]
"""The trend of each KPI: one value for each of the TREND_DAYS, oldest first."""


class TrendPlan(NamedTuple):
    """What the trends of some KPIs are made of: `moving` is what came day by day, `levels` what stood before."""

    kpis: Sequence[Kpi]
    terms: Sequence[Term]
    moving: Sequence[Term]
    levels: Sequence[Ask]
    days: range

    @classmethod
    def of(cls, kpis: Sequence[Kpi], today: Day) -> Self:
        """Those of the complete local days before today."""
        terms = tuple(dict.fromkeys(ask.term for ask in asks_of(kpis) if isinstance(ask.term, Term)))
        moving = tuple(dict.fromkeys(term._replace(at=None) for term in terms))
        levels = tuple(Ask(term, None) for term in moving if term.is_level)
        return cls(kpis, terms, moving, levels, range(today - TREND_DAYS, today))

    @property
    def at_first(self) -> Question:
        """How the levels stood when the first day began."""
        return Question(Windows(start_of(self.days.start)), self.levels)

    def trends(self, gained: Gained, since: Mapping[Term, Day | None]) -> Trends:
        """The trends of one group of units of which each term is known since then."""
        sums = day_sums(self.terms, gained.before, gained.by_day, self.days, since)
        return {kpi.id: trend_of(kpi, sums) for kpi in self.kpis}


def read_gained(
    connection: Connection[Any],
    plan: TrendPlan,
    at_first: Readings,
    groups: Sequence[Group],
    known_at: datetime | None,
) -> Sequence[Gained]:
    """What the trends of each group of units are made of; a statement, and one more for `known_at`.

    `at_first` answers the plan's question by what was known then already.
    """
    found = read_days(connection, plan.moving, groups, plan.days)
    whole = [Gained(_stood(at_first, plan, group), by_day) for group, by_day in zip(groups, found, strict=True)]
    if known_at is None:
        return whole
    unknown = read_unknown_days(connection, plan.moving, groups, plan.days, known_at)
    return [
        Gained(each.before, less(each, missing).by_day) for each, missing in zip(whole, unknown, strict=True)
    ]  # fmt: skip


def less(whole: Gained, missing: Gained) -> Gained:
    """All of it but what is missing."""
    return Gained(
        {term: n - missing.before[term] for term, n in whole.before.items()},
        {
            term: {day: by_day.get(day, 0) - late.get(day, 0) for day in by_day.keys() | late.keys()}
            for term, by_day in whole.by_day.items()
            for late in [missing.by_day[term]]
        },
    )


def _stood(at_first: Readings, plan: TrendPlan, group: Group) -> dict[Term, int]:
    return dict(_levels(at_first, plan, group))


def _levels(at_first: Readings, plan: TrendPlan, group: Group) -> Iterator[tuple[Term, int]]:
    for ask in plan.levels:
        if isinstance(ask.term, Term):
            sums = at_first.found.sums[ask]
            yield ask.term, int(sum(sums.get(unit, 0) for unit in group))
