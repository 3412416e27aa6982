"""The service-quality index of Decision 766/QĐ-TTg as a snapshot says it, official scores beside our own."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from psycopg import Connection

from geo.areas import CENTRE
from stream.index.layout import TOTAL, load_layout
from stream.index.official import OfficialScore, read_official
from stream.index.read import read_index
from stream.index.score import ComponentScore, GroupScore, Score
from stream.snapshot.content.document import IndexFacts, OfficialFacts, ScoreFacts
from stream.snapshot.content.wanted import Wanted, stretch_of

_Officials = Mapping[tuple[str, str], OfficialScore]


def read_scores(connection: Connection[Any], wanted: Wanted, units: Sequence[str]) -> tuple[IndexFacts, ...]:
    """The index of the area, then of each unit (five-digit codes), however many there are in the same statements.

    Official scores are those of exactly these days that were taken in by the moment of knowledge.
    """
    index = read_index(connection, stretch_of(wanted), units, wanted.known_at)
    official = read_official(connection, wanted.period.first, wanted.period.last, wanted.known_at)
    return tuple(_told(score, official) for score in (index.area, *index.units))


def _told(score: Score, official: _Officials) -> IndexFacts:
    band = None if score.band is None else score.band.title
    return IndexFacts(unit=score.unit, band=band, scores=tuple(_scores(score, _Beside(score.unit, official))))


class _Beside:
    """What others published about a place, item by item."""

    def __init__(self, unit: str | None, official: _Officials) -> None:
        self._place = CENTRE if unit is None else unit
        self._official = official

    def facts(self, item: str) -> OfficialFacts | None:
        found = self._official.get((self._place, item))
        if found is None:
            return None
        return OfficialFacts(points=found.points, source=found.source, published_on=found.published_on.isoformat())


def _scores(score: Score, beside: _Beside) -> Iterator[ScoreFacts]:
    _, title, most = next(load_layout().items())
    yield ScoreFacts(
        item=TOTAL, title=title, rank="total", points=score.total, known=score.known, most=most, ratio=None,
        certainty=None, official=beside.facts(TOTAL),
    )  # fmt: skip
    for each in score.groups:
        yield _group(each, beside)
        yield from (_component(component, beside) for component in each.components)


def _group(score: GroupScore, beside: _Beside) -> ScoreFacts:
    group = score.group
    return ScoreFacts(
        item=group.id, title=group.title, rank="group", points=score.points, known=score.known, most=group.points,
        ratio=None, certainty=None, official=beside.facts(group.id),
    )  # fmt: skip


def _component(score: ComponentScore, beside: _Beside) -> ScoreFacts:
    component = score.component
    return ScoreFacts(
        item=component.id,
        title=component.title,
        rank="component",
        points=score.points,
        known=0 if score.points is None else component.points,
        most=component.points,
        ratio=score.ratio,
        certainty=score.certainty,
        official=beside.facts(component.id),
    )
