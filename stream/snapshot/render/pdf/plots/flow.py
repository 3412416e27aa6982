"""What came in and what was settled, day by day or month by month: bars and a line over the same axis."""

from collections.abc import Iterator, Sequence
from datetime import date

from stream.snapshot.content.document import Number, SeriesFacts
from stream.snapshot.render.pdf.numbers import said
from stream.snapshot.render.pdf.plots.scale import Scale, ticks
from stream.snapshot.render.pdf.plots.svg import PALE, SOFT, bar, dot, drawing, line, path, text

_WIDTH, _HEIGHT = 467.0, 150.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 34.0, 78.0, 12.0, 16.0
_LABELS_APART = 10


def flow(received: SeriesFacts, settled: SeriesFacts | None, title: str) -> str:
    """`received` as pale bars, `settled` as a black line; where nothing is known there is a gap."""
    of_settled = () if settled is None else settled.values
    known = [value for value in (*received.values, *of_settled) if value is not None]
    marks = ticks(0, max(known, default=1), 4, whole=True)
    up = Scale(0, marks[-1], _HEIGHT - _BOTTOM, _TOP)
    step = (_WIDTH - _LEFT - _RIGHT) / max(1, len(received.days))
    drawn = [*_axis(marks, up), *_days(received, step)]
    for place, value in enumerate(received.values):
        if value is not None:
            x = _LEFT + (place + 0.5) * step
            drawn.append(bar(x - 0.36 * step, up(value), 0.72 * step, up(0) - up(value)))
    for stretch in _stretches(of_settled):
        points = [(_LEFT + (place + 0.5) * step, up(value)) for place, value in stretch]
        drawn += [path(points)] if len(points) > 1 else []
        drawn += [dot(x, y, 1.3) for x, y in points]
    drawn += _labels(received.values, of_settled, up)
    return drawing(_WIDTH, _HEIGHT, title, drawn)


def _axis(marks: Sequence[float], up: Scale) -> Iterator[str]:
    for value in marks:
        yield line(
            (_LEFT, up(value)), (_WIDTH - _RIGHT, up(value)), 0.5 if value == 0 else 0.25, SOFT if value == 0 else PALE
        )
        yield text(_LEFT - 4, up(value) + 2.6, said(value), "end", soft=True)


def _days(series: SeriesFacts, step: float) -> Iterator[str]:
    """The first and the last day, and as many between as can be read."""
    every = max(1, -(-_LABELS_APART * 3 // max(1, int(step))))
    last = len(series.days) - 1
    for place, day in enumerate(series.days):
        if place == last or (place % every == 0 and last - place >= every):
            when = date.fromisoformat(day)
            name = f"{when:%d/%m}" if series.grain == "day" else f"{when:%m/%Y}"
            yield text(_LEFT + (place + 0.5) * step, _HEIGHT - _BOTTOM + 10, name, "middle", soft=True)


def _stretches(values: Sequence[Number | None]) -> Iterator[list[tuple[int, Number]]]:
    """What is known without a gap."""
    found: list[tuple[int, Number]] = []
    for place, value in enumerate(values):
        if value is not None:
            found.append((place, value))
        elif found:
            yield found
            found = []
    if found:
        yield found


def _labels(received: Sequence[Number | None], settled: Sequence[Number | None], up: Scale) -> Iterator[str]:
    """The names at the end of what they name, not upon one another."""
    x, first, second = _WIDTH - _RIGHT + 5, _last(received), _last(settled)
    y1, y2 = up(first or 0), up(second or 0)
    if second is not None and abs(y1 - y2) < 2 * _LABELS_APART:
        middle = min(max((y1 + y2) / 2, _TOP + 14), _HEIGHT - _BOTTOM - 14)
        y1, y2 = (middle - 12, middle + 12) if y1 <= y2 else (middle + 12, middle - 12)
    yield from (bar(x, y1 - 6, 7, 7, PALE), text(x + 10, y1, "Tiếp nhận", bold=True))
    yield text(x + 10, y1 + 9, "" if first is None else said(first), soft=True)
    if second is not None:
        yield from (line((x, y2 - 2.5), (x + 7, y2 - 2.5), 1.2), dot(x + 3.5, y2 - 2.5, 1.5))
        yield from (text(x + 10, y2, "Đã giải quyết", bold=True), text(x + 10, y2 + 9, said(second), soft=True))


def _last(values: Sequence[Number | None]) -> Number | None:
    return next((value for value in reversed(values) if value is not None), None)
