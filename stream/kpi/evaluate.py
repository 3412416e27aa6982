"""From sums to figures: the one function behind wall, command line, report and snapshot."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from stream.kpi.definition import Kpi
from stream.kpi.expression import fraction_of, value_of
from stream.kpi.figure import Figure, State
from stream.kpi.readings import Readings, ask_of

StateOf: TypeAlias = Callable[[Kpi, str | None], State]
"""What a KPI of a unit, or of the area (None), inherits from its sources (`stream.sources.inheriting`)."""


def evaluate(
    kpis: Iterable[Kpi],
    readings: Readings,
    units: Iterable[str | None] = (None,),
    *,
    state: State | StateOf | None = "live",
) -> list[Figure]:
    """The figures of each KPI for each unit (a five-digit code; None is the area), in that order.

    The readings hold what `asks_of` says for these KPIs. `state` is what the caller knows of the sources: of all
    figures, or of each; None where nobody can know it.
    """
    wanted = tuple(units)
    return [figure for kpi in kpis for figure in _figures(kpi, readings, wanted, state)]


def figure_of(kpi: Kpi, readings: Readings, unit: str | None, state: State | StateOf | None = "live") -> Figure:
    """One figure."""
    [figure] = _figures(kpi, readings, (unit,), state)
    return figure


def _figures(
    kpi: Kpi, readings: Readings, units: Sequence[str | None], state: State | StateOf | None
) -> Iterator[Figure]:
    asks = {each: ask_of(kpi, each) for each in kpi.inputs}
    fraction = fraction_of(kpi.expression)
    for unit in units:
        number = None if unit is None else int(unit)
        inputs = {each: readings.sum_of(ask, number) for each, ask in asks.items()}
        sum_of = inputs.__getitem__
        numerator, denominator = (None, None) if fraction is None else (value_of(each, sum_of) for each in fraction)
        found = state(kpi, unit) if callable(state) else state
        yield Figure(kpi.id, unit, value_of(kpi.expression, sum_of), numerator, denominator, inputs, found)
