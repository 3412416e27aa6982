"""The scene: what is overdue and how much was done on time on top, where it waits below, what goes out at the right."""

from collections.abc import Mapping
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.feed.boards import Pace
from dashboard.wall.parts.tile import tile
from dashboard.wall.scene import Place, Scene
from dashboard.wall.scenes.documents.certificates import CERTIFICATES, certificates_panel
from dashboard.wall.scenes.documents.reading import DAILY, read_more
from dashboard.wall.scenes.documents.shares import LEVELS, due_split, levels_split
from dashboard.wall.scenes.documents.units import ROWS, units_panel

HEROES: Final = ("documents_overdue", "incoming_on_time_rate", "signed_out_rate")
COMING: Final = (*DAILY, "documents_open", "acknowledgement_latency")
GOING: Final = ("electronic_out_rate", "electronic_in_rate", "acknowledged_within_a_day_rate", "documents_recalled")
TILES: Final = (*HEROES, *COMING, *GOING)
_SPLIT: Final = {"incoming_on_time_rate": due_split, "signed_out_rate": levels_split}


def _layout(place: Place) -> Component:
    heroes = [tile(place, kpi, size="hero", split=_SPLIT[kpi](place) if kpi in _SPLIT else None) for kpi in HEROES]
    return html.Div(
        [
            html.Section(heroes, className="documents-heroes"),
            html.Section([_coming(place, kpi) for kpi in COMING], className="documents-coming"),
            units_panel(place),
            html.Section([tile(place, kpi, size="plain") for kpi in GOING], className="documents-going squares"),
            certificates_panel(place),
        ],
        className="documents",
    )


def _coming(place: Place, kpi: str) -> Component:
    if kpi not in DAILY:
        return tile(place, kpi, size="plain")
    today = html.P("", id=place.id("today", kpi), className="documents-today running")
    return html.Div([tile(place, kpi, size="plain"), today], className="documents-daily")


def _facts(place: Place) -> Mapping[str, Any]:
    return {"rows": min(ROWS, len(place.area.units)), "daily": DAILY, "levels": _levels(place)}


def _levels(place: Place) -> Mapping[str, Any]:
    digits = {level: place.catalogue[kpi].definition.digits for level, kpi in LEVELS.items()}
    return {level: {"id": kpi, "unit": "percent", "digits": digits[level]} for level, kpi in LEVELS.items()}


DOCUMENTS: Final = Scene(
    "documents",
    (*TILES, *LEVELS.values(), *CERTIFICATES),
    TILES,
    _layout,
    _facts,
    read_more,
    Pace(least=2.0, most=5.0),
)
