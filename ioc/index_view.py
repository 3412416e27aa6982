"""The index as `ioc index show` prints it: what this centre computes, and beside it what others published."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import TypeAlias

import msgspec
from rich.table import Table

from ioc.when import LOCAL
from stream.core.moment import datetime_of
from stream.index.layout import TOTAL
from stream.index.official import OfficialScore
from stream.index.score import ComponentScore, Index, Score
from stream.kpi.expression import Value
from stream.kpi.figure import State
from stream.kpi.period import Period

OWN = {"vi": "Trung tâm tự tính từ sổ cái", "en": "computed by this centre from its ledger"}
Official: TypeAlias = Mapping[tuple[str, str], OfficialScore]


@dataclass(frozen=True, slots=True)
class IndexView:
    """The index over a period, the official scores of the same period by place and item, and how the sources stand.

    `area` is the code that files of official scores have for the area.
    """

    period: Period
    index: Index
    official: Official
    area: str
    state: State

    def scores(self, unit: str | None) -> Sequence[Score]:
        """The area and its units; or one unit."""
        if unit is None:
            return [self.index.area, *self.index.units]
        return [score for score in self.index.units if score.unit == unit]

    def published(self, score: Score, item: str) -> OfficialScore | None:
        """What was published about an item of a score."""
        return self.official.get((score.unit or self.area, item))


def index_json(view: IndexView, unit: str | None) -> dict[str, object]:
    """The document of `ioc index show --format json`. Its keys are a contract; a ratio is not a percentage."""
    period, known_at = view.period, view.index.known_at
    return {
        "period": {"name": period.name, "from": period.first.isoformat(), "to": period.last.isoformat()},
        "until": datetime_of(view.index.windows.until).astimezone(LOCAL).isoformat(),
        "known_at": None if known_at is None else known_at.astimezone(UTC).isoformat(),
        "state": view.state,
        "own_source": OWN,
        "scores": [_score_json(view, score) for score in view.scores(unit)],
    }


def _score_json(view: IndexView, score: Score) -> dict[str, object]:
    return {
        "unit": score.unit,
        "points": score.total,
        "known": score.known,
        "max": sum(each.group.points for each in score.groups),
        "band": None if score.band is None else msgspec.to_builtins(score.band),
        "official": _official_json(view.published(score, TOTAL)),
        "groups": [
            {
                "id": each.group.id,
                "title": msgspec.to_builtins(each.group.title),
                "kpi": each.group.kpi,
                "points": each.points,
                "known": each.known,
                "max": each.group.points,
                "official": _official_json(view.published(score, each.group.id)),
                "components": [_component_json(view, score, component) for component in each.components],
            }
            for each in score.groups
        ],
    }


def _component_json(view: IndexView, score: Score, found: ComponentScore) -> dict[str, object]:
    component = found.component
    return {
        "id": component.id,
        "title": msgspec.to_builtins(component.title),
        "kpi": component.kpi,
        "points": found.points,
        "max": component.points,
        "ratio": {
            "kpi": component.ratio,
            "value": found.ratio,
            "numerator": found.numerator,
            "denominator": found.denominator,
        },
        "certainty": found.certainty,
        "official": _official_json(view.published(score, component.id)),
    }


def _official_json(score: OfficialScore | None) -> dict[str, object] | None:
    if score is None:
        return None
    return {"points": score.points, "source": score.source, "published_on": score.published_on.isoformat()}


def index_tables(view: IndexView, unit: str | None) -> Iterator[Table]:
    """The first score in full, then the totals of all units."""
    scores = view.scores(unit)
    yield _detail(view, scores[0])
    if len(scores) > 1:
        yield _overview(view, scores)


def _detail(view: IndexView, score: Score) -> Table:
    title = f"{score.unit or 'the area'}, {view.period.name}: {_points(score.total)} of {score.known:g} points judged"
    title += "" if score.band is None else f" ({score.band.title.en}, {score.band.title.vi})"
    own = f"own: {OWN['en']}; null is no data, not 0"
    table = Table("", "own", "of", "ratio", "sure", "official", "source", title=title, caption=own)
    table.add_row("[bold]Total[/bold]", _points(score.total), "100", "", "", *_beside(view, score, TOTAL))
    for group in score.groups:
        name = f"[bold]{group.group.title.en}[/bold] {group.group.title.vi}"
        judged = (
            f"{group.group.points:g}"
            if group.known == group.group.points
            else f"{group.known:g}/{group.group.points:g}"
        )
        table.add_row(name, _points(group.points), judged, "", "", *_beside(view, score, group.group.id))
        for each in group.components:
            ratio = "no data" if each.ratio is None else f"{each.ratio:.1%}"
            cells = _points(each.points), f"{each.component.points:g}", ratio, each.certainty
            table.add_row(f"  {each.component.title.en}", *cells, *_beside(view, score, each.component.id))
    return table


def _overview(view: IndexView, scores: Sequence[Score]) -> Table:
    table = Table("unit", "own", "judged", "band", "official", "source")
    for score in scores:
        band = "" if score.band is None else score.band.title.en
        own = _points(score.total), f"{score.known:g}"
        table.add_row(score.unit or "the area", *own, band, *_beside(view, score, TOTAL))
    return table


def _beside(view: IndexView, score: Score, item: str) -> tuple[str, str]:
    found = view.published(score, item)
    return ("", "") if found is None else (f"{found.points:g}", f"{_plain(found.source)}, {found.published_on}")


def _points(value: Value) -> str:
    return "no data" if value is None else f"{value:.2f}"


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)
