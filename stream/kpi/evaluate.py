"""From sums to figures: the one function behind wall, command line, report and snapshot."""

from collections.abc import Iterable

from stream.kpi.definition import Kpi
from stream.kpi.expression import Operation, Operator, value_of
from stream.kpi.figure import Figure, State
from stream.kpi.readings import Readings, ask_of


def evaluate(
    kpis: Iterable[Kpi], readings: Readings, units: Iterable[str | None] = (None,), *, state: State = "live"
) -> list[Figure]:
    """The figures of each KPI for each unit (a five-digit code; None is the area), in that order.

    The readings hold what `asks_of` says for these KPIs. `state` is what the caller knows of the sources.
    """
    wanted = tuple(units)
    return [figure_of(kpi, readings, unit, state) for kpi in kpis for unit in wanted]


def figure_of(kpi: Kpi, readings: Readings, unit: str | None, state: State = "live") -> Figure:
    """One figure."""
    number = None if unit is None else int(unit)
    inputs = {term: readings.sum_of(ask_of(kpi, term), number) for term in kpi.terms}
    value = value_of(kpi.expression, inputs.__getitem__)
    match kpi.expression:
        case Operation(Operator.DIVIDE, left, right):
            numerator, denominator = (value_of(each, inputs.__getitem__) for each in (left, right))
        case _:
            numerator, denominator = None, None
    return Figure(kpi.id, unit, value, numerator, denominator, inputs, state)
