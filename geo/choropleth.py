"""The map of the units as a plotly figure for a wall: shaded polygons with their names and figures.

A pure function from features and values to the figure as plain JSON; numbers arrive written out, since
how they are written depends on the language. Nothing is fetched from outside, given that plotly finds the
empty world of `dashboard/assets/topojson/` under the address handed to `config`: it asks for the world's
outlines before it draws any choropleth, and draws nothing where it gets none.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo.features import FeatureCollection
from geo.palette import NIGHT_BLUE, Palette

NO_DATA, VALUES, NAMES, FIGURES = range(4)
"""The traces of the figure by their place: grey ground, shades, names, figures."""

_NAME_PX, _FIGURE_PX, _NOTE_PX = 21.0, 34.0, 15.0  # at 1080p; read from five metres on a 55-inch display
_ROOM_KM = 2.1  # a label with less room than this is written smaller
_SMALLEST = 0.7
_LONG_NAME = 12  # letters; a longer name takes two lines


@dataclass(frozen=True, slots=True)
class Reading:
    """What the map shows of one unit. A `value` of None is "no data", which is not zero.

    `written` is the value as it is written on the map, `hover` the text of its tooltip (plotly's HTML).
    """

    value: float | None
    written: str
    hover: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How the map looks.

    `scale` is 1 for a map about 900 px high (1080p), 2 at 4K. `note` says what kind of map it is ("sơ đồ").

    `highest` is the value with the last colour of the palette: keep it steady between updates, or colours
    change while figures do not. None takes the highest value shown. `bar_title` names the colour bar.
    """

    palette: Palette = NIGHT_BLUE
    scale: float = 1.0
    font: str = "Be Vietnam Pro, sans-serif"
    note: str = ""
    bar_title: str = ""
    highest: float | None = None


def choropleth(features: FeatureCollection, readings: Mapping[str, Reading], look: Look) -> dict[str, Any]:
    """The figure of `features` (see `geo.schematic`) shaded by the readings, which are by unit code.

    A unit without a reading shows as one without data. Keep the order of the traces for `changes`.
    """
    figure: dict[str, Any] = {"data": list(_traces(features, look)), "layout": _layout(look)}
    for path, value in changes(features, readings, look):
        _assign(figure, path, value)
    return figure


def changes(
    features: FeatureCollection, readings: Mapping[str, Reading], look: Look
) -> list[tuple[list[str | int], Any]]:
    """What has to change in a figure of the same features to show other readings: (path, value) pairs.

    Each is one `Patch().assign(path, value)` in the page: far less than sending the figure again.
    """
    shown = [readings.get(code, _NOTHING) for code in _codes(features)]
    highest = _highest(shown, look)
    inks = [_ink(reading, highest, look.palette) for reading in shown]
    return [
        (["data", VALUES, "z"], [reading.value for reading in shown]),
        (["data", VALUES, "zmax"], highest),
        (["data", VALUES, "text"], [reading.hover for reading in shown]),
        (["data", NO_DATA, "text"], [reading.hover for reading in shown]),
        (["data", NAMES, "textfont", "color"], inks),
        (["data", FIGURES, "textfont", "color"], inks),
        (["data", FIGURES, "text"], [f"<b>{reading.written}</b>" for reading in shown]),
    ]


def config(topojson_url: str) -> dict[str, Any]:
    """The plotly configuration of a map that stands still and asks nobody outside for the world."""
    return {"topojsonURL": topojson_url, "displayModeBar": False, "scrollZoom": False, "responsive": True}


_NOTHING = Reading(None, "–")


def _codes(features: FeatureCollection) -> list[str]:
    return [feature["id"] for feature in features["features"]]


def _highest(shown: Sequence[Reading], look: Look) -> float:
    if look.highest is not None:
        return look.highest
    return max([1.0, *(reading.value for reading in shown if reading.value is not None)])


def _ink(reading: Reading, highest: float, palette: Palette) -> str:
    ground = palette.no_data if reading.value is None else palette.colour(reading.value / highest)
    return palette.ink_over(ground)


def _assign(figure: dict[str, Any], path: Sequence[str | int], value: Any) -> None:
    place: Any = figure
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value


def _traces(features: FeatureCollection, look: Look) -> Iterator[dict[str, Any]]:
    ground = [[0, look.palette.no_data], [1, look.palette.no_data]]
    steps = len(look.palette.scale) - 1
    shades = [[step / steps, colour] for step, colour in enumerate(look.palette.scale)]
    count = len(features["features"])
    yield _polygons(features, look, ground) | {"z": [0] * count, "showscale": False}
    yield _polygons(features, look, shades) | {"zmin": 0, "colorbar": _bar(look), "showscale": bool(look.bar_title)}
    yield _texts(features, look, _NAME_PX, "top center") | {
        "text": [_in_lines(feature["properties"]["name"]) for feature in features["features"]]
    }
    yield _texts(features, look, _FIGURE_PX, "bottom center")


def _polygons(features: FeatureCollection, look: Look, colours: list[list[Any]]) -> dict[str, Any]:
    return {
        "type": "choropleth",
        "geojson": features,
        "featureidkey": "id",
        "locationmode": "geojson-id",
        "locations": _codes(features),
        "colorscale": colours,
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"line": {"color": look.palette.border, "width": 2.2 * look.scale}},
    }


def _texts(features: FeatureCollection, look: Look, pixels: float, position: str) -> dict[str, Any]:
    properties = [feature["properties"] for feature in features["features"]]
    sizes = [pixels * look.scale * min(max(each["room"] / _ROOM_KM, _SMALLEST), 1) for each in properties]
    return {
        "type": "scattergeo",
        "mode": "text",
        "lon": [each["label"][0] for each in properties],
        "lat": [each["label"][1] for each in properties],
        "textposition": position,
        "textfont": {"family": look.font, "size": [round(size, 1) for size in sizes]},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _bar(look: Look) -> dict[str, Any]:
    font = {"family": look.font, "size": _NOTE_PX * look.scale, "color": look.palette.ink}
    return {
        "title": {"text": look.bar_title, "font": font, "side": "top"},
        "tickfont": font,
        "orientation": "h",
        "thickness": 12 * look.scale,
        "len": 0.28,
        "x": 0,
        "xanchor": "left",
        "y": 0,
        "yanchor": "bottom",
        "outlinewidth": 0,
        "nticks": 4,
    }


def _layout(look: Look) -> dict[str, Any]:
    clear = "rgba(0,0,0,0)"
    note = {
        "text": look.note,
        "font": {"family": look.font, "size": _NOTE_PX * look.scale, "color": look.palette.ink},
        "showarrow": False,
        "xref": "paper",
        "yref": "paper",
        "x": 1,
        "y": 0,
        "xanchor": "right",
        "yanchor": "bottom",
    }
    return {
        "geo": {"visible": False, "fitbounds": "geojson", "projection": {"type": "mercator"}, "bgcolor": clear},
        "paper_bgcolor": clear,
        "plot_bgcolor": clear,
        "margin": dict.fromkeys("lrtb", 6 * look.scale),
        "dragmode": False,
        "annotations": [note] if look.note else [],
        "hoverlabel": {"font": {"family": look.font, "size": _NOTE_PX * look.scale}},
        "uirevision": "map",
    }


def _in_lines(name: str) -> str:
    """A long name in two lines of about the same length."""
    words = name.split(" ")
    if len(name) <= _LONG_NAME or len(words) == 1:
        return name
    halves = (" ".join(words[:cut]) + "<br>" + " ".join(words[cut:]) for cut in range(1, len(words)))
    return min(halves, key=lambda text: max(map(len, text.split("<br>"))))
