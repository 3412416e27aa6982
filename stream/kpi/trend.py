"""Trends: the value of each KPI on each of some past days, for the whole area or a unit."""

from collections.abc import Iterable, Mapping, Sequence

from stream.core.moment import Day
from stream.kpi.definition import Kpi
from stream.kpi.expression import Value, value_of
from stream.kpi.terms import Input, Term

DaySums = Mapping[Term, int | None]
"""What a day has of each term: a flow's sum in the day, a level at its end; None before anything is known."""


def day_sums(
    terms: Iterable[Term],
    before: Mapping[Term, int],
    gained: Mapping[Term, Mapping[Day, int]],
    days: Sequence[Day],
    heard: Mapping[Term, Day | None],
) -> list[DaySums]:
    """What each of the days, in a row, has of each term.

    `before` is each level as it stood when the first day began, `gained` what came day by day, and `heard` the
    first day of which anything is known that the term is about.
    """
    wanted = [(term, term._replace(at=None), term.is_level, heard[term]) for term in terms]
    levels = dict(before)
    sums: list[DaySums] = []
    for day in days:
        found: dict[Term, int | None] = {}
        for term, moving, is_level, since in wanted:
            n = levels[moving] if is_level else 0
            if term.at is None:
                n += gained[moving].get(day, 0)
            found[term] = n if since is not None and since <= day else None
        levels.update((term, n + gained[term].get(day, 0)) for term, n in levels.items())
        sums.append(found)
    return sums


def trend_of(kpi: Kpi, days: Iterable[DaySums]) -> tuple[Value, ...]:
    """The value of a KPI day by day, whatever its own window: the rate of the day, not of the month up to it.

    Procedures are not counted day by day: a KPI that needs them has no value here.
    """

    def value(day: DaySums) -> Value:
        def sum_of(each: Input) -> Value:
            return day[each] if isinstance(each, Term) else None

        return value_of(kpi.expression, sum_of)

    return tuple(map(value, days))
