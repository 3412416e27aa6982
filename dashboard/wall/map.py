"""The map of the wall: units as surveyed, or as a schematic that says so; the page shades it (assets/wall/map.js)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.wall.area import Area
from dashboard.wall.scene import Place, rule
from geo.drawing import Drawing, Outline, draw
from geo.labels import Letters
from geo.lineage import made_of

_STEPS: Final = range(5)
_MARKS: Final = ("unknown", "bad", "late")


@dataclass(frozen=True, slots=True)
class Sheet:
    """How large a map is drawn and lettered, in px at 1080p: the page scales it with everything else.

    `figure` is the size of the figures, 0 where the map has none, and `room` the width that is kept for one.
    """

    width: float
    height: float
    name: float = 21.0
    figure: float = 34.0
    room: float = 70.0

    @property
    def letters(self) -> Letters:
        """The room that a label needs: its figure may have a mark beside it."""
        mark = 0.62 * self.figure + 7 if self.figure else 0.0
        return Letters(self.name, self.room + mark if self.figure else 0.0, 1.12 * self.figure)


def map_panel(place: Place, title: str | None, *, legend: bool = True) -> Component:
    """The panel with an empty map; the page's script draws it, and every frame brings its changes."""
    note = html.Span(place.words["wall.schematic"], className="map-note")
    return html.Section(
        [
            *([] if title is None else [html.H2(title, id=place.id("map-title"), className="panel-title")]),
            *([note] if place.area.is_schematic else []),
            html.Div(id=place.id("map"), className="map-graph"),
            *([_legend(place)] if legend else []),
        ],
        className="panel map",
    )


def map_facts(
    place: Place, title: str, measures: Sequence[str], sheet: Sheet, *, legend: bool = True
) -> Mapping[str, Any]:
    """What the page has to know to draw and paint the map: its units as drawn, and the KPIs that it can show."""
    drawing = _drawn(_Drawn(place.area, place.area.edition), sheet)
    return {
        "title": title,
        "legend": legend,
        "width": drawing.width,
        "height": drawing.height,
        "letters": {
            "name": sheet.name, "line": sheet.letters.line, "figure": sheet.figure, "room": sheet.room,
        },
        "units": [_unit(outline) for outline in drawing.outlines],
        "measures": [measure(place, kpi) for kpi in measures],
    }  # fmt: skip


def measure(place: Place, kpi: str) -> Mapping[str, Any]:
    """A KPI that the page's script chooses by itself: its rule, and what it is called."""
    title = getattr(place.catalogue[kpi].definition.title, place.words.language)
    return {**rule(place.catalogue[kpi]), "short": place.short(kpi), "title": title}


def _unit(outline: Outline) -> Mapping[str, Any]:
    parts = made_of(outline.code)
    renamed = len(parts) > 1 or any(part.old_title != part.new_title for part in parts)
    return {
        "code": outline.code,
        "path": outline.path,
        "label": asdict(outline.label),
        "neighbours": outline.neighbours,
        "made_of": [{"title": part.old_title, "whole": part.forward == 1} for part in parts] if renamed else [],
        "began": next((f"{part.began:%d/%m/%Y}" for part in parts), ""),
    }


@dataclass(frozen=True, slots=True)
class _Drawn:
    """An area to draw, the same as another one of the same edition."""

    area: Area = field(compare=False)
    edition: str


@lru_cache(maxsize=32)
def _drawn(what: _Drawn, sheet: Sheet) -> Drawing:
    return draw(what.area.features, (sheet.width, sheet.height), sheet.letters)


def _legend(place: Place) -> Component:
    return html.Ul(list(_legend_rows(place)), className="legend")


def _legend_rows(place: Place) -> Iterator[Component]:
    for step in _STEPS:
        key: dict[str, Any] = {"data-step": str(step)}
        yield html.Li(
            [html.Span(className="legend-key"), html.Span("", id=place.id("legend-text", step))],
            id=place.id("legend", step), **key,
        )  # fmt: skip
    for mark in _MARKS:
        kind: dict[str, Any] = {"data-mark": mark, "data-any": "no"}
        yield html.Li(
            [html.Span(className="legend-key"), html.Span(place.words[f"wall.legend_{mark}"])],
            id=place.id("legend", mark), **kind,
        )  # fmt: skip
