"""A KPI (chỉ tiêu): what one entry of the catalogue says, and what must hold of it."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Annotated, Final, Literal, TypeAlias

import msgspec

from stream.kpi.expression import Expression, inputs_of, nodes_of
from stream.kpi.formula import compile_formula, no_kpi
from stream.kpi.quality import Gauge
from stream.kpi.terms import Count, Input

Text: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
WindowName: TypeAlias = Literal["moment", "day", "month", "quarter", "year", "period"]
"""Over which time flows are summed: `moment` has levels only; `day`, `month`, `quarter` and `year` run from local
midnight and from the first of the calendar month, quarter or year (handbook 3.6) up to the moment of the figure;
`period` is given by who asks."""
LARGEST: Final = 10_000
"""Parts of a formula together with those of the KPIs that it refers to."""
Unit: TypeAlias = Literal["count", "percent", "points", "days", "minutes"]
Direction: TypeAlias = Literal["higher_is_better", "lower_is_better", "neutral"]
Standing: TypeAlias = Literal["good", "warn", "bad", "none"]


class Bilingual(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text in both languages."""

    vi: Text
    en: Text


class Basis(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The legal basis, and how sure it is (handbook): A published, B one source, C working assumption."""

    text: Text
    certainty: Literal["A", "B", "C"]


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From which value on a figure is good (`target`) and from which on it is bad (`warn`); ratios for percent."""

    target: float
    warn: float


class Definition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of the catalogue as it is written in the file; its table's name is its id."""

    title: Bilingual
    short: Bilingual
    basis: Basis
    source: Text
    unit: Unit
    formula: str
    window: WindowName
    direction: Direction
    no_denominator: Bilingual
    digits: Annotated[int, msgspec.Meta(ge=0, le=6)] = 0
    thresholds: Thresholds | None = None
    since: date | None = None
    until: date | None = None


class Kpi(msgspec.Struct, frozen=True, dict=True):
    """A KPI, checked; made by the loader only."""

    id: str
    definition: Definition
    expression: Expression

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """The sums and counts that its formula needs."""
        return inputs_of(self.expression)

    @cached_property
    def has_window(self) -> bool:
        """Whether it looks at a stretch of time, not only at a moment."""
        return any(_has_window(each) for each in self.inputs)

    @cached_property
    def is_as_known(self) -> bool:
        """Whether it can be told as known at a moment: samples of lines are kept without when they became known."""
        return not any(isinstance(each, Gauge) for each in self.inputs)

    def in_force_on(self, day: date) -> bool:
        """Whether it holds on that day; `until` is the last one."""
        since, until = self.definition.since, self.definition.until
        return (since is None or since <= day) and (until is None or day <= until)

    def standing(self, value: float | None) -> Standing:
        """How a value stands to the thresholds: `warn` lies between target and bad."""
        limits = self.definition.thresholds
        if value is None or limits is None:
            return "none"
        sign = 1 if self.definition.direction == "higher_is_better" else -1
        if sign * value >= sign * limits.target:
            return "good"
        return "warn" if sign * value >= sign * limits.warn else "bad"


class RuleError(ValueError):
    """An entry says things that do not go together; `field` is where."""

    retriable = False

    def __init__(self, field: str, what: str) -> None:
        super().__init__(what)
        self.field = field


def checked(name: str, definition: Definition, refer: Callable[[str], Expression | None] = no_kpi) -> Kpi:
    """The KPI of a definition; raises `FormulaError` and `RuleError`. `refer` is as in `compile_formula`."""
    kpi = Kpi(name, definition, compile_formula(definition.formula, refer))
    if sum(1 for _ in nodes_of(kpi.expression)) > LARGEST:
        raise RuleError("formula", f"has more than {LARGEST:,} parts, with those of the KPIs that it refers to")
    if not kpi.inputs:
        raise RuleError("formula", "names no sum of the ledger")
    if definition.window == "moment" and (flow := next(filter(_has_window, kpi.inputs), None)):
        raise RuleError("window", f"'moment' has levels only, and {flow} needs a window")
    if definition.since and definition.until and definition.until < definition.since:
        raise RuleError("until", "ends before it begins")
    _check_thresholds(definition)
    return kpi


def _has_window(each: Input) -> bool:
    if isinstance(each, Gauge):
        return True
    if isinstance(each, Count):
        return each.is_used
    return not each.is_level or each.at is not None


def _check_thresholds(definition: Definition) -> None:
    limits, direction = definition.thresholds, definition.direction
    if limits is None:
        return
    if direction == "neutral":
        raise RuleError("thresholds", "a neutral figure is neither good nor bad")
    if (limits.warn > limits.target) if direction == "higher_is_better" else (limits.warn < limits.target):
        raise RuleError("thresholds.warn", f"lies on the good side of the target, as {direction}")
    if definition.unit == "percent" and max(abs(limits.target), abs(limits.warn)) > 1:
        raise RuleError("thresholds", "are ratios: 0.95 for 95 percent")
