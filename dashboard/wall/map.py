"""The map of the wall: the units as surveyed, or as a schematic that says so, shaded by one KPI."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.text import Words
from dashboard.wall.area import Area
from dashboard.wall.shades import PALETTE, shades
from geo.choropleth import FIGURES, NAMES, Look, Reading, changes, choropleth, config
from geo.features import FeatureCollection

_LOOK = Look(palette=PALETTE)

FIGURES_PATH = ["data", FIGURES, "text"]
"""Where the written figures stand; the page writes them, since how they are written depends on its language."""


def map_panel(area: Area, words: Words, topojson_url: str) -> Component:
    """The panel with an empty map; every board brings its changes."""
    still: Any = {**config(topojson_url), "locale": words.language, "staticPlot": True}
    figure = _empty(area)
    figure["layout"]["separators"] = ",." if words.language == "vi" else ".,"
    return html.Section(
        [
            html.H2(words["wall.map"], className="panel-title"),
            *([html.Span(words["wall.schematic"], className="map-note")] if area.is_schematic else []),
            dcc.Graph(
                id="map",
                figure=figure,
                config=still,
                className="map-graph",
            ),
            _legend(words),
        ],
        className="panel map",
    )


def map_changes(area: Area, values: Mapping[str, float | None]) -> list[tuple[list[str | int], Any]]:
    """What changes in the figure to show these values by unit code, without the written figures."""
    readings = {code: Reading(shade, "") for code, shade in shades(values).items()}
    look = replace(_LOOK, highest=1.0)
    return [change for change in changes(area.features, readings, look) if change[0] != FIGURES_PATH]


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
