"""Any KPI narrowed from outside to a channel, a field or a level of authority."""

from typing import NamedTuple

from stream.kpi.definition import Kpi
from stream.kpi.expression import Expression, Number, inputs_of, with_inputs
from stream.kpi.quality import Gauge
from stream.kpi.terms import Input, Term


class NarrowingError(ValueError):
    """Nothing in the KPI has the dimension that was asked for."""

    retriable = False


class Filters(NamedTuple):
    """What to keep: a channel and a level by their numbers, a field (lĩnh vực) by its code; None keeps all."""

    channel: int | None = None
    field: str | None = None
    level: int | None = None


def narrowed(expression: Expression, filters: Filters) -> Expression:
    """The expression with the filters on every input that has the dimension.

    An input that already keeps another channel, field or level keeps nothing any more: it is 0. Raises
    `NarrowingError` where no input at all has a dimension that was asked for.
    """
    for key, value in filters._asdict().items():
        if value is not None and not any(_has(each, key) for each in inputs_of(expression)):
            raise NarrowingError(f"nothing in this figure has a {key}")
    return with_inputs(expression, lambda each: _narrowed(each, filters))


def narrowed_kpi(kpi: Kpi, filters: Filters) -> Kpi:
    """The same KPI, narrowed. Raises `NarrowingError`."""
    return Kpi(kpi.id, kpi.definition, narrowed(kpi.expression, filters))


def _has(each: Input, key: str) -> bool:
    if isinstance(each, Term):
        return key in each.dimensions
    if isinstance(each, Gauge):
        return False
    return each.is_used or key != "channel"


def _narrowed(each: Input, filters: Filters) -> Expression:
    if isinstance(each, Gauge):
        return each
    given = {key: value for key, value in filters._asdict().items() if value is not None and _has(each, key)}
    if any(getattr(each, key) not in {None, value} for key, value in given.items()):
        return Number(0)
    return each._replace(**given)
