"""The index group by group: how much the centre computed, beside what was published, of how much there is."""

from collections.abc import Iterator, Sequence

from stream.snapshot.content.document import IndexFacts, ScoreFacts
from stream.snapshot.render.pdf.numbers import as_is, said
from stream.snapshot.render.pdf.plots.scale import Scale
from stream.snapshot.render.pdf.plots.svg import bar, box, diamond, dot, drawing, text

_WIDTH, _ROW, _TOP = 467.0, 17.0, 16.0
_LEFT, _RIGHT = 120.0, 128.0


def groups(index: IndexFacts, title: str) -> str:
    """A frame as long as the points that there are, pale as far as they could be judged, a dot and a diamond in it."""
    found = [score for score in index.scores if score.rank == "group"]
    across = Scale(0, max((score.most for score in found), default=1), _LEFT, _WIDTH - _RIGHT)
    drawn = [*_legend(found)]
    for place, score in enumerate(found):
        drawn += _group(score, across, _TOP + place * _ROW)
    return drawing(_WIDTH, _TOP + _ROW * len(found) + 4, title, drawn)


def _legend(found: Sequence[ScoreFacts]) -> Iterator[str]:
    has_official = any(score.official is not None for score in found)
    yield from (dot(_LEFT + 4, 6), text(_LEFT + 10, 8.7, "trung tâm tính"))
    if has_official:
        yield from (diamond(_LEFT + 76, 6), text(_LEFT + 83, 8.7, "điểm chính thức"))
    x = _LEFT + (156 if has_official else 76)
    yield from (bar(x, 2.5, 10, 7), box(x, 2.5, 14, 7), text(x + 18, 8.7, "chấm được / tối đa"))


def _group(score: ScoreFacts, across: Scale, top: float) -> Iterator[str]:
    middle, height = top + _ROW / 2, 9.0
    yield text(_LEFT - 6, middle + 2.7, score.title.vi, "end")
    yield bar(_LEFT, middle - height / 2, across(score.known) - _LEFT, height)
    yield box(_LEFT, middle - height / 2, across(score.most) - _LEFT, height)
    if score.official is not None:
        yield diamond(across(score.official.points), middle)
    if score.points is not None:
        yield dot(across(score.points), middle)
    own = "– không chấm được" if score.points is None else f"{said(score.points, 2)} / {as_is(score.known)}"
    official = "" if score.official is None else f"; chính thức {said(score.official.points, 2)}"
    yield text(_WIDTH - _RIGHT + 6, middle + 2.7, f"{own}{official}", bold=True)
