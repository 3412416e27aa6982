"""How a figure stands to its target, by the thresholds that the object carries."""

from stream.kpi.definition import Standing
from stream.snapshot.content.document import KpiFacts, Number
from stream.snapshot.render.pdf.numbers import measured


def standing(kpi: KpiFacts, value: Number | None) -> Standing:
    """As `stream.kpi.definition.Kpi.standing` has it."""
    limits = kpi.thresholds
    if value is None or limits is None:
        return "none"
    sign = 1 if kpi.direction == "higher_is_better" else -1
    if sign * value >= sign * limits.target:
        return "good"
    return "warn" if sign * value >= sign * limits.warn else "bad"


def target(kpi: KpiFacts) -> str:
    """The target in words: ≥ 99,0 %, a dash where there is none."""
    if kpi.thresholds is None:
        return "–"
    sign = "≥" if kpi.direction == "higher_is_better" else "≤"
    return f"{sign}\u00a0{measured(kpi, kpi.thresholds.target)}"
