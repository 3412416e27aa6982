"""The service-quality index: of the area item by item, of the units side by side; own points beside official ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stream.snapshot.content.document import IndexFacts, ScoreFacts, Snapshot
from stream.snapshot.render.pdf.grid import SMALLER, Grid, Head, Row, groups_of, spread
from stream.snapshot.render.pdf.numbers import NOTHING, as_is, percent, said, signed
from stream.snapshot.render.pdf.runs import run
from stream.snapshot.render.wording import day

_NEEDED = 20
_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Scored:
    """An item of the area: what it got, of how much that could be judged, and what somebody else published."""

    rank: str
    title: str
    points: str
    known: str
    most: str
    ratio: str
    official: str
    difference: str
    source: str
    certainty: str


def area_index(snapshot: Snapshot) -> IndexFacts | None:
    """The index of the whole area."""
    return next((each for each in snapshot.index if each.unit is None), None)


def scored(index: IndexFacts) -> Iterator[Scored]:
    """The items in the order of the index."""
    for score in index.scores:
        official = score.official
        yield Scored(
            score.rank,
            score.title.vi,
            points(score.points),
            as_is(score.known),
            as_is(score.most),
            _percent(score.ratio),
            NOTHING if official is None else points(official.points),
            _difference(score),
            "" if official is None else f"{official.source}, công bố {day(official.published_on)}",
            score.certainty or "",
        )


def points(value: float | None) -> str:
    """Points with two digits."""
    return said(value, _DIGITS)


def unit_scores(snapshot: Snapshot) -> Iterator[Grid]:
    """The index of the units, item by item: points and beneath them of how many judged, ratio, official points."""
    found = {each.unit: each for each in snapshot.index}
    area = found.get(None)
    if area is None or len(found) == 1:
        return
    for units in groups_of([unit for unit in snapshot.units if unit.code in found], _NEEDED):
        width = spread(_NEEDED, len(units) + 1)
        places = (None, *(unit.code for unit in units))
        scores = {place: {score.item: score for score in found[place].scores} for place in places}
        yield Grid(
            first="Nhóm, thành phần (điểm tối đa)",
            width=width,
            columns=len(places),
            heads=[[Head("Toàn khu vực"), *(Head(unit.name) for unit in units)]],
            rows=[_row(score, [scores[place].get(score.item) for place in places], width) for score in area.scores],
        )


def _row(item: ScoreFacts, scores: Sequence[ScoreFacts | None], width: int) -> Row:
    wide = width * SMALLER[0] // SMALLER[1]
    below = []
    if not all(map(_is_whole, scores)):
        below.append(("số điểm chấm được", run([_of_known(score) for score in scores], wide)))
    if any(score is not None and score.ratio is not None for score in scores):
        below.append(("tỷ lệ, %", run([_percent(None if score is None else score.ratio) for score in scores], wide)))
    if any(score is not None and score.official is not None for score in scores):
        below.append(("điểm chính thức", run([_official(score) for score in scores], wide)))
    return Row(
        "row" if item.rank == "component" else "strong",
        f"{item.title.vi} ({as_is(item.most)})",
        run([points(None if score is None else score.points) for score in scores], width),
        below,
    )


def bands(snapshot: Snapshot) -> Iterator[tuple[str, str, str]]:
    """Place, points and band of each."""
    names: Mapping[str | None, str] = {None: "Toàn khu vực"} | {unit.code: unit.name for unit in snapshot.units}
    for index in snapshot.index:
        total = next((score for score in index.scores if score.rank == "total"), None)
        band = "Không chấm được" if index.band is None else index.band.vi
        yield names.get(index.unit, index.unit or ""), points(None if total is None else total.points), band


def _is_whole(score: ScoreFacts | None) -> bool:
    """Whether nothing more has to be told of how much could be judged: all of it, or none, and then a dash stands."""
    return score is None or score.known == (0 if score.points is None else score.most)


def _of_known(score: ScoreFacts | None) -> str:
    return NOTHING if score is None else as_is(score.known)


def _official(score: ScoreFacts | None) -> str:
    return NOTHING if score is None or score.official is None else points(score.official.points)


def _percent(ratio: float | None) -> str:
    return percent(ratio, 1)


def _difference(score: ScoreFacts) -> str:
    if score.official is None or score.points is None:
        return NOTHING
    return signed(score.points - score.official.points, _DIGITS)
