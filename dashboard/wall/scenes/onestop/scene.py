"""The scene: the flow is its hero, beside it the index; the fields below, the KPIs in the corner."""

from collections.abc import Mapping
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from dashboard.feed.boards import Pace
from dashboard.wall.parts.tile import tile
from dashboard.wall.scene import Place, Scene
from dashboard.wall.scenes.onestop.fields import RATE, ROWS
from dashboard.wall.scenes.onestop.fields_panel import fields_panel
from dashboard.wall.scenes.onestop.flow_panel import flow_panel
from dashboard.wall.scenes.onestop.index_panel import index_panel
from dashboard.wall.scenes.onestop.reading import read_more

TILES: Final = ("overdue_now", "on_time_rate", "early_rate", "online_rate")


def _layout(place: Place) -> Component:
    return html.Div(
        [
            flow_panel(place),
            index_panel(place),
            fields_panel(place),
            html.Section([tile(place, kpi, size="plain") for kpi in TILES], className="onestop-tiles squares"),
        ],
        className="onestop",
    )


def _facts(place: Place) -> Mapping[str, Any]:
    rate = place.catalogue[RATE].definition
    return {
        "rows": ROWS,
        "rate": {"unit": rate.unit, "digits": rate.digits},
    }


ONESTOP: Final = Scene("onestop", TILES, TILES, _layout, _facts, read_more, Pace(least=3.0, most=5.0))
