"""A figure: the value of a KPI for one unit or for the area, with what it was made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

from stream.kpi.expression import Value
from stream.kpi.terms import Input

State: TypeAlias = Literal["frozen", "late", "partial", "restated", "live"]
"""How far a figure can be trusted, the worst first (docs/sources.md).

frozen: what came into the log is not applied, partitions are halted or the worker is away; late: none of the sources
that the figure waits for reports; partial: some of them do, a part is missing; restated: it can be trusted, and what
was shown for days that are over was changed today by what came late; live: none of these.
"""
STATES: Final[tuple[State, ...]] = get_args(State)


@dataclass(frozen=True, slots=True)
class Figure:
    """`unit` is a five-digit code, or None for the area. `value` is null where there is no denominator or no data.

    A percentage is a ratio here: times 100 is presentation. `numerator` and `denominator` are set where the
    formula is a fraction. `inputs` are the sums and counts that went in. `state` is None where a figure is of a moment
    that is over: how its sources stood then was not kept.
    """

    kpi: str
    unit: str | None
    value: float | None
    numerator: float | None
    denominator: float | None
    inputs: Mapping[Input, Value]
    state: State | None


def worst(states: Iterable[State]) -> State:
    """The worst of several states; live where there are none."""
    return min(states, key=STATES.index, default="live")
