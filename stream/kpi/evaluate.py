"""From sums to figures: the one function behind wall, command line, report and snapshot."""

from collections.abc import Iterable

from stream.kpi.definition import Kpi
from stream.kpi.expression import Value, fraction_of, value_of
from stream.kpi.figure import Figure, State
from stream.kpi.readings import Readings, ask_of
from stream.kpi.terms import Input


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
    inputs = {each: readings.sum_of(ask_of(kpi, each), number) for each in kpi.inputs}

    def sum_of(each: Input) -> Value:
        return inputs[each]

    fraction = fraction_of(kpi.expression)
    numerator, denominator = (None, None) if fraction is None else (value_of(each, sum_of) for each in fraction)
    return Figure(kpi.id, unit, value_of(kpi.expression, sum_of), numerator, denominator, inputs, state)
