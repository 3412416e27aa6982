"""What came in and what was settled, day by day or month by month: bars in bars over the same axis."""

from collections.abc import Iterator, Sequence
from datetime import date

from stream.snapshot.content.document import Number, SeriesFacts
from stream.snapshot.render.pdf.numbers import said
from stream.snapshot.render.pdf.plots.scale import Scale, ticks
from stream.snapshot.render.pdf.plots.svg import INK, PALE, SOFT, bar, drawing, line, text

_WIDTH, _HEIGHT = 467.0, 136.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 34.0, 78.0, 12.0, 16.0
_LABELS_APART = 10


def flow(received: SeriesFacts, settled: SeriesFacts | None, title: str) -> str:
    """`received` as pale bars, `settled` as narrow black ones on them; where nothing is known there is none."""
    of_settled = () if settled is None else settled.values
    known = [value for value in (*received.values, *of_settled) if value is not None]
    marks = ticks(0, max(known, default=1), 4, whole=True)
    up = Scale(0, marks[-1], _HEIGHT - _BOTTOM, _TOP)
    step = (_WIDTH - _LEFT - _RIGHT) / max(1, len(received.days))
    drawn = [*_axis(marks, up), *_days(received, step)]
    drawn += _bars(received.values, up, step, 0.76)
    drawn += _bars(of_settled, up, step, 0.28)
    drawn += _labels(received.values, of_settled)
    return drawing(_WIDTH, _HEIGHT, title, drawn)


def _bars(values: Sequence[Number | None], up: Scale, step: float, share: float) -> Iterator[str]:
    """Bars of a share of the room that a day has: the narrow ones are black."""
    for place, value in enumerate(values):
        if value is not None:
            x = _LEFT + (place + 0.5 - share / 2) * step
            yield bar(x, up(value), share * step, up(0) - up(value), PALE if share > 0.5 else INK)


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


def _labels(received: Sequence[Number | None], settled: Sequence[Number | None]) -> Iterator[str]:
    """What is drawn how, and the highest of each."""
    x = _WIDTH - _RIGHT + 6
    for place, (name, values, fill) in enumerate((("Tiếp nhận", received, PALE), ("Đã giải quyết", settled, INK))):
        highest = max((value for value in values if value is not None), default=None)
        if highest is not None:
            y = _TOP + 8 + place * 26
            yield bar(x + (0 if fill == PALE else 2), y - 6, 7 if fill == PALE else 3, 7, fill)
            yield text(x + 11, y, name, bold=True)
            yield text(x + 11, y + 9, f"cao nhất {said(highest)}", soft=True)
