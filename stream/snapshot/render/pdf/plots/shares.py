"""A share, unit by unit: a dot on a line for each, the best on top, the target across all of them."""

from collections.abc import Iterator, Sequence

from stream.snapshot.content.document import KpiFacts, Number
from stream.snapshot.render.pdf.numbers import NOTHING, figure, measured
from stream.snapshot.render.pdf.plots.scale import Scale, ticks
from stream.snapshot.render.pdf.plots.svg import PALE, SOFT, dashed, dot, drawing, line, text

_WIDTH, _ROW, _TOP, _BOTTOM = 467.0, 13.0, 16.0, 16.0
_LEFT, _RIGHT = 120.0, 84.0


def shares(kpi: KpiFacts, values: Sequence[tuple[str, Number | None]], title: str) -> str:
    """`values` by the name of the unit; those of which nothing is known come last, in words."""
    upwards = kpi.direction != "lower_is_better"
    known = [(name, value) for name, value in values if value is not None]
    known.sort(key=lambda each: each[1], reverse=upwards)
    unknown = [name for name, value in values if value is None]
    target = None if kpi.thresholds is None else kpi.thresholds.target
    marks = _marks(kpi, [value for _, value in known], target)
    across = Scale(marks[0], marks[-1], _LEFT, _WIDTH - _RIGHT)
    height = _TOP + _ROW * len(values) + _BOTTOM
    drawn = [*_axis(kpi, marks, across, height)]
    for place, (name, value) in enumerate(known):
        y = _TOP + (place + 0.5) * _ROW
        drawn += [
            line((_LEFT, y), (_WIDTH - _RIGHT, y), 0.4, PALE),
            text(_LEFT - 6, y + 2.7, name, "end"),
            dot(across(value), y),
            text(_WIDTH - _RIGHT + 8, y + 2.7, measured(kpi, value), bold=True),
        ]
    for place, name in enumerate(unknown, len(known)):
        y = _TOP + (place + 0.5) * _ROW + 2.7
        drawn += [text(_LEFT - 6, y, name, "end"), text(_LEFT, y, f"{NOTHING} {kpi.no_denominator.vi}", soft=True)]
    if target is not None:
        bottom = _TOP + _ROW * len(values)
        drawn += [
            dashed((across(target), _TOP - 4), (across(target), bottom)),
            text(across(target), _TOP - 6, f"mục tiêu {measured(kpi, target)}", "middle"),
        ]
    return drawing(_WIDTH, height, title, drawn)


def _marks(kpi: KpiFacts, values: Sequence[Number], target: float | None) -> Sequence[float]:
    """The axis spans the values and the target; a ratio ends at 100 %."""
    spanned = [*values, *([] if target is None else [target])] or [0, 1]
    low, high = min(spanned), max(spanned)
    if kpi.unit == "percent":
        low, high = min(low, 0.95), max(high, 1)
    marks = ticks(low, high, 5)
    return [mark for mark in marks if kpi.unit != "percent" or mark <= max(1, high)]


def _axis(kpi: KpiFacts, marks: Sequence[float], across: Scale, height: float) -> Iterator[str]:
    digits = 0 if all(round(mark * 100, 6) == round(mark * 100) for mark in marks) else 1
    for value in marks:
        yield line((across(value), height - _BOTTOM), (across(value), height - _BOTTOM + 3), 0.4, SOFT)
        yield text(across(value), height - _BOTTOM + 11, figure(kpi, value, digits), "middle", soft=True)
