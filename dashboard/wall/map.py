"""The map of the wall: the units as surveyed, or as a schematic that says so; the page shades it (shades.js)."""

from collections.abc import Iterator, Mapping
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.text import Words
from dashboard.wall.area import Area
from dashboard.wall.scene import Place
from geo.choropleth import FIGURES, NAMES, NO_DATA, VALUES, Look, choropleth, config
from geo.features import FeatureCollection
from geo.palette import Palette

PALETTE = Palette(
    scale=("#22344a", "#57431f", "#8b6424", "#c58d34", "#ffc35a"),
    no_data="#0c141e",
    border="#0c141e",
    ink="#a9b9ca",
    ink_on_dark="#f0f5fa",
    ink_on_light="#0c141e",
)
"""What the map has until the page put its theme's colours on it (assets/base/2_tokens.css)."""

_LOOK = Look(palette=PALETTE, highest=1.0)


def map_panel(place: Place, title: str) -> Component:
    """The panel with an empty map; every frame brings its changes."""
    area, words = place.area, place.words
    still: Any = {**config(place.topojson_url), "locale": words.language, "staticPlot": True}
    figure = _empty(area)
    figure["layout"]["separators"] = ",." if words.language == "vi" else ".,"
    return html.Section(
        [
            html.H2(title, className="panel-title"),
            *([html.Span(words["wall.schematic"], className="map-note")] if area.is_schematic else []),
            dcc.Graph(id=place.id("map"), figure=figure, config=still, className="map-graph"),
            _legend(words),
        ],
        className="panel map",
    )


def map_facts(place: Place) -> Mapping[str, Any]:
    """What the page has to know to paint the map: the units in order, the places of the traces, every length."""
    return {
        "codes": place.area.codes,
        "traces": {"ground": NO_DATA, "shades": VALUES, "names": NAMES, "figures": FIGURES},
        "sizes": map_sizes(place.area),
    }


def map_sizes(area: Area) -> list[tuple[list[str | int], Any]]:
    """Every length in the figure, in px at 1080p, by its path: the page multiplies them by the display's scale."""
    figure = _empty(area)
    return [([name, *path], value) for name in ("data", "layout") for path, value in _lengths(figure[name])]


def _empty(area: Area) -> dict[str, Any]:
    figure = choropleth(area.features, {}, _LOOK)
    figure["layout"]["geo"] |= _window(area.features)
    for trace in (NAMES, FIGURES):  # a name that reaches over the border lies on two shades: it gets an outline
        figure["data"][trace]["textfont"]["shadow"] = "auto"
    return figure


def _window(features: FeatureCollection) -> dict[str, Any]:
    """The part of the world that is shown: exactly the units, where plotly's own fit leaves a tenth around them."""
    points = [point for feature in features["features"] for ring in _rings(feature["geometry"]) for point in ring]
    west, east = min(point[0] for point in points), max(point[0] for point in points)
    south, north = min(point[1] for point in points), max(point[1] for point in points)
    return {"fitbounds": False, "lonaxis": {"range": [west, east]}, "lataxis": {"range": [south, north]}}


def _rings(geometry: Mapping[str, Any]) -> list[Any]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [ring for polygon in polygons for ring in polygon]


def _lengths(part: Any) -> Iterator[tuple[list[str | int], Any]]:
    if not isinstance(part, dict | list):
        return
    for name, value in part.items() if isinstance(part, dict) else enumerate(part):
        if name in {"size", "width", "margin"}:
            yield [name], value
        elif name != "geojson":
            yield from (([name, *path], length) for path, length in _lengths(value))


def _legend(words: Words) -> Component:
    return html.Ul(
        [
            html.Li([html.Span(className=f"legend-key legend-{kind}"), html.Span(words[f"wall.legend_{kind}"])])
            for kind in ("some", "none", "unknown")
        ],
        className="legend",
    )
