"""A figure: the value of a KPI for one unit or for the area, with what it was made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from stream.kpi.expression import Value
from stream.kpi.terms import Input

State: TypeAlias = Literal["live", "late", "partial", "frozen", "restated"]
"""live: every source that the figure waits for reports; late: one of them is silent beyond its cadence, was never heard
of, or lags (`stream.sources.inheriting`); the others belong to snapshots."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`unit` is a five-digit code, or None for the area. `value` is null where there is no denominator or no data.

    A percentage is a ratio here: times 100 is presentation. `numerator` and `denominator` are set where the
    formula is a fraction. `inputs` are the sums and counts that went in.
    """

    kpi: str
    unit: str | None
    value: float | None
    numerator: float | None
    denominator: float | None
    inputs: Mapping[Input, Value]
    state: State
